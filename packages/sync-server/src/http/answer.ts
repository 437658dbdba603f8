import { type Centiseconds, formatTimestamp } from '../timestamp.js';

/** What a route answers. */
export interface Answer {
  readonly status?: number;
  /** JSON text, or lines of it. */
  readonly body: string;
  readonly contentType?: string;
  /** `X-Last-Modified`. */
  readonly lastModified: Centiseconds;
  /** It is the time of this very write, and so the `X-Weave-Timestamp` too. */
  readonly isWrite?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

export const JSON_TYPE = 'application/json';
export const NEWLINES_TYPE = 'application/newlines';

/** The answer of a write: its time, as a bare number where there is no body. */
export function written(time: Centiseconds, body = formatTimestamp(time)): Answer {
  return { body, lastModified: time, isWrite: true };
}

/** JSON of an object whose values are times. */
export function timestampsJson(entries: readonly (readonly [string, Centiseconds])[]): string {
  return `{${entries.map(([name, time]) => `${JSON.stringify(name)}:${formatTimestamp(time)}`).join(',')}}`;
}

/** What came of an upload: its members in front, then the ids that were taken and why others were not. */
export function uploadJson(head: string, success: readonly string[], failed: ReadonlyMap<string, string>): string {
  return `{${head},"success":${JSON.stringify(success)},"failed":${JSON.stringify(Object.fromEntries(failed))}}`;
}
