import { type Kysely, type RawBuilder, sql } from 'kysely';
import { MAX_ANSWER_BYTES, MAX_ROWS } from '../limits.js';
import type { StorageTables } from '../tables/index.js';
import { type Centiseconds, centiseconds } from '../timestamp.js';
import type { Read, StorageContext } from './context.js';
import type { StoredRecord } from './record.js';

export type Sort = 'newest' | 'oldest' | 'index';

/** Which records of a collection are asked for (sync §4.5). */
export interface RecordQuery {
  readonly ids?: readonly string[] | undefined;
  readonly newer?: Centiseconds | undefined;
  readonly older?: Centiseconds | undefined;
  readonly sort: Sort;
  readonly limit: number;
  readonly offset: number;
}

/** Part of the records, and whether there are more. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins. */
  readonly nextOffset: number | undefined;
}

/** Of equal times, ids run in the same direction, so that every order is complete and pages fit together. */
const ORDER: Readonly<Record<Sort, RawBuilder<unknown>>> = {
  newest: sql`modified desc, id desc`,
  oldest: sql`modified, id`,
  index: sql`sortindex desc nulls last, modified desc, id desc`,
};

/** Records that are fetched by one statement, whatever their sizes. */
const AT_ONCE = 100;

/** Ids of the records that meet a query. */
export async function readIds(read: Read, collection: string, query: RecordQuery): Promise<Page<string>> {
  const rows = await select<{ id: string }>(read, collection, query, sql`id`);
  const { items, nextOffset } = cut(rows, query.offset, Math.min(query.limit, MAX_ROWS));
  return { items: items.map(({ id }) => id), nextOffset };
}

const RECORD = sql`id, payload, sortindex, modified, size`;

/**
 * All records that meet a query, with the time of their collection, by one statement, which needs no snapshot; undefined
 * where it takes more than that, or where there are none.
 */
export async function readFew(
  { tables, clock }: StorageContext,
  uid: number,
  collection: string,
  query: RecordQuery,
): Promise<{ readonly items: readonly StoredRecord[]; readonly lastModified: Centiseconds } | undefined> {
  if (query.limit < AT_ONCE) return undefined;
  const source = { tx: tables.storageOf(uid).db, uid, now: centiseconds(clock.now()) };
  const touched = sql`(select modified from sync_collections where uid = ${uid} and name = ${collection}) as touched`;
  const rows = await select<SizedRecord & { readonly touched: Centiseconds }>(
    source,
    collection,
    { ...query, limit: AT_ONCE },
    sql`${RECORD}, ${touched}`,
  );
  const isAll = rows.length <= AT_ONCE && countWithin(rows, AT_ONCE) === rows.length;
  return rows[0] !== undefined && isAll ? { items: rows, lastModified: rows[0].touched } : undefined;
}

/** Records that meet a query. A page ends early where its payloads would be too many bytes. */
export async function readRecords(read: Read, collection: string, query: RecordQuery): Promise<Page<StoredRecord>> {
  const limit = Math.min(query.limit, MAX_ROWS);
  const start = await select<SizedRecord>(read, collection, { ...query, limit: Math.min(limit, AT_ONCE) }, RECORD);
  if (start.length <= AT_ONCE || limit <= AT_ONCE) return cut(start, query.offset, countWithin(start, limit));
  // Many: their sizes tell how many are to be fetched at all.
  const keys = await select<{ id: string; size: number }>(read, collection, query, sql`id, size`);
  const count = countWithin(keys, limit);
  const items: StoredRecord[] = [];
  for (let first = 0; first < count; first += AT_ONCE) {
    const ids = keys.slice(first, Math.min(first + AT_ONCE, count)).map(({ id }) => id);
    const page = { ids, sort: query.sort, limit: ids.length, offset: 0 };
    items.push(...(await select<SizedRecord>(read, collection, page, RECORD)));
  }
  return { items, nextOffset: count < keys.length ? query.offset + count : undefined };
}

type SizedRecord = StoredRecord & { readonly size: number };

/** How many records fit into an answer; at least one, or a page would never end. */
function countWithin(keys: readonly { readonly size: number }[], limit: number): number {
  let bytes = 0;
  let count = 0;
  for (const { size } of keys.slice(0, limit)) {
    bytes += size;
    if (bytes > MAX_ANSWER_BYTES && count > 0) break;
    count += 1;
  }
  return count;
}

/** Rows of a page, and one more where there are more. */
async function select<R>(
  { tx, uid, now }: Omit<Read, 'tx'> & { readonly tx: Kysely<StorageTables> },
  collection: string,
  query: RecordQuery,
  columns: RawBuilder<unknown>,
): Promise<R[]> {
  const { ids, newer, older, sort, limit, offset } = query;
  if (ids?.length === 0) return [];
  const conditions = [
    sql`uid = ${uid} and collection = ${collection} and (expiry is null or expiry > ${now})`,
    ...(ids === undefined ? [] : [sql`id in (${sql.join(ids)})`]),
    ...(newer === undefined ? [] : [sql`modified > ${newer}`]),
    ...(older === undefined ? [] : [sql`modified < ${older}`]),
  ];
  const { rows } = await sql<R>`
    select ${columns} from sync_bsos where ${sql.join(conditions, sql` and `)}
    order by ${ORDER[sort]} limit ${Math.min(limit, MAX_ROWS) + 1} offset ${offset}`.execute(tx);
  return rows;
}

function cut<T>(rows: readonly T[], offset: number, count: number): Page<T> {
  return { items: rows.slice(0, count), nextOffset: rows.length > count ? offset + count : undefined };
}

/** A record, if it is there. */
export async function findRecord(
  { tx, uid, now }: Read,
  collection: string,
  id: string,
): Promise<StoredRecord | undefined> {
  return tx
    .selectFrom('sync_bsos')
    .select(['id', 'payload', 'sortindex', 'modified'])
    .where('uid', '=', uid)
    .where('collection', '=', collection)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('expiry', 'is', null), eb('expiry', '>', now)]))
    .executeTakeFirst();
}
