import { bytesToBase64 } from '../bytes/base64.js';
import { concatBytes, utf8 } from '../bytes/bytes.js';
import { sha256 } from '../bytes/digests.js';

/** A request body as it is sent, and its Content-Type header (parameters are ignored). */
export interface HawkPayload {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** The `hash` attribute: base64 SHA-256 over media type and body (auth API §2.1); a text body counts as UTF-8. */
export async function hawkPayloadHash({ contentType, body }: HawkPayload): Promise<string> {
  const mediaType = contentType.slice(0, separatorIndex(contentType)).trim().toLowerCase();
  const bytes = typeof body === 'string' ? utf8(body) : body;
  const whole = concatBytes(utf8(`hawk.1.payload\n${mediaType}\n`), bytes, utf8('\n'));
  return bytesToBase64(await sha256(whole));
}

function separatorIndex(contentType: string): number {
  const index = contentType.indexOf(';');
  return index < 0 ? contentType.length : index;
}
