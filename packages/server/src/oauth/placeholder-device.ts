import { intersectsScope, parseScope, SCOPE_OLDSYNC, type ScopeSet } from '@foxden/protocol';
import type { Context } from '../context.js';
import { ensurePlaceholderDevice, findDeviceOfRefreshToken, findDeviceOfSession } from '../devices/index.js';
import { deviceConnected } from '../push/index.js';
import { parseUserAgent } from '../sessions/index.js';
import type { Bytes, Database } from '../storage/index.js';
import type { OAuthClient } from './client.js';
import type { TokenRequest } from './grants/token-request.js';
import { readRefreshToken } from './store/refresh-tokens.js';

/** A refresh token that was just stored. */
interface NewRefreshToken {
  /** hex, 32 digits */
  readonly uid: string;
  readonly client: OAuthClient;
  readonly scope: ScopeSet;
  readonly refreshTokenHash: Bytes | null;
  readonly sessionTokenHash: Bytes | null;
}

/**
 * A refresh token that opens the routes of devices gets a device at once, nameless but for its client (oauth-devices §1.7).
 * Where the session has a device that another living token speaks for, nothing changes: the client may still give the new
 * token up. If it gives up the old one instead, the device goes over (see `endRefreshToken`).
 * The other devices are told of a new one: wake `context.push` after the commit.
 * @returns whether a device was made
 */
export async function ensureDevice(
  context: Context,
  tx: Database,
  { caller, sessionMember }: Pick<TokenRequest, 'caller' | 'sessionMember'>,
  token: NewRefreshToken,
): Promise<boolean> {
  const { uid, client, refreshTokenHash, sessionTokenHash } = token;
  if (refreshTokenHash === null || sessionMember !== 'session_token') return false;
  if (!intersectsScope(token.scope, parseScope(SCOPE_OLDSYNC))) return false;
  if (await hasSpokesman(tx, uid, sessionTokenHash)) return false;
  const made = await ensurePlaceholderDevice(context, tx, uid, {
    refreshTokenHash,
    sessionTokenHash: sessionTokenHash ?? undefined,
    name: client.name,
    userAgent: parseUserAgent(caller.userAgent),
  });
  const device = made ? await findDeviceOfRefreshToken(tx, uid, refreshTokenHash) : undefined;
  if (device !== undefined) await context.push.post(tx, uid, deviceConnected(client.name), { except: [device.id] });
  return made;
}

async function hasSpokesman(tx: Database, uid: string, sessionTokenHash: Bytes | null): Promise<boolean> {
  const device = sessionTokenHash === null ? undefined : await findDeviceOfSession(tx, uid, sessionTokenHash);
  const bound = device?.refreshTokenHash ?? null;
  return bound !== null && (await readRefreshToken(tx, bound)) !== undefined;
}
