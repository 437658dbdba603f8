import { fromHex } from '../storage/hex.js';
import type { Bytes, Database, Storage } from '../storage/index.js';

/**
 * Makes a transaction that gives out something lasting wait for one that takes it away, and the other way round: a new
 * password, a reset, a deletion. It is the first statement. What is made before the change is found by it, what would
 * be made after it is refused.
 * @param account with the salt of the password that was proven, if a password was
 * @returns false when the account is gone, or has another password by now
 */
export async function holdAccount(
  { engine }: Pick<Storage, 'engine'>,
  tx: Database,
  account: { readonly uid: string; readonly authSalt?: Bytes },
): Promise<boolean> {
  const { uid, authSalt } = account;
  const row = await tx
    .selectFrom('accounts')
    .select('uid')
    .where('uid', '=', fromHex(uid))
    .$if(authSalt !== undefined, (query) => query.where('authSalt', '=', authSalt ?? new Uint8Array()))
    // On SQLite writers exclude each other anyway.
    .$if(engine === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  return row !== undefined;
}
