import type { accountDevicesNotify, BodyOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { messageOf, type Recipients, SOMETHING_VERIFIED } from '../push/index.js';

type NotifyBody = BodyOf<typeof accountDevicesNotify>;

/**
 * Sends a message of one device to others of the account (oauth-devices §3.2). Whether it arrives is not told.
 * @param uid hex, 32 digits
 * @throws INVALID_PARAMETER for members that do not go together
 */
export async function notifyDevices(context: Context, uid: string, body: NotifyBody): Promise<void> {
  const recipients = recipientsOf(body);
  const message = readMessage(body);
  await context.storage.transaction((tx) => context.push.post(tx, uid, message, recipients), 'relaxed');
  context.push.wake();
}

function recipientsOf({ to, excluded }: NotifyBody): Recipients {
  if (to === 'all') return { except: excluded?.map((id) => id.toLowerCase()) };
  if (excluded !== undefined) throw invalid('excluded');
  return { only: to.map((id) => id.toLowerCase()) };
}

function readMessage({ payload, TTL = 0, _endpointAction }: NotifyBody) {
  if (!('command' in payload)) {
    if (_endpointAction === undefined) throw invalid('payload');
    return SOMETHING_VERIFIED;
  }
  if (_endpointAction !== undefined) throw invalid('payload');
  return messageOf(payload, TTL);
}

function invalid(key: string) {
  return authError('INVALID_PARAMETER', { validation: { source: 'payload', keys: [key] } });
}
