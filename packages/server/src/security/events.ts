import { createHmac } from 'node:crypto';
import type { Caller, Context } from '../context.js';
import { fromHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';

/** What is worth remembering about an account (auth-api §9). */
export type SecurityEventName =
  | 'account.create'
  | 'account.login'
  | 'account.login.failure'
  | 'account.password_changed'
  | 'account.password_reset_success'
  | 'account.password_upgrade_success'
  | 'session.destroy';

/** Records an event with a keyed hash of the address it came from. */
export async function recordSecurityEvent(
  context: Context,
  db: Database,
  caller: Caller,
  event: { uid: string; name: SecurityEventName; verified: boolean },
): Promise<void> {
  await db
    .insertInto('securityEvents')
    .values({
      uid: fromHex(event.uid),
      id: context.random.bytes(16),
      name: event.name,
      ipHash: hashAddress(context, caller.address),
      verified: event.verified ? 1 : 0,
      createdAt: context.clock.now(),
    })
    .execute();
}

/** Whether a verified sign-in from this address happened since a moment (milliseconds). */
export async function signedInFromAddressSince(
  context: Context,
  caller: Caller,
  uid: string,
  since: number,
): Promise<boolean> {
  const row = await context.storage.db
    .selectFrom('securityEvents')
    .select('createdAt')
    .where('uid', '=', fromHex(uid))
    .where('name', 'in', ['account.login', 'account.create'])
    .where('ipHash', '=', hashAddress(context, caller.address))
    .where('verified', '=', 1)
    .where('createdAt', '>=', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A session became verified, so the sign-in that made it counts as one. */
export async function markLoginVerified(context: Context, db: Database, caller: Caller, uid: string): Promise<void> {
  await db
    .updateTable('securityEvents')
    .set({ verified: 1 })
    .where('uid', '=', fromHex(uid))
    .where('name', 'in', ['account.login', 'account.create'])
    .where('ipHash', '=', hashAddress(context, caller.address))
    .execute();
}

export async function deleteSecurityEvents(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('securityEvents').where('uid', '=', fromHex(uid)).execute();
}

function hashAddress(context: Context, address: string): Bytes {
  return createHmac('sha256', context.secret).update(`address:${address}`).digest();
}
