import { type Bytes, concatBytes } from '@foxden/protocol';
import { TlsError } from './alert.js';
import { number, Reader, vector } from './wire.js';

/** What a record carries (RFC 8446 §5.1). */
export const CONTENT = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

/** How much a record may carry, bytes (RFC 8446 §5.1). */
export const MAX_PLAINTEXT = 2 ** 14;
/** How much longer a protected record may be than what it carries, bytes (RFC 8446 §5.2). */
const MAX_EXPANSION = 256;
/** How long a record may be, bytes. */
export const MAX_RECORD = 5 + MAX_PLAINTEXT + MAX_EXPANSION;
/** How many records one key may protect: the limit of AES-GCM is 2^24.5 (RFC 8446 §5.5). */
export const MAX_RECORDS = 2 ** 24;

const LEGACY_VERSION = 0x0303;
const TAG = 16;

/** A record without its header and its protection. */
export interface Content {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** The key of one direction, and how many records it has protected. */
export class TrafficKey {
  private readonly key: CryptoKey;
  private readonly iv: Uint8Array;
  private sequence: number;

  constructor(key: CryptoKey, iv: Uint8Array, sequence = 0) {
    this.key = key;
    this.iv = iv;
    this.sequence = sequence;
  }

  /** @throws TlsError `internal_error` when the key is used up */
  async seal(plaintext: Bytes, header: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.encrypt(this.next(header), this.key, plaintext));
  }

  /** @throws TlsError `bad_record_mac`; `internal_error` when the key is used up */
  async open(ciphertext: Bytes, header: Bytes): Promise<Uint8Array> {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(this.next(header), this.key, ciphertext));
    } catch (cause) {
      if (cause instanceof TlsError) throw cause;
      throw new TlsError('bad_record_mac', false, { cause });
    }
  }

  /** RFC 8446 §5.3: the number of the record, xored into the end of the IV. */
  private next(header: Bytes): AesGcmParams {
    if (this.sequence >= MAX_RECORDS) throw new TlsError('internal_error');
    const iv = new Uint8Array(this.iv);
    const view = new DataView(iv.buffer);
    view.setUint32(8, view.getUint32(8) ^ this.sequence);
    this.sequence += 1;
    return { name: 'AES-GCM', iv, additionalData: header };
  }
}

/** Both directions of the record protocol (RFC 8446 §5), one record at a time: what is whole here came as one frame. */
export class RecordLayer {
  /** The key that the other side's records are opened with; they are in the clear without one. */
  readKey: TrafficKey | undefined;
  /** The key that own records are sealed with; they are in the clear without one. */
  writeKey: TrafficKey | undefined;

  /**
   * Makes a record.
   * @throws TlsError `record_overflow` when it would be too long
   */
  async write(type: number, bytes: Uint8Array): Promise<Bytes> {
    if (bytes.length > MAX_PLAINTEXT) throw new TlsError('record_overflow');
    if (this.writeKey === undefined) return plainRecord(type, bytes);
    const header = headerOf(CONTENT.applicationData, bytes.length + 1 + TAG);
    return concatBytes(header, await this.writeKey.seal(concatBytes(bytes, number(1, type)), header));
  }

  /**
   * Takes a record apart. Only a change_cipher_spec is in the clear once there is a key.
   * @throws TlsError when it is none, or was not sealed by this key as the next one
   */
  async read(record: Uint8Array): Promise<Content> {
    const reader = new Reader(record);
    const type = reader.number(1);
    if (reader.number(2) !== LEGACY_VERSION) throw new TlsError('decode_error');
    const isProtected = this.readKey !== undefined && type !== CONTENT.changeCipherSpec;
    const body = reader.vector(2);
    reader.end();
    if (body.length > MAX_PLAINTEXT + (isProtected ? MAX_EXPANSION : 0)) throw new TlsError('record_overflow');
    if (this.readKey === undefined || type === CONTENT.changeCipherSpec) return { type, bytes: body };
    if (type !== CONTENT.applicationData) throw new TlsError('unexpected_message');
    const header = headerOf(type, body.length);
    return withoutPadding(await this.readKey.open(new Uint8Array(body), header));
  }
}

/** A record in the clear, which a change_cipher_spec always is. */
export function plainRecord(type: number, bytes: Uint8Array): Bytes {
  return concatBytes(number(1, type), number(2, LEGACY_VERSION), vector(2, bytes));
}

function headerOf(type: number, length: number): Bytes {
  return concatBytes(number(1, type), number(2, LEGACY_VERSION), number(2, length));
}

/** RFC 8446 §5.4: zeros may follow the type. */
function withoutPadding(inner: Uint8Array): Content {
  const end = inner.findLastIndex((byte) => byte !== 0);
  const type = inner[end];
  if (type === undefined) throw new TlsError('unexpected_message');
  if (end > MAX_PLAINTEXT) throw new TlsError('record_overflow');
  return { type, bytes: inner.subarray(0, end) };
}
