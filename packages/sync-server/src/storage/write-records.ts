import { type RawBuilder, sql } from 'kysely';
import type { Write } from './context.js';
import type { RecordChange } from './record.js';

/** Rows of one statement: engines limit how many values it may have. */
const ROWS = 100;

const STORED = {
  payload: sql.ref('sync_bsos.payload'),
  size: sql.ref('sync_bsos.size'),
  sortindex: sql.ref('sync_bsos.sortindex'),
  expiry: sql.ref('sync_bsos.expiry'),
  modified: sql.ref('sync_bsos.modified'),
} as const;

type Column = keyof typeof STORED;

/**
 * Writes records of a collection: given members replace, others stay; what has expired counts as absent (sync §4.1).
 * A change of nothing but `ttl` leaves `modified` alone, unless `stampAll`, as a batch does. No id may come twice.
 */
export async function writeRecords(
  write: Write,
  collection: string,
  changes: readonly RecordChange[],
  options: { readonly stampAll?: boolean } = {},
): Promise<void> {
  const alike = new Map<string, RecordChange[]>();
  for (const change of changes) {
    const key = givenMembers(change).join();
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [change]);
    else group.push(change);
  }
  for (const group of alike.values()) {
    for (let start = 0; start < group.length; start += ROWS) {
      await upsert(write, collection, group.slice(start, start + ROWS), options.stampAll === true);
    }
  }
}

function givenMembers(change: RecordChange): ('payload' | 'sortindex' | 'ttl')[] {
  return (['payload', 'sortindex', 'ttl'] as const).filter((member) => change[member] !== undefined);
}

/** Changes that give the same members, in one statement. */
async function upsert(
  { tx, uid, now, time }: Write,
  collection: string,
  changes: readonly RecordChange[],
  stampAll: boolean,
): Promise<void> {
  const [first] = changes;
  if (first === undefined) return;
  const given = givenMembers(first);
  const replaced: Column[] = [
    ...(given.includes('payload') ? (['payload', 'size'] as const) : []),
    ...(given.includes('sortindex') ? (['sortindex'] as const) : []),
    ...(given.includes('ttl') ? (['expiry'] as const) : []),
    ...(stampAll || given.includes('payload') || given.includes('sortindex') ? (['modified'] as const) : []),
  ];
  const set = (column: Column): RawBuilder<never> => {
    const excluded = sql.ref(`excluded.${column}`);
    if (replaced.includes(column)) return sql`${excluded}`;
    return sql`case when ${STORED.expiry} <= ${now} then ${excluded} else ${STORED[column]} end`;
  };
  await tx
    .insertInto('sync_bsos')
    .values(
      changes.map(({ id, payload = '', sortindex, ttl }) => ({
        uid,
        collection,
        id,
        sortindex: sortindex ?? null,
        modified: time,
        expiry: ttl === undefined ? null : now + ttl * 100,
        size: Buffer.byteLength(payload),
        payload,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['uid', 'collection', 'id']).doUpdateSet({
        payload: set('payload'),
        size: set('size'),
        sortindex: set('sortindex'),
        expiry: set('expiry'),
        modified: set('modified'),
      }),
    )
    .execute();
}
