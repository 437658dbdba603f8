import { bytesToBase64url } from '../bytes/base64.js';
import { equalBytes, utf8 } from '../bytes/bytes.js';
import { sha256 } from '../bytes/digests.js';
import { MalformedError } from '../bytes/errors.js';

/** A code_verifier of RFC 7636 §4.1, as `/v1/oauth/token` takes it. */
export const codeVerifierPattern = /^[A-Za-z0-9._~-]{43,128}$/;

/** A code_verifier as `/v1/token` takes it: without `.` and `~` (OAuth §1.7). */
export const codeVerifierBase64urlPattern = /^[A-Za-z0-9_-]{43,128}$/;

/** A code_challenge of method S256. */
export const codeChallengePattern = /^[A-Za-z0-9_-]{43}$/;

/**
 * The S256 code_challenge of a code_verifier: base64url, 43 characters (RFC 7636 §4.2).
 * @throws MalformedError when it is no code_verifier
 */
export async function createCodeChallenge(codeVerifier: string): Promise<string> {
  if (!codeVerifierPattern.test(codeVerifier)) throw new MalformedError('not a code_verifier');
  return bytesToBase64url(await sha256(utf8(codeVerifier)));
}

/** Whether a code_verifier is the one behind an S256 code_challenge (RFC 7636 §4.6), in constant time; never throws. */
export async function matchesCodeChallenge(codeVerifier: string, codeChallenge: string): Promise<boolean> {
  return (
    codeVerifierPattern.test(codeVerifier) &&
    equalBytes(utf8(await createCodeChallenge(codeVerifier)), utf8(codeChallenge))
  );
}
