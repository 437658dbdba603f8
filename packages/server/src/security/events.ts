import { createHmac } from 'node:crypto';
import type { Caller, Context } from '../context.js';
import { fromHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';

/** What is worth remembering about an account (auth-api §9). */
export type SecurityEventName =
  | 'account.create'
  | 'account.login'
  | 'account.login.failure'
  | 'account.reset'
  | 'account.password_added'
  | 'account.password_changed'
  | 'account.password_reset_otp_sent'
  | 'account.password_reset_otp_verified'
  | 'account.password_reset_success'
  | 'account.password_upgrade_success'
  | 'account.two_factor_added'
  | 'account.two_factor_removed'
  | 'account.two_factor_challenge_success'
  | 'account.two_factor_challenge_failure'
  | 'account.two_factor_replace_success'
  | 'account.two_factor_replace_failure'
  | 'account.recovery_codes_created'
  | 'account.recovery_codes_replaced'
  | 'account.recovery_codes_set'
  | 'account.recovery_codes_signin_complete'
  | 'account.recovery_key_added'
  | 'account.recovery_key_removed'
  | 'account.recovery_key_challenge_success'
  | 'account.recovery_key_challenge_failure'
  | 'account.mfa_send_otp_code'
  | 'account.mfa_verify_otp_code_success'
  | 'account.mfa_verify_otp_code_failed'
  | 'account.secondary_email_added'
  | 'account.secondary_email_removed'
  | 'account.primary_secondary_swapped'
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

/** The uid of no account, for work that is done where there is none: hex, 32 digits. */
export const NOBODY = '0'.repeat(32);

/**
 * Writes what a failed sign-in writes, for an address without an account, so that the time does not tell. However many
 * there are, they share 256 rows, which nobody reads.
 */
export async function recordFailureOfNobody(context: Context, db: Database, caller: Caller): Promise<void> {
  const id = new Uint8Array(16);
  id.set(context.random.bytes(1));
  const row = {
    uid: fromHex(NOBODY),
    id,
    name: 'account.login.failure',
    ipHash: hashAddress(context, caller.address),
    verified: 0,
    createdAt: context.clock.now(),
  };
  await db
    .insertInto('securityEvents')
    .values(row)
    .onConflict((conflict) => conflict.columns(['uid', 'id']).doUpdateSet({ createdAt: row.createdAt }))
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

/** What an account's owner is shown of an event. */
export interface SecurityEvent {
  readonly name: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly verified: boolean;
}

/** How many events of an account are shown at most. */
const SHOWN = 200;

/** The latest events of an account, newest first. */
export async function findSecurityEvents(db: Database, uid: string): Promise<SecurityEvent[]> {
  const rows = await db
    .selectFrom('securityEvents')
    .select(['name', 'createdAt', 'verified'])
    .where('uid', '=', fromHex(uid))
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .limit(SHOWN)
    .execute();
  return rows.map(({ name, createdAt, verified }) => ({ name, createdAt, verified: verified === 1 }));
}

export async function deleteSecurityEvents(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('securityEvents').where('uid', '=', fromHex(uid)).execute();
}

function hashAddress(context: Context, address: string): Bytes {
  return createHmac('sha256', context.secret).update(`address:${address}`).digest();
}
