import { WeaveError } from '../errors.js';
import {
  collectionModified,
  deleteEverything,
  deleteRecord,
  deleteRecords,
  findRecord,
  putRecord,
  read,
  readFew,
  readIds,
  readRecords,
  requirePreconditions,
} from '../storage/index.js';
import { type Centiseconds, formatTimestamp } from '../timestamp.js';
import { type Answer, JSON_TYPE, NEWLINES_TYPE, written } from './answer.js';
import { negotiateType } from './negotiate.js';
import { readJson } from './read-body.js';
import { readRecord } from './read-record.js';
import { recordJson } from './record-json.js';
import { idsOf, recordQueryOf } from './request.js';
import type { StorageHandler, StorageRoute } from './storage-route.js';
import { postCollection } from './upload-route.js';

const getCollection: StorageHandler = async ({ context, uid, collection, query, preconditions, headers }) => {
  const contentType = negotiateType(headers.accept);
  const wanted = recordQueryOf(query);
  const answer = (lastModified: Centiseconds, items: readonly string[], nextOffset?: number): Answer => ({
    contentType,
    lastModified,
    body: contentType === NEWLINES_TYPE ? items.map((item) => `${item}\n`).join('') : `[${items.join(',')}]`,
    headers: {
      'x-weave-records': String(items.length),
      ...(nextOffset !== undefined && { 'x-weave-next-offset': String(nextOffset) }),
    },
  });
  // What changed since the last sync mostly is few, and everybody asks for it all day.
  const mayBeFew = query.has('full') && preconditions.modifiedSince === undefined;
  const few = mayBeFew ? await readFew(context, uid, collection, wanted) : undefined;
  if (few !== undefined) {
    requirePreconditions(preconditions, few.lastModified);
    return answer(few.lastModified, few.items.map(recordJson));
  }
  return read(context, uid, async (own) => {
    const lastModified = (await collectionModified(own, collection)) ?? 0;
    requirePreconditions(preconditions, lastModified);
    const { items, nextOffset } = query.has('full')
      ? await jsonPage(readRecords(own, collection, wanted), recordJson)
      : await jsonPage(readIds(own, collection, wanted), (id) => JSON.stringify(id));
    return answer(lastModified, items, nextOffset);
  });
};

async function jsonPage<T>(
  page: Promise<{ readonly items: readonly T[]; readonly nextOffset: number | undefined }>,
  json: (item: T) => string,
): Promise<{ readonly items: readonly string[]; readonly nextOffset: number | undefined }> {
  const { items, nextOffset } = await page;
  return { items: items.map(json), nextOffset };
}

const deleteCollection: StorageHandler = async ({ context, uid, collection, query, preconditions }) =>
  written(await deleteRecords(context, uid, collection, idsOf(query), preconditions));

const getRecord: StorageHandler = async ({ context, uid, collection, id, preconditions, headers }) => {
  if (negotiateType(headers.accept) !== JSON_TYPE) throw new WeaveError('NOT_ACCEPTABLE');
  return read(context, uid, async (own) => {
    const record = await findRecord(own, collection, id);
    requirePreconditions(preconditions, record?.modified ?? 0);
    if (record === undefined) throw new WeaveError('NOT_FOUND');
    return { body: recordJson(record), lastModified: record.modified };
  });
};

const putOne: StorageHandler = async ({ context, uid, collection, id, preconditions, headers, body }) => {
  const change = readRecord(collection, id, readJson(headers['content-type'], body), context.limits);
  return written(await putRecord(context, uid, collection, change, preconditions));
};

const deleteOne: StorageHandler = async ({ context, uid, collection, id, preconditions }) => {
  const time = await deleteRecord(context, uid, collection, id, preconditions);
  return written(time, `{"modified":${formatTimestamp(time)}}`);
};

const deleteAll: StorageHandler = async ({ context, uid, preconditions }) =>
  written(await deleteEverything(context, uid, preconditions), 'null');

const COLLECTION = '/storage/:collection(^[a-zA-Z0-9._-]{1,32}$)';

/** Collections and their records (sync §4.4). */
export const storageRoutes: readonly StorageRoute[] = [
  { path: '', methods: { DELETE: deleteAll } },
  { path: '/storage', methods: { DELETE: deleteAll } },
  { path: COLLECTION, methods: { GET: getCollection, POST: postCollection, DELETE: deleteCollection } },
  { path: `${COLLECTION}/:id`, methods: { GET: getRecord, PUT: putOne, DELETE: deleteOne } },
];
