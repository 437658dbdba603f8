import { WeaveError } from '../errors.js';
import { ID_PATTERN, MAX_SORTINDEX, MAX_TTL, type StorageLimits } from '../limits.js';
import type { RecordChange } from '../storage/index.js';

const MEMBERS: ReadonlySet<string> = new Set(['id', 'payload', 'sortindex', 'ttl', 'modified', 'collection']);

/** A record with no initialisation vector: a client that lost its keys would write it, and others would trip over it. */
const ZERO_IV = /IV":\s*"AAAAAAAAAAAAAAAAAAAAAA=="/;

/** What is wrong with one record, in words. */
interface Refusal {
  readonly reason: string;
}

/** What an upload asks for: the records to write, and why others are not. */
export interface Upload {
  readonly changes: readonly RecordChange[];
  readonly failed: ReadonlyMap<string, string>;
}

/**
 * Reads the record of a PUT; the path names its id (sync §4.1).
 * @throws WeaveError INVALID_RECORD
 */
export function readRecord(collection: string, id: string, value: unknown, limits: StorageLimits): RecordChange {
  const record = asObject(value);
  const change = readMembers({ ...record, id: record['id'] ?? id });
  if (!ID_PATTERN.test(id) || 'reason' in change) throw new WeaveError('INVALID_RECORD');
  if (Buffer.byteLength(change.payload ?? '') > limits.max_record_payload_bytes) throw new WeaveError('INVALID_RECORD');
  refuseZeroIv(collection, change);
  return { ...change, id };
}

/**
 * Reads the items of a POST. A bad record fails alone; what is no record, or the same id twice, fails all (sync §4.6).
 * @throws WeaveError INVALID_RECORD
 */
export function readUpload(collection: string, items: readonly unknown[], limits: StorageLimits): Upload {
  const changes: RecordChange[] = [];
  const failed = new Map<string, string>();
  const seen = new Set<string>();
  let bytes = 0;
  for (const item of items) {
    const record = asObject(item);
    const { id } = record;
    if (typeof id !== 'string' || seen.has(id)) throw new WeaveError('INVALID_RECORD');
    seen.add(id);
    const change = readMembers(record);
    if ('reason' in change) {
      failed.set(id, change.reason);
      continue;
    }
    refuseZeroIv(collection, change);
    const size = Buffer.byteLength(change.payload ?? '');
    if (size <= limits.max_record_payload_bytes) bytes += size;
    if (size > limits.max_record_payload_bytes || bytes > limits.max_post_bytes) failed.set(id, 'retry bytes');
    else if (changes.length >= limits.max_post_records) failed.set(id, 'retry bso');
    else changes.push(change);
  }
  return { changes, failed };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WeaveError('INVALID_RECORD');
  return value as Readonly<Record<string, unknown>>;
}

/** null counts as not given. */
function readMembers(record: Readonly<Record<string, unknown>>): RecordChange | Refusal {
  for (const member of Object.keys(record)) {
    if (!MEMBERS.has(member)) return { reason: `unknown field ${member}` };
  }
  const { id, payload, sortindex, ttl } = record;
  if (typeof id !== 'string' || !ID_PATTERN.test(id)) return { reason: 'invalid bso: id' };
  if (!isAbsent(payload) && !isStorableText(payload)) return { reason: 'invalid bso: payload' };
  if (!isAbsent(sortindex) && !isWithin(sortindex, -MAX_SORTINDEX, MAX_SORTINDEX)) {
    return { reason: 'invalid bso: sortindex' };
  }
  if (!isAbsent(ttl) && !isWithin(ttl, 0, MAX_TTL)) return { reason: 'invalid bso: ttl' };
  return { id, payload: payload ?? undefined, sortindex: sortindex ?? undefined, ttl: ttl ?? undefined };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Text that every engine gives back as it was: without NUL, and without half a character. */
function isStorableText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0') && !/\p{Surrogate}/u.test(value);
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function refuseZeroIv(collection: string, { payload = '' }: RecordChange): void {
  if (collection === 'crypto' && ZERO_IV.test(payload)) throw new WeaveError('INVALID_RECORD');
}
