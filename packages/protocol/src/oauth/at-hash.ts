import { bytesToBase64url } from '../bytes/base64.js';
import { utf8 } from '../bytes/bytes.js';
import { sha256 } from '../bytes/digests.js';

/** The at_hash claim of an access token as its text is handed out: base64url, 22 characters (OAuth §7.2). */
export async function atHash(accessToken: string): Promise<string> {
  return bytesToBase64url((await sha256(utf8(accessToken))).subarray(0, 16));
}
