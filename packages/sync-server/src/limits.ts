/** What `/info/configuration` tells: bytes and counts (sync §4.7). Every one is inclusive. */
export interface StorageLimits {
  readonly max_post_bytes: number;
  readonly max_post_records: number;
  readonly max_record_payload_bytes: number;
  readonly max_request_bytes: number;
  readonly max_total_bytes: number;
  readonly max_total_records: number;
  readonly max_quota_limit: number;
}

/** What an operator may set; the other limits follow. */
export interface LimitSettings {
  /** Records of one upload. */
  readonly maxPostRecords?: number | undefined;
  /** Payload bytes of one upload, and of one record. */
  readonly maxPostBytes?: number | undefined;
  /** Payload bytes that a user may keep; null: any number. */
  readonly quota?: number | null | undefined;
}

const MAX_POST_RECORDS = 100;
const MAX_POST_BYTES = 2_621_440;
const POSTS_OF_A_BATCH = 100;
/** Beside the records a request has their names and punctuation. */
const REQUEST_OVERHEAD = 4096;
/** What is told where there is no quota. */
const ANY_QUOTA = 2_097_152_000;

/** The limits that settings amount to; the defaults are those of the reference server. */
export function storageLimits(settings: LimitSettings = {}): StorageLimits {
  const { maxPostRecords = MAX_POST_RECORDS, maxPostBytes = MAX_POST_BYTES, quota } = settings;
  return {
    max_post_bytes: maxPostBytes,
    max_post_records: maxPostRecords,
    max_record_payload_bytes: maxPostBytes,
    max_request_bytes: maxPostBytes + REQUEST_OVERHEAD,
    max_total_bytes: maxPostBytes * POSTS_OF_A_BATCH,
    max_total_records: maxPostRecords * POSTS_OF_A_BATCH,
    max_quota_limit: quota ?? ANY_QUOTA,
  };
}

/** Ids in one GET or DELETE. */
export const MAX_IDS = 100;
/** Records in one answer, where the request names no smaller number. */
export const MAX_ROWS = 10_000;
/** Payload bytes after which an answer ends and points to the next page, so that no answer fills the memory. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
export const BATCH_LIFETIME_SECONDS = 2 * 3600;
/** After a conflict, seconds. */
export const RETRY_AFTER_SECONDS = 10;
export const MAX_SORTINDEX = 999_999_999;
export const MAX_TTL = 999_999_999;
export const ID_PATTERN = /^[ -~]{1,64}$/;
