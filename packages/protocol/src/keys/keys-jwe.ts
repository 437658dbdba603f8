import { base64urlToBytes } from '../bytes/base64.js';
import { exactBytes, type Random, utf8 } from '../bytes/bytes.js';
import { CONTENT_ENCRYPTION, openCompactJwe, readCompactJwe, sealCompactJwe } from '../bytes/compact-jwe.js';
import { MalformedError } from '../bytes/errors.js';
import { agreeContentKey } from './ecdh-es.js';
import { type KeysJwk, parseKeysJwk, readKeysJwk } from './keys-jwk.js';
import type { KeysBundle, ScopedKey } from './scoped-key.js';

/** Servers refuse a longer keys_jwe, characters; room for an oldsync key and one of 32 bytes (OAuth §2.3). */
export const KEYS_JWE_MAX_LENGTH = 1024;

/**
 * Seals a bundle to a keys_jwk as a compact ECDH-ES + A256GCM JWE (OAuth §2.3).
 * @param random gives the 12 byte IV
 * @param ephemeralKey an extractable P-256 ECDH private key to use once; a fresh one is made when left out
 * @throws MalformedError when the keys_jwk is refused, or the result is longer than `KEYS_JWE_MAX_LENGTH`
 */
export async function sealKeysJwe(
  keysJwk: string,
  bundle: KeysBundle,
  random: Random,
  ephemeralKey?: CryptoKey,
): Promise<string> {
  const { kid, ...recipient } = parseKeysJwk(keysJwk);
  const privateKey = ephemeralKey ?? (await createEphemeralKey());
  const { x, y } = await crypto.subtle.exportKey('jwk', privateKey);
  const contentKey = await agreeContentKey(privateKey, await importPublicKey(recipient));
  // No apu or apv: application-services reads them as raw text and would derive another key.
  const header = {
    alg: 'ECDH-ES',
    enc: CONTENT_ENCRYPTION,
    ...(kid !== undefined && { kid }),
    epk: { kty: recipient.kty, crv: recipient.crv, x, y },
  };
  const iv = exactBytes(random(12), 12, 'the IV');
  const jwe = await sealCompactJwe(header, utf8(JSON.stringify(bundle)), contentKey, iv);
  if (jwe.length > KEYS_JWE_MAX_LENGTH) throw new MalformedError('the keys_jwe is longer than servers accept');
  return jwe;
}

/**
 * Opens a keys_jwe, whatever the order of its header members (OAuth §2.3). A key without `scope` gets the name it stands
 * under, as the oldest bundles have it.
 * @param privateKey P-256 ECDH with the usage deriveBits
 * @throws IntegrityError when it was changed or sealed to another key
 * @throws MalformedError when it is no such JWE, or holds anything but a bundle of keys
 */
export async function openKeysJwe(privateKey: CryptoKey, keysJwe: string): Promise<KeysBundle> {
  const jwe = readCompactJwe(keysJwe, 'ECDH-ES', 'keys_jwe');
  const sender = await importPublicKey(readKeysJwk(jwe.header['epk']));
  const bundle = await openCompactJwe(jwe, await agreeContentKey(privateKey, sender, jwe.header), 'keys_jwe');
  if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle)) {
    throw new MalformedError('keys_jwe holds no bundle');
  }
  return Object.fromEntries(Object.entries(bundle).map(([scope, key]) => [scope, readKey(scope, key)]));
}

function readKey(name: string, key: unknown): ScopedKey {
  const members: Record<string, unknown> = typeof key === 'object' && key !== null ? { ...key } : {};
  const { kty, k, kid, scope = name } = members;
  if (kty !== 'oct' || typeof k !== 'string' || typeof kid !== 'string' || scope !== name) {
    throw new MalformedError('keys_jwe holds an entry that is no key of its scope');
  }
  base64urlToBytes(k);
  return { kty, scope: name, k, kid };
}

const P256 = { name: 'ECDH', namedCurve: 'P-256' };

async function createEphemeralKey(): Promise<CryptoKey> {
  return (await crypto.subtle.generateKey(P256, true, ['deriveBits'])).privateKey;
}

function importPublicKey({ kty, crv, x, y }: KeysJwk): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', { kty, crv, x, y }, P256, false, []);
}
