import { WeaveError } from '../errors.js';
import { JSON_TYPE, NEWLINES_TYPE } from './answer.js';

/** Firefox on the desktop calls its JSON plain text. */
const JSON_TYPES: readonly string[] = [JSON_TYPE, 'text/plain'];

/**
 * The value of a JSON body.
 * @throws WeaveError UNSUPPORTED_MEDIA_TYPE, INVALID_RECORD when it is not JSON
 */
export function readJson(contentType: string | undefined, body: Buffer): unknown {
  if (!JSON_TYPES.includes(mediaType(contentType))) throw new WeaveError('UNSUPPORTED_MEDIA_TYPE');
  return parseJson(decode(body));
}

/**
 * The items of an upload: a JSON list, or lines of JSON of which the last may end the text (sync §4.6).
 * @throws WeaveError UNSUPPORTED_MEDIA_TYPE, INVALID_RECORD when it is neither
 */
export function readItems(contentType: string | undefined, body: Buffer): readonly unknown[] {
  if (mediaType(contentType) !== NEWLINES_TYPE) {
    const list = readJson(contentType, body);
    if (!Array.isArray(list)) throw new WeaveError('INVALID_RECORD');
    return list;
  }
  const text = decode(body);
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n').map(parseJson);
}

function mediaType(contentType = ''): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decode(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch (cause) {
    throw new WeaveError('INVALID_RECORD', { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WeaveError('INVALID_RECORD', { cause });
  }
}
