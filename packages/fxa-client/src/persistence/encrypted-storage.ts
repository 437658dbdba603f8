import { base64urlToBytes, bytesToBase64url, concatBytes, type Random, utf8 } from '@foxden/protocol';
import { FxaError } from '../errors/fxa-error.js';
import type { AccountStorage } from './storage.js';

const IV_LENGTH = 12;

/**
 * Keeps an account sealed (AES-256-GCM) in another storage.
 * @param key an AES-GCM key for encrypt and decrypt, best not extractable
 * @throws FxaError `Other` on load when the key does not open what is kept
 */
export function encryptedStorage(
  inner: AccountStorage,
  key: CryptoKey,
  random: Random = platformRandom,
): AccountStorage {
  return {
    async load() {
      const sealed = await inner.load();
      return sealed === undefined ? undefined : open(sealed, key);
    },
    async save(json) {
      const iv = concatBytes(random(IV_LENGTH));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, utf8(json));
      await inner.save(bytesToBase64url(concatBytes(iv, new Uint8Array(sealed))));
    },
  };
}

async function open(sealed: string, key: CryptoKey): Promise<string> {
  try {
    const bytes = base64urlToBytes(sealed);
    const algorithm = { name: 'AES-GCM', iv: bytes.slice(0, IV_LENGTH) };
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, bytes.slice(IV_LENGTH)));
  } catch (cause) {
    throw new FxaError('Other', 'The stored account cannot be opened with this key', { cause });
  }
}

const platformRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
