import type { Context } from '../context.js';
import type { Bytes, Database } from '../storage/index.js';
import { readAccessTokensOf, readRefreshTokensOf, type TokenOfClient } from './store/authorized-clients.js';

/** An application that holds tokens of an account. */
export interface AuthorizedClient {
  readonly clientId: string;
  readonly clientName: string;
  /** null where the application has access tokens only. */
  readonly refreshTokenHash: Bytes | null;
  /** Milliseconds. */
  readonly createdTime: number;
  readonly lastAccessTime: number;
  /** Sorted. */
  readonly scope: readonly string[];
}

/**
 * The applications that hold tokens of an account: one entry for each refresh token; one for all access tokens of a
 * client without any, except of clients that get them from a session, as they are listed as that (oauth-devices §1.8).
 */
export async function listAuthorizedClients(
  { clock }: Pick<Context, 'clock'>,
  db: Database,
  uid: string,
): Promise<AuthorizedClient[]> {
  const refreshTokens = await readRefreshTokensOf(db, uid);
  const clients = refreshTokens.map((token) => ({
    ...toClient(token),
    refreshTokenHash: token.tokenHash,
    lastAccessTime: token.lastUsedAt,
  }));
  const seen = new Set(clients.map(({ clientId }) => clientId));
  const bare = new Map<string, AuthorizedClient>();
  for (const token of await readAccessTokensOf(db, uid, clock.now())) {
    const { clientId, canGrant } = token;
    if (canGrant === 1 || seen.has(clientId)) continue;
    const known = bare.get(clientId);
    bare.set(clientId, known === undefined ? toClient(token) : merged(known, toClient(token)));
  }
  return [...clients, ...bare.values()];
}

/** When each refresh token of an account was used last, milliseconds. */
export async function refreshTokenUses(
  db: Database,
  uid: string,
): Promise<readonly { readonly tokenHash: Bytes; readonly lastUsedAt: number }[]> {
  return readRefreshTokensOf(db, uid);
}

function toClient({ clientId, clientName, scope, createdAt }: TokenOfClient): AuthorizedClient {
  return {
    clientId,
    clientName,
    refreshTokenHash: null,
    createdTime: createdAt,
    lastAccessTime: createdAt,
    scope: scope
      .split(' ')
      .filter((value) => value !== '')
      .sort(),
  };
}

/** `later` is of a token that was made after those of `earlier`. */
function merged(earlier: AuthorizedClient, later: AuthorizedClient): AuthorizedClient {
  return {
    ...earlier,
    lastAccessTime: later.lastAccessTime,
    scope: [...new Set([...earlier.scope, ...later.scope])].sort(),
  };
}
