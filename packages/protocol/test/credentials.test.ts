import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from '../../../test/fixtures/vectors/onepw.json';
import {
  bytesToHex,
  clientSaltPattern,
  createClientSalt,
  createCredentialSet,
  deriveVerifyHash,
  deriveWrapwrapKey,
  hexToBytes,
  MalformedError,
  stretchPasswordV1,
  stretchPasswordV2,
  unwrapKb,
  unwrapWrapKb,
  utf8,
  wrapKb,
  wrapWrapKb,
} from '../src/index.js';
import { bytesOf } from './support/arbitraries.js';

describe('stretching', () => {
  test('texts are taken as UTF-8, as the vectors spell them', () => {
    const [vector] = vectors.stretch_v1;
    expect(bytesToHex(utf8(vector?.email ?? ''))).toBe(vectors.encoding.email_utf8_hex);
    expect(bytesToHex(utf8(vector?.password ?? ''))).toBe(vectors.encoding.password_utf8_hex);
  });

  test.each(vectors.stretch_v1)('version 1 vector of $email', async ({ email, password, authPW, unwrapBKey }) => {
    const stretched = await stretchPasswordV1(email, password);
    expect(bytesToHex(stretched.authPW)).toBe(authPW);
    expect(bytesToHex(stretched.unwrapBKey)).toBe(unwrapBKey);
  });

  test.each(vectors.stretch_v2)('version 2 vector of salt $saltValue', async (vector) => {
    expect(createClientSalt(hexToBytes(vector.saltValue))).toBe(vector.clientSalt);
    const stretched = await stretchPasswordV2(vector.clientSalt, vector.password);
    expect(bytesToHex(stretched.authPW)).toBe(vector.authPW);
    expect(bytesToHex(stretched.unwrapBKey)).toBe(vector.unwrapBKey);
  });

  test('version 1 depends on the spelling of the address', async () => {
    const [one, other] = await Promise.all([stretchPasswordV1('a@b.c', 'pw'), stretchPasswordV1('A@b.c', 'pw')]);
    expect(one.authPW).not.toEqual(other.authPW);
  });

  test.each([
    '',
    '0123456789abcdef0123456789abcdef',
    'identity.mozilla.com/picl/v1/quickStretch:someone@example.org',
    'identity.mozilla.com/picl/v1/quickStretchV2:0123456789ABCDEF0123456789abcdef',
    'identity.mozilla.com/picl/v1/quickStretchV2:0123456789abcdef0123456789abcdef0',
    'identity.mozilla.com/picl/v1/quickStretchV2:0123456789abcdef0123456789abcdef\n',
    'identity-mozilla.com/picl/v1/quickStretchV2:0123456789abcdef0123456789abcdef',
  ])('version 2 refuses the salt %j before any work', async (salt) => {
    await expect(stretchPasswordV2(salt, 'password')).rejects.toThrow(MalformedError);
  });

  test('a clientSalt always has its pattern, and needs 16 bytes', () => {
    fc.assert(
      fc.property(bytesOf(16), (bytes) => {
        expect(createClientSalt(bytes)).toMatch(clientSaltPattern);
      }),
    );
    expect(() => createClientSalt(new Uint8Array(15))).toThrow(MalformedError);
  });
});

describe('kB', () => {
  test('wrapping and unwrapping undo each other', () => {
    fc.assert(
      fc.property(bytesOf(32), bytesOf(32), (kB, unwrapBKey) => {
        expect(unwrapKb(wrapKb(kB, unwrapBKey), unwrapBKey)).toEqual(kB);
      }),
    );
  });

  test('other lengths are refused, also when both agree', () => {
    expect(() => wrapKb(new Uint8Array(16), new Uint8Array(16))).toThrow(MalformedError);
    expect(() => unwrapKb(new Uint8Array(32), new Uint8Array(31))).toThrow(MalformedError);
  });
});

describe('server side', () => {
  test.each(vectors.server_side)('vector of authSalt $authSalt', async (vector) => {
    const bigStretchedPW = hexToBytes(vector.bigStretchedPW);
    const wrapwrapKey = await deriveWrapwrapKey(bigStretchedPW);
    expect(bytesToHex(await deriveVerifyHash(bigStretchedPW))).toBe(vector.verifyHash);
    expect(bytesToHex(wrapwrapKey)).toBe(vector.wrapwrapKey);
    expect(bytesToHex(wrapWrapKb(hexToBytes(vector.wrapkB), wrapwrapKey))).toBe(vector.wrapwrapkB_stored);
    expect(bytesToHex(unwrapWrapKb(hexToBytes(vector.wrapwrapkB_stored), wrapwrapKey))).toBe(vector.wrapkB);
    expect(bytesToHex(unwrapKb(hexToBytes(vector.wrapkB), hexToBytes(vector.unwrapBKey)))).toBe(vector.kB);
  });

  test('a slow hash of another length is refused', async () => {
    await expect(deriveVerifyHash(new Uint8Array(31))).rejects.toThrow(MalformedError);
    await expect(deriveWrapwrapKey(new Uint8Array(33))).rejects.toThrow(MalformedError);
    expect(() => wrapWrapKb(new Uint8Array(31), new Uint8Array(31))).toThrow(MalformedError);
    expect(() => unwrapWrapKb(new Uint8Array(31), new Uint8Array(31))).toThrow(MalformedError);
  });
});

describe('credential set', () => {
  const { note: _note, email, password, kB, ...expected } = vectors.credential_set_same_kB;

  test('the vector: both versions for one kB', async () => {
    const set = await createCredentialSet({ email, password, clientSalt: expected.clientSalt, kB: hexToBytes(kB) });
    expect(set).toEqual(expected);
  });

  test('both wraps of a set open to the same kB', async () => {
    const [v1, v2] = await Promise.all([
      stretchPasswordV1(email, password),
      stretchPasswordV2(expected.clientSalt, password),
    ]);
    expect(bytesToHex(unwrapKb(hexToBytes(expected.wrapKb), v1.unwrapBKey))).toBe(kB);
    expect(bytesToHex(unwrapKb(hexToBytes(expected.wrapKbVersion2), v2.unwrapBKey))).toBe(kB);
  });
});
