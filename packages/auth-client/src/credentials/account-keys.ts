import {
  accountKeys as accountKeysEndpoint,
  type Bytes,
  deriveToken,
  hexToBytes,
  openKeyBundle,
  unwrapKb,
} from '@foxden/protocol';
import type { AuthClient } from '../client.js';

/** What buys the keys of an account, once: the server's half and the password's half. */
export interface KeyAccess {
  /** hex, 64 digits */
  readonly keyFetchToken: string;
  /** bytes, 32, of the same credentials version as the token */
  readonly unwrapBKey: Bytes;
}

export interface AccountKeys {
  /** bytes, 32 */
  readonly kA: Bytes;
  /** bytes, 32; the server never knows it */
  readonly kB: Bytes;
}

/**
 * Fetches the wrapped keys and opens them (auth-api §1.6). The token is spent by it.
 * @throws AuthClientError `UNVERIFIED_ACCOUNT` until account and session are verified; the token survives that
 * @throws IntegrityError when the bundle is not for this token
 */
export async function accountKeys(client: AuthClient, access: KeyAccess, signal?: AbortSignal): Promise<AccountKeys> {
  const { keyFetchToken, unwrapBKey } = access;
  const [{ bundle }, { bundleKey }] = await Promise.all([
    client.call(accountKeysEndpoint, { token: { keyFetchToken }, signal }),
    deriveToken('keyFetchToken', hexToBytes(keyFetchToken)),
  ]);
  const { kA, wrapKb } = await openKeyBundle(bundleKey, hexToBytes(bundle));
  return { kA, kB: unwrapKb(wrapKb, unwrapBKey) };
}
