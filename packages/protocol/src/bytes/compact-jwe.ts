import { base64urlToBytes, bytesToBase64url } from './base64.js';
import { concatBytes, exactBytes, ownBytes, utf8, utf8Text } from './bytes.js';
import { IntegrityError, MalformedError } from './errors.js';

const IV_LENGTH = 12;
const TAG_LENGTH = 16;
export const CONTENT_ENCRYPTION = 'A256GCM';

/** A text that is JSON, of any shape yet. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedError(`${what} is not JSON`, { cause });
  }
}

/** A compact JWE without an encrypted key, taken apart (RFC 7516 §3.1). */
export interface CompactJwe {
  readonly header: Readonly<Record<string, unknown>>;
  /** The header as it came: what the tag covers. */
  readonly protectedHeader: string;
  readonly iv: Uint8Array;
  /** The tag at its end. */
  readonly ciphertext: Uint8Array;
}

/**
 * Takes a compact JWE apart whose content key is agreed on or shared (RFC 7516 §7.1), with A256GCM.
 * @param alg the one key management algorithm that is allowed
 * @throws MalformedError when it is no such JWE
 */
export function readCompactJwe(jwe: string, alg: 'dir' | 'ECDH-ES', what: string): CompactJwe {
  const [protectedHeader = '', encryptedKey, iv = '', ciphertext = '', tag = '', ...surplus] = jwe.split('.');
  if (encryptedKey !== '' || surplus.length > 0) throw new MalformedError(`${what} is not such a JWE`);
  const parsed = parseJson(utf8Text(base64urlToBytes(protectedHeader)), `the header of ${what}`);
  const header: Record<string, unknown> = typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  if (header['alg'] !== alg || header['enc'] !== CONTENT_ENCRYPTION) {
    throw new MalformedError(`${what} is sealed by another algorithm`);
  }
  // RFC 7516 §4.1.3, §4.1.13: what must be understood and is not, and compression, which nobody here uses.
  if ('crit' in header || 'zip' in header) throw new MalformedError(`${what} needs what is not supported`);
  return {
    header,
    protectedHeader,
    iv: exactBytes(base64urlToBytes(iv), IV_LENGTH, 'the IV'),
    ciphertext: concatBytes(base64urlToBytes(ciphertext), exactBytes(base64urlToBytes(tag), TAG_LENGTH, 'the tag')),
  };
}

/**
 * The JSON inside a JWE.
 * @param contentKey bytes, 32
 * @throws IntegrityError when the key does not open it or it was changed
 * @throws MalformedError when what it holds is no JSON
 */
export async function openCompactJwe(jwe: CompactJwe, contentKey: Uint8Array, what: string): Promise<unknown> {
  const algorithm = gcm(jwe.iv, jwe.protectedHeader);
  const key = await importContentKey(contentKey, 'decrypt');
  const plaintext = await crypto.subtle.decrypt(algorithm, key, ownBytes(jwe.ciphertext)).catch((cause: unknown) => {
    throw new IntegrityError(`the key does not open ${what}`, { cause });
  });
  return parseJson(utf8Text(new Uint8Array(plaintext)), what);
}

/**
 * A compact JWE without an encrypted key.
 * @param contentKey bytes, 32
 * @param iv bytes, 12
 */
export async function sealCompactJwe(
  header: Readonly<Record<string, unknown>>,
  plaintext: Uint8Array,
  contentKey: Uint8Array,
  iv: Uint8Array,
): Promise<string> {
  const protectedHeader = bytesToBase64url(utf8(JSON.stringify(header)));
  const algorithm = gcm(exactBytes(iv, IV_LENGTH, 'the IV'), protectedHeader);
  const key = await importContentKey(contentKey, 'encrypt');
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, ownBytes(plaintext)));
  const end = sealed.length - TAG_LENGTH;
  const parts = [iv, sealed.subarray(0, end), sealed.subarray(end)].map(bytesToBase64url);
  return [protectedHeader, '', ...parts].join('.');
}

function gcm(iv: Uint8Array, protectedHeader: string): AesGcmParams {
  return { name: 'AES-GCM', iv: ownBytes(iv), additionalData: utf8(protectedHeader) };
}

function importContentKey(contentKey: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', ownBytes(exactBytes(contentKey, 32, 'the content key')), 'AES-GCM', false, [
    use,
  ]);
}
