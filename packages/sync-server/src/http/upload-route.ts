import type { IncomingHttpHeaders } from 'node:http';
import { WeaveError } from '../errors.js';
import type { StorageLimits } from '../limits.js';
import { addToBatch, commitBatch, postRecords } from '../storage/index.js';
import { formatTimestamp } from '../timestamp.js';
import { uploadJson, written } from './answer.js';
import { readItems } from './read-body.js';
import { readUpload } from './read-record.js';
import type { StorageHandler } from './storage-route.js';

const ACCEPTED = 202;

/** What a client announces of an upload, and the limit of each. */
const ANNOUNCEMENTS: Readonly<Record<string, keyof StorageLimits>> = {
  'x-weave-records': 'max_post_records',
  'x-weave-bytes': 'max_post_bytes',
  'x-weave-total-records': 'max_total_records',
  'x-weave-total-bytes': 'max_total_bytes',
};

/** How an upload is to be taken: at once, as part of a batch, or as its end. */
type Mode =
  | { readonly kind: 'now' }
  | { readonly kind: 'add'; readonly batch: string | undefined }
  | { readonly kind: 'commit'; readonly batch: string };

/** Takes records (sync §4.6). */
export const postCollection: StorageHandler = async (request) => {
  const { context, uid, collection, query, preconditions, headers } = request;
  const mode = modeOf(query);
  requireAnnouncedLimits(headers, context.limits);
  const { changes, failed } = readUpload(collection, readItems(headers['content-type'], request.body), context.limits);
  const success = changes.map(({ id }) => id);
  if (mode.kind === 'add') {
    const { batch, modified } = await addToBatch(context, uid, collection, mode.batch, changes, preconditions);
    return {
      status: ACCEPTED,
      body: uploadJson(`"batch":${JSON.stringify(batch)}`, success, failed),
      lastModified: modified,
    };
  }
  const time =
    mode.kind === 'now'
      ? await postRecords(context, uid, collection, changes, preconditions)
      : await commitBatch(context, uid, collection, mode.batch, changes, preconditions);
  return written(time, uploadJson(`"modified":${formatTimestamp(time)}`, success, failed));
};

/** @throws WeaveError BAD_REQUEST */
function modeOf(query: URLSearchParams): Mode {
  const batch = query.get('batch');
  const commit = query.get('commit');
  if (commit !== null && (batch === null || commit.toLowerCase() !== 'true')) throw new WeaveError('BAD_REQUEST');
  const isNew = batch === '' || batch?.toLowerCase() === 'true';
  if (batch === null || (isNew && commit !== null)) return { kind: 'now' };
  if (commit !== null) return { kind: 'commit', batch };
  return { kind: 'add', batch: isNew ? undefined : batch };
}

/** @throws WeaveError BAD_REQUEST when an announcement is no number, LIMIT_EXCEEDED when it is too large */
function requireAnnouncedLimits(headers: IncomingHttpHeaders, limits: StorageLimits): void {
  for (const [name, limit] of Object.entries(ANNOUNCEMENTS)) {
    const value = headers[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || !/^\d+$/.test(value)) throw new WeaveError('BAD_REQUEST');
    if (Number(value) > limits[limit]) throw new WeaveError('LIMIT_EXCEEDED');
  }
}
