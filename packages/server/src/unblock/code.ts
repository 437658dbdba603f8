import { createHmac } from 'node:crypto';
import { bytesToCrockford, crockfordToBytes } from '@foxden/protocol';
import type { Context, Random } from '../context.js';
import type { Bytes } from '../storage/index.js';
import { deriveKey } from '../tokens/index.js';

/** A fresh code: 8 characters of Crockford base32, from 40 random bits (auth-api §5.5). */
export function createUnblockCode(random: Random): string {
  return bytesToCrockford(random.bytes(5));
}

/** The stored form of a code as a person may type it; undefined for a text that is no code. */
export function hashUnblockCode(context: Context, uid: string, code: string): Bytes | undefined {
  const bytes = decode(code);
  if (bytes === undefined) return undefined;
  return createHmac('sha256', deriveKey(context.secret, 'foxden/unblock-code')).update(uid).update(bytes).digest();
}

function decode(code: string): Uint8Array | undefined {
  try {
    return crockfordToBytes(code);
  } catch {
    return undefined;
  }
}
