import { base64urlToBytes, bytesToBase64url } from '../bytes/base64.js';
import { exactBytes, type Random, utf8, utf8Text } from '../bytes/bytes.js';
import { parseJson } from '../bytes/compact-jwe.js';
import { IntegrityError, MalformedError } from '../bytes/errors.js';
import { bytesToHex } from '../bytes/hex.js';
import type { ScopedKey } from '../keys/scoped-key.js';
import { openSyncBundle, sealSyncBundle } from './sync-bundle.js';
import type { WebPushPublicKeys } from './web-push-keys.js';

/**
 * What a device publishes under the name of a command: its public keys, readable by whoever holds the Sync key
 * (oauth-devices §4.1).
 * @param oldsyncKey the scoped key of oldsync
 * @param random gives the IV, 16 bytes
 */
export async function sealCommandKeys(keys: WebPushPublicKeys, oldsyncKey: ScopedKey, random: Random): Promise<string> {
  const cleartext = JSON.stringify({
    publicKey: bytesToBase64url(keys.publicKey),
    authSecret: bytesToBase64url(keys.authSecret),
  });
  const { ciphertext, IV, hmac } = await sealSyncBundle(utf8(cleartext), keyBytes(oldsyncKey), random(16));
  return JSON.stringify({ kid: keyHash(oldsyncKey), IV, hmac, ciphertext });
}

/**
 * The public keys that another device of the account published.
 * @throws IntegrityError when it was sealed with another Sync key, or changed
 * @throws MalformedError when it is no such text
 */
export async function openCommandKeys(published: string, oldsyncKey: ScopedKey): Promise<WebPushPublicKeys> {
  const { kid, IV, hmac, ciphertext } = members(published);
  if (typeof IV !== 'string' || typeof hmac !== 'string' || typeof ciphertext !== 'string') {
    throw new MalformedError('the published keys are no bundle');
  }
  if (kid !== keyHash(oldsyncKey)) throw new IntegrityError('the keys were published with another Sync key');
  const opened = members(utf8Text(await openSyncBundle({ IV, hmac, ciphertext }, keyBytes(oldsyncKey))));
  const { publicKey, authSecret } = opened;
  if (typeof publicKey !== 'string' || typeof authSecret !== 'string') throw new MalformedError('a key is missing');
  return {
    publicKey: exactBytes(base64urlToBytes(publicKey), 65, 'publicKey'),
    authSecret: exactBytes(base64urlToBytes(authSecret), 16, 'authSecret'),
  };
}

function members(text: string): Readonly<Record<string, unknown>> {
  const value = parseJson(text, 'the published keys');
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function keyBytes({ k }: ScopedKey): Uint8Array {
  return exactBytes(base64urlToBytes(k), 64, 'the Sync key');
}

/** The part of the kid after its time: the hash of kB, hex. */
function keyHash({ kid }: ScopedKey): string {
  return bytesToHex(base64urlToBytes(kid.slice(kid.indexOf('-') + 1)));
}
