import type { accountSessions, ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { findLivingSessions, type ListedSession, type Session } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';

type Item = ResponseOf<typeof accountSessions>[number];

/** The sessions of an account, the one used last first (oauth-devices §3.2, GET `/account/sessions`). */
export async function listSessions(context: Context, session: Session): Promise<Item[]> {
  const current = toHex(session.tokenHash);
  const sessions = await findLivingSessions(context, session.uid);
  return sessions.map((listed) => describe(listed, current));
}

function describe(session: ListedSession, current: string): Item {
  const id = toHex(session.tokenHash);
  const major = session.uaBrowserVersion?.split('.')[0];
  return {
    id,
    createdTime: session.createdAt,
    lastAccessTime: session.lastAccessTime,
    userAgent: [session.uaBrowser, major].filter((part) => part !== null && part !== undefined).join(' '),
    os: session.uaOS,
    isCurrentDevice: id === current,
    ...NO_DEVICE,
  };
}

/** Members of a device that a session has registered. */
const NO_DEVICE = {
  isDevice: false,
  deviceId: null,
  deviceName: null,
  deviceType: null,
  deviceCreatedAt: null,
  deviceCallbackURL: null,
  deviceCallbackPublicKey: null,
  deviceCallbackAuthKey: null,
  deviceCallbackIsExpired: false,
  deviceAvailableCommands: null,
  location: {},
} satisfies Partial<Item>;
