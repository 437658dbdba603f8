import { utf8 } from '../bytes/bytes.js';
import { hkdfSha256 } from '../bytes/digests.js';
import { bytesToHex } from '../bytes/hex.js';

/**
 * A pairwise `sub`: hex, 32 digits, different for every client (OAuth §1.10).
 * @param of `clientId` hex, 16 digits; `uid` hex, 32 digits; `ppidSeed` 0 to 1024; `rotation` the number of the period,
 *   0 for a client without forced rotation
 * @param salt the server's secret
 */
export async function derivePpid(
  of: { readonly clientId: string; readonly uid: string; readonly ppidSeed: number; readonly rotation: number },
  salt: Uint8Array,
): Promise<string> {
  const ikm = utf8(`${of.clientId}.${of.uid}.${of.ppidSeed}.${of.rotation}`);
  return bytesToHex(await hkdfSha256(ikm, 'oidc ppid sub', 16, salt));
}
