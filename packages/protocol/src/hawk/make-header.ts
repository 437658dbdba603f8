import { MalformedError } from '../bytes/errors.js';
import { computeHawkMac, hawkTarget } from './mac.js';
import { HAWK_HEADER_MAX_LENGTH, hawkValuePattern } from './parse-header.js';
import { type HawkPayload, hawkPayloadHash } from './payload-hash.js';

/**
 * The value of an Authorization header (auth API §2.1).
 * @param request `id` and `key` are a token's tokenId and reqHMACkey, `ts` is seconds since the epoch, `nonce` a fresh
 *   random text, `url` the public URL; with `payload` the header carries its hash
 * @throws MalformedError when a value cannot stand in a header, or the header would be too long to be accepted
 */
export async function makeHawkHeader(request: {
  readonly id: string;
  readonly key: Uint8Array;
  readonly ts: number;
  readonly nonce: string;
  readonly method: string;
  readonly url: string | URL;
  readonly payload?: HawkPayload | undefined;
  readonly ext?: string | undefined;
  readonly app?: string | undefined;
  readonly dlg?: string | undefined;
}): Promise<string> {
  const { id, key, nonce, method, url, payload, ext, app } = request;
  const ts = String(request.ts);
  // The MAC covers dlg beside an app only; alone it would be a claim that nobody vouches for.
  const dlg = app === undefined ? undefined : request.dlg;
  const hash = payload && (await hawkPayloadHash(payload));
  const artifacts = { ...hawkTarget(url), method, ts, nonce, hash, ext, app, dlg };
  const mac = await computeHawkMac(key, artifacts);
  const header = `Hawk ${Object.entries({ id, ts, nonce, hash, ext, mac, app, dlg })
    .flatMap(([name, value]) => (value === undefined ? [] : [attribute(name, value)]))
    .join(', ')}`;
  if (header.length > HAWK_HEADER_MAX_LENGTH) throw new MalformedError('the Hawk header would be too long');
  return header;
}

function attribute(name: string, value: string): string {
  if (!hawkValuePattern.test(value)) throw new MalformedError(`Hawk ${name} holds a character that cannot be quoted`);
  return `${name}="${value}"`;
}
