import { type Bytes, concatBytes, exactBytes, ownBytes, type Random, utf8 } from '../bytes/bytes.js';
import { hkdfSha256 } from '../bytes/digests.js';
import { IntegrityError, MalformedError } from '../bytes/errors.js';
import { agree, createKeyPair, type WebPushKeys, type WebPushPublicKeys } from './web-push-keys.js';

const SALT = 16;
const POINT = 65;
const HEADER = SALT + 4 + 1 + POINT;
const TAG = 16;
const RECORD_SIZE = 4096;
/** Payloads are filled up to a multiple of this, so that their length tells less. */
const PADDING_BLOCK = 128;
const MORE_FOLLOWS = 1;
const LAST_RECORD = 2;

/** What makes each sealing different; made fresh when left out. */
export interface WebPushSender {
  /** bytes, 32 and 65 */
  readonly keys?: { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array };
  /** Pad to a multiple of 128 bytes, the delimiter counted; on unless told otherwise. */
  readonly padded?: boolean;
}

/**
 * Seals a payload to a receiver: content coding aes128gcm, records of 4096 bytes (RFC 8188, RFC 8291).
 * @param random gives the salt, 16 bytes
 * @throws MalformedError when the receiver's keys are none
 */
export async function sealPayload(
  plaintext: Uint8Array,
  to: WebPushPublicKeys,
  random: Random,
  { keys, padded = true }: WebPushSender = {},
): Promise<Bytes> {
  const sender = keys ?? (await createKeyPair());
  const salt = exactBytes(random(SALT), SALT, 'the salt');
  const secret = await agree(sender, to.publicKey);
  const { key, nonce } = await contentKeys(secret, salt, to, sender.publicKey);
  const room = RECORD_SIZE - TAG - 1;
  const zeros = padded ? paddingLength(plaintext.length) - 1 : 0;
  const content = concatBytes(plaintext, new Uint8Array(zeros));
  const records: Uint8Array[] = [];
  for (let offset = 0, index = 0; offset === 0 || offset < content.length; offset += room, index += 1) {
    const end = Math.min(offset + room, content.length);
    const record = delimited(content.subarray(offset, end), plaintext.length - offset, end === content.length);
    const algorithm = { name: 'AES-GCM', iv: recordNonce(nonce, index) };
    records.push(new Uint8Array(await crypto.subtle.encrypt(algorithm, key, record)));
  }
  const size = new Uint8Array([0, 0, RECORD_SIZE >> 8, RECORD_SIZE & 0xff]);
  return concatBytes(salt, size, new Uint8Array([POINT]), sender.publicKey, ...records);
}

/** How many bytes, the delimiter counted, fill a plaintext up to the next multiple of 128; `least` of them at least. */
export function paddingLength(plaintextLength: number, least = 1): number {
  const rest = PADDING_BLOCK - (plaintextLength % PADDING_BLOCK);
  return rest < least ? rest + PADDING_BLOCK : rest;
}

/** The part of a record: data, the delimiter where the data ends, zeros (RFC 8188 §2). */
function delimited(part: Uint8Array, dataLeft: number, last: boolean): Bytes {
  const data = Math.max(0, Math.min(dataLeft, part.length));
  const delimiter = new Uint8Array([last ? LAST_RECORD : MORE_FOLLOWS]);
  return concatBytes(part.subarray(0, data), delimiter, part.subarray(data));
}

/**
 * Opens a payload, of any record size and with any padding (RFC 8188 §2).
 * @throws IntegrityError when it was changed, cut short or sealed to another receiver
 * @throws MalformedError when it is no such payload
 */
export async function openPayload(payload: Uint8Array, keys: WebPushKeys): Promise<Bytes> {
  if (payload.length < HEADER) throw new MalformedError('the payload is shorter than its header');
  if (payload[SALT + 4] !== POINT) throw new MalformedError('the sender of the payload has no key of P-256');
  const recordSize = new DataView(payload.buffer, payload.byteOffset + SALT, 4).getUint32(0);
  if (recordSize < TAG + 2) throw new MalformedError('the records of the payload are too small');
  const sender = payload.subarray(SALT + 5, HEADER);
  const secret = await agree(keys, sender);
  const { key, nonce } = await contentKeys(secret, payload.subarray(0, SALT), keys, sender);
  const parts: Uint8Array[] = [];
  for (let offset = HEADER, index = 0; offset === HEADER || offset < payload.length; offset += recordSize, index += 1) {
    const record = payload.subarray(offset, offset + recordSize);
    const plain = await decryptRecord(record, key, recordNonce(nonce, index));
    parts.push(withoutPadding(plain, offset + recordSize >= payload.length));
  }
  return concatBytes(...parts);
}

async function decryptRecord(record: Uint8Array, key: CryptoKey, iv: Bytes): Promise<Uint8Array> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, ownBytes(record)));
  } catch (cause) {
    throw new IntegrityError('the keys do not open the payload', { cause });
  }
}

function withoutPadding(plain: Uint8Array, last: boolean): Uint8Array {
  const end = plain.findLastIndex((byte) => byte !== 0);
  if (plain[end] !== (last ? LAST_RECORD : MORE_FOLLOWS)) throw new IntegrityError('a record ends where none may');
  return plain.subarray(0, end);
}

/** RFC 8291 §3.4, RFC 8188 §2.2 and §2.3. */
async function contentKeys(secret: Uint8Array, salt: Uint8Array, to: WebPushPublicKeys, sender: Uint8Array) {
  const authSecret = exactBytes(to.authSecret, 16, 'authSecret');
  const info = concatBytes(utf8('WebPush: info\0'), to.publicKey, sender);
  const ikm = await hkdfSha256(secret, info, 32, authSecret);
  const [raw, nonce] = await Promise.all([
    hkdfSha256(ikm, 'Content-Encoding: aes128gcm\0', 16, salt),
    hkdfSha256(ikm, 'Content-Encoding: nonce\0', 12, salt),
  ]);
  return { key: await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']), nonce };
}

/** RFC 8188 §2.3: the number of the record is xored into the end of the nonce. */
function recordNonce(nonce: Bytes, index: number): Bytes {
  const iv = nonce.slice();
  const view = new DataView(iv.buffer);
  view.setUint32(8, view.getUint32(8) ^ index);
  return iv;
}
