import type { StoredRecord } from '../storage/index.js';
import { formatTimestamp } from '../timestamp.js';

/** A record as clients read it; JSON.stringify would drop the zeros of its time (sync §4.2). */
export function recordJson({ id, payload, sortindex, modified }: StoredRecord): string {
  const index = sortindex === null ? '' : `,"sortindex":${sortindex}`;
  return `{"id":${JSON.stringify(id)},"modified":${formatTimestamp(modified)},"payload":${JSON.stringify(payload)}${index}}`;
}
