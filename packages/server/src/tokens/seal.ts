import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Random } from '../context.js';
import type { Bytes } from '../storage/index.js';
import { deriveKey } from './derive-key.js';

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** What a secret is sealed for: it opens with the same three only. */
export interface Seal {
  /** The server secret (bytes, 32). */
  readonly secret: Uint8Array;
  /** Names the key that is derived from it. */
  readonly purpose: string;
  /** Whose secret it is, so that a row cannot take the place of another. */
  readonly owner: Uint8Array;
}

/** Seals a secret for the database with AES-256-GCM: nonce (12 bytes), ciphertext, tag (16 bytes). */
export function seal({ secret, purpose, owner }: Seal, random: Random, plaintext: Uint8Array): Bytes {
  const nonce = random.bytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, purpose), nonce).setAAD(owner);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what {@link seal} sealed.
 * @throws Error when the server secret is another one, or the row was changed
 */
export function openSealed({ secret, purpose, owner }: Seal, sealed: Bytes): Buffer {
  const nonce = sealed.subarray(0, NONCE_LENGTH);
  const tag = sealed.subarray(-TAG_LENGTH);
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, purpose), nonce).setAAD(owner).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_LENGTH, -TAG_LENGTH)), decipher.final()]);
}
