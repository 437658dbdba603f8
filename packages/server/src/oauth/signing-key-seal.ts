import { createCipheriv, createDecipheriv, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Random } from '../context.js';
import type { Bytes } from '../storage/index.js';

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

function sealingKey(secret: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'foxden/oauth/signing-key', 32));
}

/**
 * Seals a private key for the database: AES-256-GCM under a key derived from the server secret, bound to its kid.
 * Nonce (12 bytes), ciphertext of the PKCS #8 form, tag (16 bytes).
 */
export function sealPrivateKey(secret: Uint8Array, random: Random, kid: string, privateKey: KeyObject): Bytes {
  const nonce = random.bytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce).setAAD(Buffer.from(kid));
  const plaintext = privateKey.export({ type: 'pkcs8', format: 'der' });
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what {@link sealPrivateKey} sealed.
 * @throws Error when the server secret is another one, or the row was changed
 */
export function openPrivateKey(secret: Uint8Array, kid: string, sealed: Bytes): KeyObject {
  const nonce = sealed.subarray(0, NONCE_LENGTH);
  const tag = sealed.subarray(-TAG_LENGTH);
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), nonce).setAAD(Buffer.from(kid)).setAuthTag(tag);
  try {
    const ciphertext = sealed.subarray(NONCE_LENGTH, -TAG_LENGTH);
    const plaintext = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    return createPrivateKey({ key: plaintext, type: 'pkcs8', format: 'der' });
  } catch (cause) {
    throw new Error(`Signing key ${kid} does not open with this server secret`, { cause });
  }
}
