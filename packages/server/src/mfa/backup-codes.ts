import { createHmac } from 'node:crypto';
import type { Context } from '../context.js';
import type { Bytes } from '../storage/index.js';
import { deriveKey } from '../tokens/index.js';
import { base32 } from './base32.js';

const COUNT = 8;
const LENGTH = 10;
/** So few codes left are worth a mail (auth-api §6.7). */
export const FEW_CODES = 2;

/** A new set: eight codes of ten base32 characters, 50 random bits each. */
export function createBackupCodes(context: Context): string[] {
  return Array.from({ length: COUNT }, () => base32(context.random.bytes(7)).slice(0, LENGTH).toLowerCase());
}

/** The stored form of a code. People type upper case or lower case. */
export function hashBackupCode(context: Context, uid: string, code: string): Bytes {
  const key = deriveKey(context.secret, 'foxden/mfa/backup-code');
  return createHmac('sha256', key).update(`${uid}:${code.toLowerCase()}`).digest();
}
