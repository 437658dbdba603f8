import type { accountSessions, ResponseOf } from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { type Device, listDevices } from '../devices/index.js';
import type { ListedSession, Session } from '../sessions/index.js';
import { toHex } from '../storage/hex.js';
import { formatAgo } from './ago.js';
import { browserName, deviceName, deviceType, sessionType } from './device-words.js';
import { listLivingSessions } from './living-sessions.js';

type Answer = ResponseOf<typeof accountSessions>;

/** The sessions of an account with their devices, as clients of old read them (oauth-devices §3.2). */
export async function describeSessions(context: Context, caller: Caller, session: Session): Promise<Answer> {
  const { db } = context.storage;
  const now = context.clock.now();
  const devices = await listDevices(db, session.uid);
  const sessions = await listLivingSessions(db, session.uid, devices, now);
  const current = toHex(session.tokenHash);
  return sessions.map((each) => {
    const id = toHex(each.tokenHash);
    const device = devices.find(({ sessionTokenHash: hash }) => hash !== null && toHex(hash) === id);
    return {
      id,
      createdTime: each.createdAt,
      createdTimeFormatted: formatAgo(each.createdAt, now, caller.acceptLanguage),
      lastAccessTime: each.lastAccessTime,
      lastAccessTimeFormatted: formatAgo(each.lastAccessTime, now, caller.acceptLanguage),
      location: {},
      userAgent: browserName(each.userAgent),
      os: each.userAgent.uaOS,
      ...deviceMembers(each, device),
      isDevice: device !== undefined,
      isCurrentDevice: id === current,
    };
  });
}

function deviceMembers({ userAgent }: ListedSession, device: Device | undefined) {
  if (device === undefined) {
    return {
      deviceId: null,
      deviceName: null,
      deviceType: sessionType(userAgent),
      deviceCreatedAt: null,
      deviceAvailableCommands: null,
      deviceCallbackURL: null,
      deviceCallbackPublicKey: null,
      deviceCallbackAuthKey: null,
      deviceCallbackIsExpired: null,
    };
  }
  return {
    deviceId: device.id,
    deviceName: deviceName(device),
    deviceType: deviceType(device),
    deviceCreatedAt: device.createdAt,
    deviceAvailableCommands: device.availableCommands,
    deviceCallbackURL: device.pushCallback,
    deviceCallbackPublicKey: device.pushPublicKey,
    deviceCallbackAuthKey: device.pushAuthKey,
    deviceCallbackIsExpired: device.pushEndpointExpired,
  };
}
