import { createHmac } from 'node:crypto';
import { type accountCredentialsStatus, createClientSalt, normalizeEmail, type ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { deriveKey } from '../tokens/index.js';

/** One made-up account in so many looks as if it still had version 1 credentials, as a few real ones do. */
const VERSION_1_SHARE = 8;

/**
 * What an address without an account is said to stretch with where accounts are hidden (decision 0007): always the same
 * for one address, and nothing that only an account, or only none, would be told.
 */
export function madeUpCredentialsStatus(
  context: Context,
  address: string,
): ResponseOf<typeof accountCredentialsStatus> {
  const key = deriveKey(context.secret, 'foxden/hidden-accounts');
  const digest = createHmac('sha256', key).update(normalizeEmail(address)).digest();
  if (digest.readUInt8(16) % VERSION_1_SHARE === 0) return { currentVersion: 'v1', upgradeNeeded: true };
  const clientSalt = createClientSalt(new Uint8Array(digest.subarray(0, 16)));
  return { currentVersion: 'v2', upgradeNeeded: false, clientSalt };
}
