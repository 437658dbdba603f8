import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { StorageTransaction, Write } from './context.js';
import type { RecordChange } from './record.js';

/** Rows of one statement: few sizes, so that few statements are kept; engines limit how many values one may have. */
const SIZES = [64, 32, 16, 8, 4, 2, 1] as const;

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
  for (const group of alike.values()) await upsert(write, collection, group, options.stampAll === true);
}

type Member = 'payload' | 'sortindex' | 'ttl';

function givenMembers(change: RecordChange): Member[] {
  return (['payload', 'sortindex', 'ttl'] as const).filter((member) => change[member] !== undefined);
}

/** Writes changes that all give the same members. */
async function upsert(
  { tx, uid, now, time }: Write,
  collection: string,
  changes: readonly RecordChange[],
  stampAll: boolean,
): Promise<void> {
  const [first] = changes;
  if (first === undefined) return;
  const given = givenMembers(first);
  for (let start = 0; start < changes.length; ) {
    const size = SIZES.find((rows) => rows <= changes.length - start) ?? 1;
    const statement = prepared(tx, given, stampAll, size);
    const values = changes
      .slice(start, start + size)
      .flatMap(({ id, payload = '', sortindex = null, ttl }) => [
        uid,
        collection,
        id,
        sortindex,
        time,
        ttl === undefined ? null : now + ttl * 100,
        Buffer.byteLength(payload),
        payload,
      ]);
    // After the rows, all that a statement asks for is the time that tells what has expired.
    const rest = Array.from({ length: statement.parameters.length - values.length }, () => now);
    await tx.executeQuery({ ...statement, parameters: [...values, ...rest] });
    start += size;
  }
}

/** By engine and kind: building a statement of many rows takes longer than running it. */
const statements = new WeakMap<object, Map<string, CompiledQuery>>();

function prepared(tx: StorageTransaction, given: readonly Member[], stampAll: boolean, size: number): CompiledQuery {
  const { adapter } = tx.getExecutor();
  const known = statements.get(adapter) ?? new Map<string, CompiledQuery>();
  statements.set(adapter, known);
  const key = `${given.join()} ${stampAll} ${size}`;
  const statement = known.get(key) ?? upsertStatement(tx, given, stampAll, size).compile();
  known.set(key, statement);
  return statement;
}

/** A statement for so many rows; its values stand for those to come, in the order of the columns. */
function upsertStatement(tx: StorageTransaction, given: readonly Member[], stampAll: boolean, size: number) {
  const replaced: Column[] = [
    ...(given.includes('payload') ? (['payload', 'size'] as const) : []),
    ...(given.includes('sortindex') ? (['sortindex'] as const) : []),
    ...(given.includes('ttl') ? (['expiry'] as const) : []),
    ...(stampAll || given.includes('payload') || given.includes('sortindex') ? (['modified'] as const) : []),
  ];
  const set = (column: Column): RawBuilder<never> => {
    const excluded = sql.ref(`excluded.${column}`);
    if (replaced.includes(column)) return sql`${excluded}`;
    return sql`case when ${STORED.expiry} <= ${0} then ${excluded} else ${STORED[column]} end`;
  };
  const row = { uid: 0, collection: '', id: '', sortindex: 0, modified: 0, expiry: 0, size: 0, payload: '' };
  return tx
    .insertInto('sync_bsos')
    .values(Array.from({ length: size }, () => row))
    .onConflict((conflict) =>
      conflict.columns(['uid', 'collection', 'id']).doUpdateSet({
        payload: set('payload'),
        size: set('size'),
        sortindex: set('sortindex'),
        expiry: set('expiry'),
        modified: set('modified'),
      }),
    );
}
