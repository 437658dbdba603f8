import { setImmediate as turn } from 'node:timers/promises';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Database } from './storage.js';

/**
 * Deletes the rows of a table that meet a condition, in batches between which others get their turn.
 * @param key the columns of the table's key
 * @param where should be answered from an index, as each batch asks it anew
 * @param batch rows deleted by one statement
 * @returns the number of rows deleted
 */
export async function prune<S, T extends keyof S & string>(
  db: Database<S>,
  table: T,
  key: readonly (keyof S[T] & string)[],
  where: Expression<SqlBool>,
  batch = 500,
): Promise<number> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const statement = sql`
    delete from ${sql.table(table)} where (${columns}) in
      (select ${columns} from ${sql.table(table)} where ${where} limit ${sql.lit(batch)})`;
  for (let total = 0; ; ) {
    const deleted = Number((await statement.execute(db)).numAffectedRows);
    total += deleted;
    if (deleted < batch) return total;
    await turn();
  }
}
