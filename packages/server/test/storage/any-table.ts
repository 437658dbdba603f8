import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../src/storage/index.js';

/** Kysely cannot type an insert into a table that is known only at run time. */
export async function insert(db: Kysely<Schema>, table: keyof Schema, row: object): Promise<void> {
  const columns = Object.keys(row).map((column) => sql.ref(column));
  const values = Object.values(row).map((value: unknown) => sql`${value}`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})`.execute(db);
}

/** Every row of a table, as `plain` has it. */
export async function readAll(db: Kysely<Schema>, table: keyof Schema): Promise<object[]> {
  const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(db);
  return rows.map(plain);
}

/** Bytes as lists of numbers, whichever class of bytes the engine gives. */
export function plain(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, value instanceof Uint8Array ? [...value] : value]),
  );
}

/** The same columns with nothing in them, but not null. */
export function emptied(row: object): Record<string, unknown> {
  const empty = (value: unknown): unknown =>
    value instanceof Uint8Array ? new Uint8Array() : typeof value === 'string' ? '' : 0;
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, empty(value)]));
}
