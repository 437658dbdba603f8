import { timingSafeEqual } from 'node:crypto';
import { paddedBase64url, type TokenKeys } from './token-keys.js';

/** What a token of Sync says (sync §2.6). Its names are those of the wire. */
export interface SyncTokenPayload {
  /** URL of the storage node. */
  readonly node: string;
  readonly fxa_kid: string;
  readonly fxa_uid: string;
  readonly hashed_device_id: string;
  readonly hashed_fxa_uid: string;
  /** Seconds since the epoch. */
  readonly expires: number;
  readonly uid: number;
  readonly tokenserver_origin: string;
  /** hex, 6 digits */
  readonly salt: string;
}

/** A token and the Hawk key that goes with it. */
export interface SyncToken {
  readonly id: string;
  readonly key: string;
}

/** A token that was presented. Tokens of other token servers with the same secret may leave out the rest. */
export interface OpenedToken {
  readonly uid: number;
  readonly expires: number;
  readonly key: string;
}

const SIGNATURE_BYTES = 32;

/** Signs a token and derives its Hawk key. */
export function makeToken(keys: TokenKeys, payload: SyncTokenPayload): SyncToken {
  const bytes = Buffer.from(JSON.stringify(payload), 'utf8');
  const id = paddedBase64url(Buffer.concat([bytes, keys.sign(bytes)]));
  return { id, key: keys.derive(id, payload.salt) };
}

/** Reads a token that our secret signed, expired or not; undefined for any other text (sync §3). */
export function openToken(keys: TokenKeys, id: string): OpenedToken | undefined {
  const bytes = Buffer.from(id, 'base64url');
  if (bytes.length <= SIGNATURE_BYTES) return undefined;
  const payload = bytes.subarray(0, -SIGNATURE_BYTES);
  if (!timingSafeEqual(bytes.subarray(-SIGNATURE_BYTES), keys.sign(payload))) return undefined;
  const claims = parse(payload);
  const { uid, expires, salt } = claims ?? {};
  if (!Number.isSafeInteger(uid) || typeof expires !== 'number' || typeof salt !== 'string') return undefined;
  return { uid: uid as number, expires, key: keys.derive(id, salt) };
}

function parse(payload: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
