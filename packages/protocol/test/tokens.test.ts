import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import oauthVectors from '../../../test/fixtures/vectors/oauth-misc.json';
import vectors from '../../../test/fixtures/vectors/onepw.json';
import {
  bearerCredential,
  bytesToHex,
  deriveToken,
  hexToBytes,
  IntegrityError,
  MalformedError,
  openKeyBundle,
  parseBearer,
  sealKeyBundle,
  type TokenKind,
  tokenKinds,
} from '../src/index.js';
import { bytesOf, flipBit } from './support/arbitraries.js';

const kinds = Object.keys(tokenKinds) as TokenKind[];
const tokenVectors = vectors.tokens.map((vector) => ({ ...vector, kind: vector.kind as TokenKind }));
const tokenId = bytesOf(32).map(bytesToHex);

describe('derivation', () => {
  test.each(tokenVectors)('$kind $token', async (vector) => {
    const derived = await deriveToken(vector.kind, hexToBytes(vector.token));
    expect(derived.tokenId).toBe(vector.tokenId);
    expect(bytesToHex(derived.reqHMACkey)).toBe(vector.reqHMACkey);
    expect(bytesToHex(derived.bundleKey)).toBe(vector.bundleKey);
    expect(bearerCredential(vector.kind, derived.tokenId)).toBe(vector.bearerHeader);
    expect(parseBearer(vector.bearerHeader)).toEqual({ kind: vector.kind, tokenId: vector.tokenId });
  });

  test('the vectors cover every kind', () => {
    expect(new Set(tokenVectors.map((vector) => vector.kind))).toEqual(new Set(kinds));
  });

  test.each(oauthVectors.sessionTokenBearer)('the session of an OAuth client, $tokenId', async (vector) => {
    const derived = await deriveToken('sessionToken', hexToBytes(vector.sessionToken));
    expect(bytesToHex(derived.reqHMACkey)).toBe(vector.reqHMACkey);
    expect(bearerCredential('sessionToken', derived.tokenId)).toBe(vector.authorization);
  });

  test('one token of different kinds has nothing in common', async () => {
    const token = new Uint8Array(32);
    const derived = await Promise.all(kinds.map((kind) => deriveToken(kind, token)));
    const parts = derived.flatMap((each) => [each.tokenId, bytesToHex(each.reqHMACkey), bytesToHex(each.bundleKey)]);
    expect(new Set(parts).size).toBe(3 * kinds.length);
  });

  test('a token of another length is refused', async () => {
    await expect(deriveToken('sessionToken', new Uint8Array(31))).rejects.toThrow(MalformedError);
  });
});

describe('key bundle', () => {
  test.each(vectors.key_bundles)('vector of $source', async ({ bundleKey, kA, wrapkB, bundle }) => {
    const key = hexToBytes(bundleKey);
    expect(bytesToHex(await sealKeyBundle(key, hexToBytes(kA), hexToBytes(wrapkB)))).toBe(bundle);
    const opened = await openKeyBundle(key, hexToBytes(bundle));
    expect([bytesToHex(opened.kA), bytesToHex(opened.wrapKb)]).toEqual([kA, wrapkB]);
  });

  test('opens to what was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf(32), bytesOf(32), bytesOf(32), async (bundleKey, kA, wrapKb) => {
        expect(await openKeyBundle(bundleKey, await sealKeyBundle(bundleKey, kA, wrapKb))).toEqual({ kA, wrapKb });
      }),
      { numRuns: 50 },
    );
  });

  test('any bit turned over in ciphertext or MAC, and any other key, is noticed', async () => {
    const bundleKey = new Uint8Array(32);
    const bundle = await sealKeyBundle(bundleKey, new Uint8Array(32), new Uint8Array(32));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 96 * 8 - 1 }), fc.nat({ max: 255 }), async (inBundle, inKey) => {
        await expect(openKeyBundle(bundleKey, flipBit(bundle, inBundle))).rejects.toThrow(IntegrityError);
        await expect(openKeyBundle(flipBit(bundleKey, inKey), bundle)).rejects.toThrow(IntegrityError);
      }),
    );
  });

  test('other lengths are refused', async () => {
    const bytes = (length: number) => new Uint8Array(length);
    await expect(openKeyBundle(bytes(32), bytes(95))).rejects.toThrow(MalformedError);
    await expect(openKeyBundle(bytes(32), bytes(97))).rejects.toThrow(MalformedError);
    await expect(openKeyBundle(bytes(31), bytes(96))).rejects.toThrow(MalformedError);
    await expect(sealKeyBundle(bytes(32), bytes(31), bytes(33))).rejects.toThrow(MalformedError);
  });
});

describe('typed Bearer', () => {
  test('what is made is read back, for every kind and id', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), tokenId, (kind, id) => {
        expect(parseBearer(bearerCredential(kind, id))).toEqual({ kind, tokenId: id });
      }),
    );
  });

  test('no two kinds share a prefix', () => {
    expect(new Set(kinds.map((kind) => tokenKinds[kind].bearerPrefix)).size).toBe(kinds.length);
  });

  const id = 'a'.repeat(64);
  test.each([
    '',
    'Bearer',
    `bearer fxs_${id}`,
    `BEARER fxs_${id}`,
    `Bearer  fxs_${id}`,
    `Bearer\tfxs_${id}`,
    ` Bearer fxs_${id}`,
    `Bearer fxs_${id} `,
    `Bearer fxs_${id}\n`,
    `Bearer fxs_${id}0`,
    `Bearer fxs_${id.slice(1)}`,
    `Bearer fxs_${id.toUpperCase()}`,
    `Bearer FXS_${id}`,
    `Bearer fxs-${id}`,
    `Bearer fxx_${id}`,
    `Bearer fx_${id}`,
    `Bearer constructor_${id}`,
    `Bearer fxs_fxs_${id}`,
    `Bearer ${id}`,
    `Hawk id="${id}"`,
  ])('%j is not one', (header) => {
    expect(parseBearer(header)).toBeUndefined();
  });

  test.each(['', id.slice(1), id.toUpperCase(), `${id}\n`])('no credential is made of the id %j', (badId) => {
    expect(() => bearerCredential('sessionToken', badId)).toThrow(MalformedError);
  });
});
