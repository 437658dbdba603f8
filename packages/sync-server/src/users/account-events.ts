import { sql } from 'kysely';
import { purgeUser, type StorageContext } from '../storage/index.js';
import { emailOf, type UsersContext } from './context.js';
import { RETIRED } from './key-id.js';

/**
 * The account is gone: nobody gets a token for it any more, and its data are deleted, also those of keys it left behind
 * (sync §2.4).
 */
export async function forgetAccount(context: UsersContext & StorageContext, fxaUid: string): Promise<void> {
  const { users } = context.tables;
  const email = emailOf(context, fxaUid);
  const rows = await users.transaction(async (tx) => {
    const now = context.clock.now();
    await sql`update users set generation = ${RETIRED}, replaced_at = coalesce(replaced_at, ${now})
      where service = ${context.service} and email = ${email}`.execute(tx);
    return tx
      .selectFrom('users')
      .select('uid')
      .where('service', '=', context.service)
      .where('email', '=', email)
      .execute();
  });
  for (const { uid } of rows) await purgeUser(context, uid);
}

/** Everybody was signed out at a time (milliseconds): access tokens from before it are refused from now on. */
export async function signOutBefore(context: UsersContext, fxaUid: string, time: number): Promise<void> {
  const generation = BigInt(Math.floor(time)) - 1n;
  await sql`update users set generation = ${generation}
    where service = ${context.service} and email = ${emailOf(context, fxaUid)} and generation < ${generation}
      and replaced_at is null`.execute(context.tables.users.db);
}
