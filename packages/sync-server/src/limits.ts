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

/** Beside the records a request has their names and punctuation. */
const REQUEST_OVERHEAD = 4096;
const MAX_POST_BYTES = 2_621_440;

export const DEFAULT_LIMITS: StorageLimits = {
  max_post_bytes: MAX_POST_BYTES,
  max_post_records: 100,
  max_record_payload_bytes: MAX_POST_BYTES,
  max_request_bytes: MAX_POST_BYTES + REQUEST_OVERHEAD,
  max_total_bytes: 100 * MAX_POST_BYTES,
  max_total_records: 10_000,
  max_quota_limit: 2_097_152_000,
};

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
/** No id of a stored object is longer, characters. */
export const MAX_ID_LENGTH = 64;
export const ID_PATTERN = /^[ -~]{1,64}$/;
