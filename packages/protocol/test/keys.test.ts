import fc from 'fast-check';
import { CompactEncrypt, decodeProtectedHeader, importJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import vectors from '../../../test/fixtures/vectors/scoped-keys.json';
import {
  base64urlToBytes,
  bytesToBase64url,
  bytesToHex,
  createKeysKeyPair,
  deriveScopedKey,
  encodeKeysJwk,
  hexToBytes,
  IntegrityError,
  KEYS_JWE_MAX_LENGTH,
  type KeysBundle,
  MalformedError,
  openKeysJwe,
  parseKeysJwk,
  SCOPE_OLDSYNC,
  type ScopedKeyData,
  sealKeysJwe,
  utf8,
} from '../src/index.js';
import { bytesOf, flipBit } from './support/arbitraries.js';

const importPrivate = (jwk: JsonWebKey): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
const zeros = (length: number) => new Uint8Array(length);
const bundle: KeysBundle = { [SCOPE_OLDSYNC]: { kty: 'oct', scope: SCOPE_OLDSYNC, k: 'AAAA', kid: '1-AA' } };

describe('derivation', () => {
  test.each(vectors.derivation)('$name', async ({ input, intermediateHex, output }) => {
    const { inputKey, uid, ...data } = input;
    const key = await deriveScopedKey(data, hexToBytes(inputKey), uid);
    expect(key).toEqual(output);
    const { key: okm, kSync } = { key: undefined, kSync: undefined, ...intermediateHex };
    expect(bytesToHex(base64urlToBytes(key.k))).toBe(okm ?? kSync);
  });

  test.each(vectors.derivationMustReject)('refuses: $why', async ({ input }) => {
    const { inputKey, uid, ...data } = input;
    const derive = async () => deriveScopedKey(data as ScopedKeyData, hexToBytes(inputKey), uid);
    await expect(derive()).rejects.toThrow(MalformedError);
  });

  test('refuses a kB of another length', async () => {
    const [{ input }] = vectors.derivation as [(typeof vectors.derivation)[0]];
    await expect(deriveScopedKey(input, zeros(31), input.uid)).rejects.toThrow(MalformedError);
  });

  test('another kB, uid, secret or scope gives another key', async () => {
    const data = { identifier: 'https://x.org/apps/a', keyRotationSecret: '00'.repeat(32), keyRotationTimestamp: 1e12 };
    const uid = '00'.repeat(16);
    const keys = await Promise.all([
      deriveScopedKey(data, zeros(32), uid),
      deriveScopedKey(data, zeros(32).fill(1), uid),
      deriveScopedKey(data, zeros(32), '01'.repeat(16)),
      deriveScopedKey({ ...data, keyRotationSecret: '01'.repeat(32) }, zeros(32), uid),
      deriveScopedKey({ ...data, identifier: 'https://x.org/apps/b' }, zeros(32), uid),
      deriveScopedKey({ ...data, identifier: SCOPE_OLDSYNC }, zeros(32), uid),
    ]);
    expect(new Set(keys.map((key) => key.k)).size).toBe(keys.length);
    expect(new Set(keys.map((key) => key.kid)).size).toBe(keys.length);
  });
});

describe('keys_jwk', () => {
  const [vector] = vectors.keysJwk as [(typeof vectors.keysJwk)[0]];
  const good = JSON.parse(vector.jwkJson);
  const encoded = (jwk: unknown) => bytesToBase64url(utf8(JSON.stringify(jwk)));

  test.each(vectors.keysJwk)('vector', ({ jwkJson, keysJwk }) => {
    expect(encodeKeysJwk(JSON.parse(jwkJson))).toBe(keysJwk);
    expect(parseKeysJwk(keysJwk)).toEqual(JSON.parse(jwkJson));
  });

  test('a fresh pair gives a parameter that parses, holds no private part, and guards its key', async () => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    expect(Object.keys(JSON.parse(new TextDecoder().decode(base64urlToBytes(keysJwk))))).toEqual([
      'crv',
      'kty',
      'x',
      'y',
    ]);
    expect(parseKeysJwk(keysJwk).kty).toBe('EC');
    expect(privateKey.extractable).toBe(false);
    expect((await createKeysKeyPair(true)).privateKey.extractable).toBe(true);
  });

  test('members that other clients add are left aside, kid is kept', () => {
    const jwk = { ...good, ext: true, key_ops: [], use: 'enc', kid: 'key-1' };
    expect(parseKeysJwk(encoded(jwk))).toEqual({ ...good, kid: 'key-1' });
  });

  test.each([
    ['another key type', { ...good, kty: 'OKP' }],
    ['another curve', { ...good, crv: 'P-384' }],
    ['a private key', { ...good, d: good.x }],
    ['a private part that is empty', { ...good, d: '' }],
    ['a private part that is null', { ...good, d: null }],
    ['no y', { ...good, y: undefined }],
    ['a number for x', { ...good, x: 1 }],
    ['a short x', { ...good, x: good.x.slice(0, -4) }],
    ['a padded x', { ...good, x: `${good.x}=` }],
    ['a point off the curve', { ...good, y: good.x }],
    ['the origin', { ...good, x: bytesToBase64url(zeros(32)), y: bytesToBase64url(zeros(32)) }],
    ['a kid that is no text', { ...good, kid: 1 }],
    ['an array', [good]],
    ['null', null],
    ['a text', 'EC'],
  ])('%s is refused', async (_name, jwk) => {
    expect(() => parseKeysJwk(encoded(jwk))).toThrow(MalformedError);
    await expect(sealKeysJwe(encoded(jwk), bundle, zeros)).rejects.toThrow(MalformedError);
  });

  test('a coordinate that is only congruent to a good one is refused', () => {
    // p + 5 is below 2^256 and x = 5 is on P-256, so only the range check tells them apart.
    const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
    const point = (x: bigint) => ({ ...good, x: bytesToBase64url(hexToBytes(x.toString(16).padStart(64, '0'))) });
    const y = bytesToBase64url(hexToBytes('459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc'));
    expect(parseKeysJwk(encoded({ ...point(5n), y })).y).toBe(y);
    expect(() => parseKeysJwk(encoded({ ...point(p + 5n), y }))).toThrow(MalformedError);
  });

  test.each(['', '!', 'e30=', 'e30', 'bnVsbA', '_w', '7w', 'eyJrdHkiOiJFQyJ'])('%j is refused', (text) => {
    expect(() => parseKeysJwk(text)).toThrow(MalformedError);
  });
});

describe('keys_jwe', () => {
  test.each(vectors.keysJwe)('opens: $name', async ({ recipientPrivateJwk, keysJwe, plaintext }) => {
    const opened = await openKeysJwe(await importPrivate(recipientPrivateJwk), keysJwe);
    const expected = Object.entries(JSON.parse(plaintext)).map(([scope, key]) => [scope, { scope, ...Object(key) }]);
    expect(opened).toEqual(Object.fromEntries(expected));
  });

  test('seals with the key, IV and content encryption key of the computed vector', async () => {
    const vector = vectors.keysJwe.find((each) => each.ephemeralPrivateJwk !== undefined);
    if (vector?.ephemeralPrivateJwk === undefined || vector.ivHex === undefined) throw new Error('no such vector');
    const { d: _d, ...publicJwk } = vector.recipientPrivateJwk;
    const iv = hexToBytes(vector.ivHex);
    const ephemeral = await importPrivate(vector.ephemeralPrivateJwk);
    const sealed = await sealKeysJwe(encodeKeysJwk(publicJwk), JSON.parse(vector.plaintext), () => iv, ephemeral);
    expect(decodeProtectedHeader(sealed)).toEqual(vector.protectedHeader);
    // Only the order of the members of epk differs, which the tag covers and the ciphertext does not.
    expect(sealed.split('.').slice(1, 4)).toEqual(vector.keysJwe.split('.').slice(1, 4));
    expect(await openKeysJwe(await importPrivate(vector.recipientPrivateJwk), sealed)).toEqual(
      JSON.parse(vector.plaintext),
    );
  });

  test('a fresh ephemeral key every time; the kid of the keys_jwk comes back; no apu, no apv', async () => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const named = encodeKeysJwk({ ...parseKeysJwk(keysJwk), kid: 'key-1' });
    const [one, two] = await Promise.all([sealKeysJwe(named, bundle, zeros), sealKeysJwe(named, bundle, zeros)]);
    const [header, other] = [decodeProtectedHeader(one), decodeProtectedHeader(two)];
    expect(header).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'key-1' });
    expect(Object.keys(header).sort()).toEqual(['alg', 'enc', 'epk', 'kid']);
    expect(header['epk']).not.toEqual(other['epk']);
    expect(await openKeysJwe(privateKey, one)).toEqual(bundle);
  });

  test('opens to what was sealed', async () => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const key = fc.record({ k: bytesOf(32).map(bytesToBase64url), kid: fc.string({ maxLength: 30 }) });
    const scoped = fc
      .dictionary(fc.string({ maxLength: 30 }), key, { maxKeys: 2 })
      .map((keys) =>
        Object.fromEntries(
          Object.entries(keys).map(([scope, { k, kid }]) => [scope, { kty: 'oct' as const, scope, k, kid }]),
        ),
      );
    await fc.assert(
      fc.asyncProperty(scoped, bytesOf(12), async (keys, iv) => {
        expect(await openKeysJwe(privateKey, await sealKeysJwe(keysJwk, keys, () => iv))).toEqual(keys);
      }),
      { numRuns: 25 },
    );
  });

  test('an oldsync key and another one fit, more than servers accept is refused', async () => {
    const { keysJwk } = await createKeysKeyPair();
    const entry = (scope: string, length: number) => ({
      [scope]: {
        kty: 'oct' as const,
        scope,
        k: bytesToBase64url(zeros(length)),
        kid: '1700000000499-Yw3NKWbEM2aRElRIu7JbTw',
      },
    });
    const two = { ...entry(SCOPE_OLDSYNC, 64), ...entry('https://identity.mozilla.com/apps/relay', 32) };
    expect((await sealKeysJwe(keysJwk, two, zeros)).length).toBeLessThanOrEqual(KEYS_JWE_MAX_LENGTH);
    const three = { ...two, ...entry('https://identity.mozilla.com/apps/notes', 32) };
    await expect(sealKeysJwe(keysJwk, three, zeros)).rejects.toThrow(MalformedError);
  });

  test('any bit turned over, and any other private key, is noticed', async () => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const [header, , iv, ciphertext = '', tag] = (await sealKeysJwe(keysJwk, bundle, zeros)).split('.');
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (place) => {
        const changed = bytesToBase64url(flipBit(base64urlToBytes(ciphertext), place));
        const jwe = [header, '', iv, changed, tag].join('.');
        await expect(openKeysJwe(privateKey, jwe)).rejects.toThrow(IntegrityError);
      }),
      { numRuns: 25 },
    );
    const whole = [header, '', iv, ciphertext, tag].join('.');
    await expect(openKeysJwe((await createKeysKeyPair()).privateKey, whole)).rejects.toThrow(IntegrityError);
  });

  test.each(['', '....', 'a.b.c.d.e', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0....'])(
    '%j is malformed',
    async (jwe) => {
      await expect(openKeysJwe((await createKeysKeyPair()).privateKey, jwe)).rejects.toThrow(MalformedError);
    },
  );

  test.each([
    ['null', null],
    ['an array', []],
    ['a text', 'keys'],
    ['an entry that is no object', { a: 1 }],
    ['an entry of another key type', { a: { kty: 'EC', k: 'AAAA', kid: '1-A' } }],
    ['an entry without k', { a: { kty: 'oct', kid: '1-A' } }],
    ['an entry with a k that is not base64url', { a: { kty: 'oct', k: 'A', kid: '1-A' } }],
    ['an entry without kid', { a: { kty: 'oct', k: 'AAAA' } }],
    ['an entry under the name of another scope', { a: { kty: 'oct', k: 'AAAA', kid: '1-A', scope: 'b' } }],
  ])('an authentic JWE that holds %s is malformed', async (_name, content) => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const jwe = await new CompactEncrypt(utf8(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .encrypt(await importJWK({ ...parseKeysJwk(keysJwk) }, 'ECDH-ES'));
    await expect(openKeysJwe(privateKey, jwe)).rejects.toThrow(MalformedError);
  });

  test.each([
    ['another content encryption', { alg: 'ECDH-ES', enc: 'A128GCM' }],
    ['another key management', { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' }],
  ])('%s is not opened', async (_name, header) => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const jwe = await new CompactEncrypt(utf8(JSON.stringify(bundle)))
      .setProtectedHeader(header)
      .encrypt(await importJWK({ ...parseKeysJwk(keysJwk) }, header.alg));
    await expect(openKeysJwe(privateKey, jwe)).rejects.toThrow(MalformedError);
  });
});
