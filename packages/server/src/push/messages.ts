import type { PushPayload } from '@foxden/protocol';

/** A message to a device (oauth-devices §3.4). */
export interface PushMessage {
  /** undefined: a message without content, that only wakes its receiver. */
  readonly payload: PushPayload | undefined;
  /** For how many seconds it is worth something. 0: now or never. */
  readonly ttl: number;
}

type DataOf<C extends string> = Extract<PushPayload, { readonly command: C; readonly data: unknown }>['data'];

const HOUR = 3600;
/** As long as push services keep anything; a message that says more says this. */
export const LONGEST_TTL = 28 * 24 * HOUR;

/** A message that a client wrote, to be kept for so many seconds. */
export function messageOf(payload: PushPayload | undefined, ttl: number): PushMessage {
  return { payload, ttl: Math.min(ttl, LONGEST_TTL) };
}

/** Account or session are verified now: a browser that waits for it looks. */
export const SOMETHING_VERIFIED = messageOf(undefined, 0);
export const PROFILE_UPDATED = messageOf({ version: 1, command: 'fxaccounts:profile_updated' }, 0);
export const PASSWORD_CHANGED = messageOf({ version: 1, command: 'fxaccounts:password_changed' }, 6 * HOUR);
export const PASSWORD_RESET = messageOf({ version: 1, command: 'fxaccounts:password_reset' }, 6 * HOUR);

/** A command waits for the device; it is worth as much as the command, six hours unless that says otherwise. */
export function commandReceived(data: DataOf<'fxaccounts:command_received'>, ttl = 6 * HOUR): PushMessage {
  return messageOf({ version: 1, command: 'fxaccounts:command_received', data }, ttl);
}

export function deviceConnected(deviceName: string): PushMessage {
  return messageOf({ version: 1, command: 'fxaccounts:device_connected', data: { deviceName } }, 0);
}

/** To all, also to the one that it was: it signs out. */
export function deviceDisconnected(id: string): PushMessage {
  return messageOf({ version: 1, command: 'fxaccounts:device_disconnected', data: { id } }, 5 * HOUR);
}

export function accountDestroyed(uid: string): PushMessage {
  return messageOf({ version: 1, command: 'fxaccounts:account_destroyed', data: { uid } }, 5 * HOUR);
}
