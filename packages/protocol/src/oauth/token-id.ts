import { sha256 } from '../bytes/digests.js';
import { bytesToHex, exactHex } from '../bytes/hex.js';

/**
 * What stands for a code, access token or refresh token at rest: hex SHA-256 of the 32 decoded bytes, not of the text
 * (OAuth §1.1).
 * @param token hex, 64 digits
 * @throws MalformedError on anything else
 */
export async function oauthTokenId(token: string): Promise<string> {
  return bytesToHex(await sha256(exactHex(token, 32, 'an OAuth token')));
}

/** A client's hashedSecret: as `oauthTokenId`, of the secret's 64 hex digits (OAuth §1.1). */
export async function clientSecretHash(secret: string): Promise<string> {
  return bytesToHex(await sha256(exactHex(secret, 32, 'a client secret')));
}
