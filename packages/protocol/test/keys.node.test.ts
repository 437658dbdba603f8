import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytesToHex,
  createKeysKeyPair,
  deriveScopedKey,
  encodeKeysJwk,
  type KeysBundle,
  openKeysJwe,
  SCOPE_OLDSYNC,
  sealKeysJwe,
} from '../src/index.js';
import { bytesOf } from './support/arbitraries.js';

/** The parts of the foreign `fxa-crypto-relier` package that are used here; it ships no types. */
interface Relier {
  readonly KeyUtils: new () => {
    createApplicationKeyPair(): Promise<{ readonly jwkPublicKey: object }>;
    decryptBundle(keysJwe: string): Promise<unknown>;
  };
}
interface Deriver {
  readonly DeriverUtils: new () => { encryptBundle(keysJwk: string, bundle: string): Promise<string> };
  readonly ScopedKeys: new () => { deriveScopedKey(options: object): Promise<unknown> };
}
const require = createRequire(import.meta.url);
const relier: Relier = require('fxa-crypto-relier/src/relier/index.js');
const deriver: Deriver = require('fxa-crypto-relier/src/deriver/index.js');

const bundle: KeysBundle = { [SCOPE_OLDSYNC]: { kty: 'oct', scope: SCOPE_OLDSYNC, k: 'AAAA', kid: '1-AA' } };

describe('against the foreign fxa-crypto-relier package', () => {
  test('both derive the same keys', async () => {
    const input = fc.record({
      kB: bytesOf(32),
      uid: bytesOf(16).map(bytesToHex),
      identifier: fc.constantFrom(SCOPE_OLDSYNC, 'https://identity.mozilla.com/apps/notes', 'app_key:https%3A//x.org'),
      keyRotationSecret: bytesOf(32).map(bytesToHex),
      keyRotationTimestamp: fc.integer({ min: 1e12, max: 1e13 - 1 }),
    });
    await fc.assert(
      fc.asyncProperty(input, async ({ kB, uid, ...data }) => {
        const theirs = await new deriver.ScopedKeys().deriveScopedKey({ ...data, uid, inputKey: bytesToHex(kB) });
        expect(await deriveScopedKey(data, kB, uid)).toEqual(theirs);
      }),
    );
  });

  test('what we seal to its key, it opens', async () => {
    const keys = new relier.KeyUtils();
    const { jwkPublicKey } = await keys.createApplicationKeyPair();
    const sealed = await sealKeysJwe(encodeKeysJwk(jwkPublicKey), bundle, (length) => new Uint8Array(length));
    expect(await keys.decryptBundle(sealed)).toEqual(bundle);
  });

  test('what it seals to our key, we open', async () => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const sealed = await new deriver.DeriverUtils().encryptBundle(keysJwk, JSON.stringify(bundle));
    expect(await openKeysJwe(privateKey, sealed)).toEqual(bundle);
  });
});
