import type { Centiseconds } from '../timestamp.js';

/** A record as a client sends it: what is not given keeps its value (sync §4.1). */
export interface RecordChange {
  readonly id: string;
  readonly payload?: string | undefined;
  readonly sortindex?: number | undefined;
  /** Seconds. */
  readonly ttl?: number | undefined;
}

/** A record as it is stored. */
export interface StoredRecord {
  readonly id: string;
  readonly payload: string;
  readonly sortindex: number | null;
  readonly modified: Centiseconds;
}
