import { createHash } from 'node:crypto';

/**
 * The stored form of a recoveryKeyId (hex, either case). It is derived from 155 random bits, and it proves the recovery
 * key at a reset: a copy of the database must not hold it.
 */
export function hashRecoveryKeyId(recoveryKeyId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(recoveryKeyId, 'hex').digest());
}
