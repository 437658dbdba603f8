import { equalBytes, utf8 } from '../bytes/bytes.js';
import { computeHawkMac, type HawkTarget } from './mac.js';
import type { HawkAttributes } from './parse-header.js';
import { type HawkPayload, hawkPayloadHash } from './payload-hash.js';

/**
 * What a check found. `incomplete`: ts, nonce or mac is missing; `mac`, `payload`: does not match; `stale`: ts is outside
 * of the window. Only an authentic request is ever called `stale` or `payload`.
 */
export type HawkVerdict = 'ok' | 'incomplete' | 'mac' | 'payload' | 'stale';

/**
 * Checks a parsed header against the request it came with (auth API §2.1), in constant time. Replay of a nonce is the
 * caller's to refuse.
 * @param request `key` is the token's reqHMACkey; `payload` is compared when the header carries a hash; `window` refuses
 *   a ts more than `seconds` away from `now` (seconds since the epoch), without it any ts is good
 */
export async function verifyHawk(
  attributes: HawkAttributes,
  request: HawkTarget & {
    readonly key: Uint8Array;
    readonly method: string;
    readonly payload?: HawkPayload | undefined;
    readonly window?: { readonly now: number; readonly seconds: number } | undefined;
  },
): Promise<HawkVerdict> {
  const { key, method, host, port, resource, payload, window } = request;
  const { ts, nonce, mac, hash, ext, app, dlg } = attributes;
  if (ts === undefined || nonce === undefined || mac === undefined) return 'incomplete';
  const expected = await computeHawkMac(key, { method, host, port, resource, ts, nonce, hash, ext, app, dlg });
  if (!equalTexts(mac, expected)) return 'mac';
  if (payload !== undefined && hash !== undefined) {
    if (!equalTexts(hash, await hawkPayloadHash(payload))) return 'payload';
  }
  return window !== undefined && !isWithin(ts, window) ? 'stale' : 'ok';
}

function equalTexts(left: string, right: string): boolean {
  return equalBytes(utf8(left), utf8(right));
}

function isWithin(ts: string, window: { readonly now: number; readonly seconds: number }): boolean {
  return /^[0-9]+$/.test(ts) && Math.abs(Number(ts) - window.now) <= window.seconds;
}
