import { WeaveError } from '../errors.js';
import { JSON_TYPE, NEWLINES_TYPE } from './answer.js';

const OFFERED = [JSON_TYPE, NEWLINES_TYPE] as const;

/**
 * The type of a list, by `Accept` (RFC 9110 §12.5.1): JSON, or a line for each item. JSON where both are as welcome.
 * @throws WeaveError NOT_ACCEPTABLE
 */
export function negotiateType(accept: string | undefined): (typeof OFFERED)[number] {
  if (accept === undefined || accept.trim() === '') return JSON_TYPE;
  const ranges = accept.split(',').map(parseRange);
  const [best] = OFFERED.map((type) => ({ type, quality: qualityOf(type, ranges) })).sort(
    (a, b) => b.quality - a.quality,
  );
  if (best === undefined || best.quality === 0) throw new WeaveError('NOT_ACCEPTABLE');
  return best.type;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = q === undefined ? 1 : Number(q);
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** That of the most specific range that matches. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  for (const pattern of [type, `${type.split('/')[0]}/*`, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === pattern);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
