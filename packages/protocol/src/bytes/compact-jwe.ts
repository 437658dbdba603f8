import { type CompactDecryptResult, compactDecrypt } from 'jose';
import { utf8Text } from './bytes.js';
import { IntegrityError, MalformedError } from './errors.js';

/** A text that is JSON, of any shape yet. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedError(`${what} is not JSON`, { cause });
  }
}

/**
 * The JSON inside a compact JWE (RFC 7516 §7.1) with A256GCM content encryption.
 * @param key for the one key management algorithm that is allowed: a secret of 32 bytes, or a P-256 private key
 * @throws IntegrityError when the key does not open it or it was changed
 * @throws MalformedError when it is no such JWE
 */
export async function openCompactJwe(
  jwe: string,
  key: Uint8Array | CryptoKey,
  keyManagement: 'dir' | 'ECDH-ES',
  what: string,
): Promise<unknown> {
  const { plaintext } = await decrypt(jwe, key, keyManagement).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_JWE_DECRYPTION_FAILED') {
      throw new IntegrityError(`the key does not open ${what}`, { cause });
    }
    throw new MalformedError(`${what} is not such a JWE`, { cause });
  });
  return parseJson(utf8Text(plaintext), what);
}

function decrypt(
  jwe: string,
  key: Uint8Array | CryptoKey,
  keyManagement: 'dir' | 'ECDH-ES',
): Promise<CompactDecryptResult> {
  return compactDecrypt(jwe, key, {
    keyManagementAlgorithms: [keyManagement],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
}
