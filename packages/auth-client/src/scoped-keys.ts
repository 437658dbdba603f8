import { deriveScopedKey, type KeysBundle, sealKeysJwe } from '@foxden/protocol';
import type { AuthClient } from './client.js';
import { getScopedKeyData } from './oauth.js';

/**
 * The keys_jwe of an authorization: the keys of every key-bearing scope that the client asks for and may have, sealed
 * to its keys_jwk (oauth-devices §2.3); undefined when none of the scopes bears a key.
 * @param of `clientId` hex, 16 digits; `uid` hex, 32 digits; `kB` bytes, 32
 * @throws AuthClientError `INVALID_SCOPES`, `UNVERIFIED_SESSION`, `STALE_AUTH_TIMESTAMP`, …
 * @throws MalformedError when the keys_jwk is refused, or the keys are more than a keys_jwe may hold
 */
export async function sealScopedKeys(
  client: AuthClient,
  of: {
    readonly sessionToken: string;
    readonly clientId: string;
    readonly scope: string;
    readonly keysJwk: string;
    readonly kB: Uint8Array;
    readonly uid: string;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<string | undefined> {
  const body = { client_id: of.clientId, scope: of.scope };
  const keyData = await getScopedKeyData(client, of.sessionToken, body, of.signal);
  const keys = await Promise.all(Object.values(keyData).map((data) => deriveScopedKey(data, of.kB, of.uid)));
  if (keys.length === 0) return undefined;
  const bundle: KeysBundle = Object.fromEntries(keys.map((key) => [key.scope, key]));
  return sealKeysJwe(of.keysJwk, bundle, client.random);
}
