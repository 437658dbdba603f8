import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Random } from '../context.js';
import type { Bytes } from '../storage/index.js';
import { openSealed, type Seal, seal } from '../tokens/index.js';

function sealOf(secret: Uint8Array, kid: string): Seal {
  return { secret, purpose: 'foxden/oauth/signing-key', owner: Buffer.from(kid) };
}

/** Seals the PKCS #8 form of a private key for the database, bound to its kid. */
export function sealPrivateKey(secret: Uint8Array, random: Random, kid: string, privateKey: KeyObject): Bytes {
  return seal(sealOf(secret, kid), random, privateKey.export({ type: 'pkcs8', format: 'der' }));
}

/**
 * Opens what {@link sealPrivateKey} sealed.
 * @throws Error when the server secret is another one, or the row was changed
 */
export function openPrivateKey(secret: Uint8Array, kid: string, sealed: Bytes): KeyObject {
  try {
    return createPrivateKey({ key: openSealed(sealOf(secret, kid), sealed), type: 'pkcs8', format: 'der' });
  } catch (cause) {
    throw new Error(`Signing key ${kid} does not open with this server secret`, { cause });
  }
}
