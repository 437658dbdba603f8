import { bytesToBase64url } from '../bytes/base64.js';
import { concatBytes, exactBytes } from '../bytes/bytes.js';
import { hkdfSha256, sha256 } from '../bytes/digests.js';
import { MalformedError } from '../bytes/errors.js';
import { exactHex } from '../bytes/hex.js';
import { kw } from '../credentials/namespace.js';
import { SCOPE_OLDSYNC } from '../scopes/well-known.js';

/** One entry of account/scoped-key-data (OAuth §2.1). */
export interface ScopedKeyData {
  readonly identifier: string;
  /** hex, 64 digits */
  readonly keyRotationSecret: string;
  /** milliseconds since the epoch, 13 digits */
  readonly keyRotationTimestamp: number;
}

/** A derived key as a JWK (OAuth §2.2). */
export interface ScopedKey {
  readonly kty: 'oct';
  readonly scope: string;
  /** base64url: 32 bytes, for oldsync 64 */
  readonly k: string;
  /** a time, `-`, then 16 bytes as base64url (which may hold a `-` of its own) */
  readonly kid: string;
}

/** What a keys_jwe carries: scope → key (OAuth §2.3). */
export type KeysBundle = Readonly<Record<string, ScopedKey>>;

/**
 * Derives the key of a scope (OAuth §2.2); oldsync has its own, older derivation, which needs kB alone.
 * @param kB bytes, 32
 * @param uid hex, 32 digits
 * @throws MalformedError when any input is not of its shape, whether this scope's derivation uses it or not
 */
export async function deriveScopedKey(data: ScopedKeyData, kB: Uint8Array, uid: string): Promise<ScopedKey> {
  const { identifier, keyRotationSecret, keyRotationTimestamp: timestamp } = data;
  exactBytes(kB, 32, 'kB');
  const uidBytes = exactHex(uid, 16, 'uid');
  const secret = exactHex(keyRotationSecret, 32, 'keyRotationSecret');
  if (typeof identifier !== 'string' || identifier.length < 10) throw new MalformedError('identifier is too short');
  if (!Number.isInteger(timestamp) || timestamp < 1e12 || timestamp >= 1e13) {
    throw new MalformedError('keyRotationTimestamp must be 13 digits');
  }
  const { key, fingerprint, time } =
    identifier === SCOPE_OLDSYNC
      ? await oldsyncKey(kB, timestamp)
      : await generalKey(identifier, concatBytes(kB, secret), uidBytes, timestamp);
  return {
    kty: 'oct',
    scope: identifier,
    k: bytesToBase64url(key),
    kid: `${time}-${bytesToBase64url(fingerprint)}`,
  };
}

async function generalKey(identifier: string, ikm: Uint8Array, uid: Uint8Array, timestamp: number) {
  const okm = await hkdfSha256(ikm, kw(`scoped_key\n${identifier}`), 48, uid);
  return { key: okm.subarray(16), fingerprint: okm.subarray(0, 16), time: Math.round(timestamp / 1000) };
}

async function oldsyncKey(kB: Uint8Array, timestamp: number) {
  const [kSync, hash] = await Promise.all([hkdfSha256(kB, kw('oldsync'), 64), sha256(kB)]);
  return { key: kSync, fingerprint: hash.subarray(0, 16), time: timestamp };
}
