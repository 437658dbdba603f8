import type { Device } from '../devices/index.js';
import type { AuthorizedClient } from '../oauth/index.js';
import type { ListedSession, UserAgent } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import type { Bytes } from '../storage/index.js';
import { browserName, deviceType, sessionType, userAgentName } from './device-words.js';

/** One entry of the list that people see. What is not known is null. */
export interface AttachedClient {
  readonly clientId: string | null;
  readonly deviceId: string | null;
  readonly sessionTokenId: string | null;
  readonly refreshTokenId: string | null;
  readonly isCurrentSession: boolean;
  readonly deviceType: string | null;
  readonly name: string | null;
  /** Milliseconds. */
  readonly createdTime: number;
  readonly lastAccessTime: number;
  readonly scope: string[] | null;
  /** `Firefox 128`; empty when unknown. */
  readonly userAgent: string;
  readonly os: string | null;
}

/** What an entry is made of; at least one of them is there. */
interface Parts {
  device?: Device;
  client?: AuthorizedClient;
  session?: ListedSession;
}

export interface Attached {
  readonly devices: readonly Device[];
  readonly clients: readonly AuthorizedClient[];
  readonly sessions: readonly ListedSession[];
}

/**
 * Makes one list of devices, applications and sessions (oauth-devices §3.2): what a device is bound to is one entry with
 * it; the others stand alone.
 * @param current the session that asks
 */
export function mergeClients({ devices, clients, sessions }: Attached, current: Bytes): AttachedClient[] {
  const entries: Parts[] = [];
  const bySession = new Map<string, Parts>();
  const byRefreshToken = new Map<string, Parts>();
  for (const device of devices) {
    const entry: Parts = { device };
    entries.push(entry);
    if (device.sessionTokenHash !== null) bySession.set(toHex(device.sessionTokenHash), entry);
    if (device.refreshTokenHash !== null) byRefreshToken.set(toHex(device.refreshTokenHash), entry);
  }
  for (const client of clients) {
    const known = client.refreshTokenHash === null ? undefined : byRefreshToken.get(toHex(client.refreshTokenHash));
    if (known === undefined) entries.push({ client });
    else known.client = client;
  }
  for (const session of sessions) {
    const known = bySession.get(toHex(session.tokenHash));
    if (known === undefined) entries.push({ session });
    else known.session = session;
  }
  return entries.map((entry) => toEntry(entry, toHex(current)));
}

function toEntry({ device, client, session }: Parts, current: string): AttachedClient {
  const userAgent = knownAgent(device?.userAgent) ?? session?.userAgent;
  const sessionTokenId = session === undefined ? null : toHex(session.tokenHash);
  const refreshTokenHash = client?.refreshTokenHash ?? null;
  const created = [device?.createdAt, client?.createdTime, session?.createdAt];
  const used = [device?.createdAt, client?.lastAccessTime, session?.lastAccessTime];
  return {
    clientId: client?.clientId ?? null,
    deviceId: device?.id ?? null,
    sessionTokenId,
    refreshTokenId: refreshTokenHash === null ? null : toHex(refreshTokenHash),
    isCurrentSession: sessionTokenId === current,
    deviceType: typeOf(device, session),
    name: device?.name || client?.clientName || (userAgent && userAgentName(userAgent)) || null,
    createdTime: Math.min(...created.filter((time) => time !== undefined)),
    lastAccessTime: Math.max(...used.filter((time) => time !== undefined)),
    // A session can do more than any scope says.
    scope: client === undefined || session !== undefined ? null : [...client.scope],
    userAgent: userAgent === undefined ? '' : browserName(userAgent),
    os: userAgent?.uaOS ?? null,
  };
}

/** An application that is no device has no type. */
function typeOf(device: Device | undefined, session: ListedSession | undefined): string | null {
  if (device !== undefined) return deviceType(device);
  return session === undefined ? null : sessionType(session.userAgent);
}

function knownAgent(agent: UserAgent | undefined): UserAgent | undefined {
  return agent === undefined || (agent.uaBrowser === null && agent.uaOS === null) ? undefined : agent;
}
