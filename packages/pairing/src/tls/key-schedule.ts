import { type Bytes, concatBytes, hmacSha256, sha256, utf8 } from '@foxden/protocol';
import { TrafficKey } from './records.js';
import { number, vector } from './wire.js';

const HASH_LENGTH = 32;
const KEY_LENGTH = 16;
const IV_LENGTH = 12;
const NOTHING = new Uint8Array();
const ZEROS = new Uint8Array(HASH_LENGTH);

/** The secret that the shared key begins the schedule with (RFC 8446 §7.1). */
export function earlySecret(psk: Uint8Array): Promise<Bytes> {
  return hmacSha256(ZEROS, psk);
}

/** The secret that follows the early or the handshake secret; there is no (EC)DHE, and zeros stand for it. */
export async function nextSecret(secret: Uint8Array): Promise<Bytes> {
  return hmacSha256(await deriveSecret(secret, 'derived', NOTHING), ZEROS);
}

/** Derive-Secret of RFC 8446 §7.1, over the messages of a transcript. */
export async function deriveSecret(secret: Uint8Array, label: string, transcript: Uint8Array): Promise<Bytes> {
  return expandLabel(secret, label, await sha256(transcript), HASH_LENGTH);
}

/** The verify_data of a Finished, and the value of a binder (RFC 8446 §4.4.4, §4.2.11.2). */
export async function finishedMac(baseKey: Uint8Array, transcript: Uint8Array): Promise<Bytes> {
  return hmacSha256(await expandLabel(baseKey, 'finished', NOTHING, HASH_LENGTH), await sha256(transcript));
}

/** The binder of the external key over a ClientHello without its binders (RFC 8446 §4.2.11.2). */
export async function pskBinder(early: Uint8Array, truncatedHello: Uint8Array): Promise<Bytes> {
  return finishedMac(await deriveSecret(early, 'ext binder', NOTHING), truncatedHello);
}

/** What protects the records of one direction (RFC 8446 §7.3). */
export async function trafficKey(trafficSecret: Uint8Array): Promise<TrafficKey> {
  const raw = await expandLabel(trafficSecret, 'key', NOTHING, KEY_LENGTH);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return new TrafficKey(key, await expandLabel(trafficSecret, 'iv', NOTHING, IV_LENGTH));
}

/** HKDF-Expand-Label; nothing here is longer than a hash, so that one block is all of it (RFC 5869 §2.3). */
async function expandLabel(secret: Uint8Array, label: string, context: Uint8Array, length: number): Promise<Bytes> {
  const info = concatBytes(number(2, length), vector(1, utf8(`tls13 ${label}`)), vector(1, context));
  return (await hmacSha256(secret, concatBytes(info, number(1, 1)))).slice(0, length);
}
