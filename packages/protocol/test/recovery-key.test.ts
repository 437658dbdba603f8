import fc from 'fast-check';
import { CompactEncrypt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import vectors from '../../../test/fixtures/vectors/onepw.json';
import {
  base64urlToBytes,
  bytesToBase64url,
  bytesToHex,
  createRecoveryKey,
  formatRecoveryKey,
  hexToBytes,
  IntegrityError,
  MalformedError,
  openRecoveryData,
  parseRecoveryKey,
  recoveryEncryptKey,
  recoveryKeyId,
  sealRecoveryData,
  utf8,
} from '../src/index.js';
import { bytesOf, flipBit } from './support/arbitraries.js';

const uid = 'aaaaabbbbbcccccdddddeeeeefffff00';
const recoveryKey = hexToBytes('50443214c74254b635cf84653a56d7c675be77df');
const fixedIv = (length: number) => new Uint8Array(length).fill(7);

describe('recovery key vectors', () => {
  test.each(vectors.recovery_key)('text, id and encryption key of $recoveryKeyBase32', async (vector) => {
    const key = parseRecoveryKey(vector.recoveryKeyBase32);
    expect(bytesToHex(key)).toBe(vector.recoveryKey);
    expect(formatRecoveryKey(key).replaceAll(' ', '')).toBe(vector.recoveryKeyBase32);
    expect(await recoveryKeyId(key, vector.uid)).toBe(vector.recoveryKeyId);
    expect(bytesToHex(await recoveryEncryptKey(key, vector.uid))).toBe(vector.encryptionKey);
  });

  test.each(vectors.recovery_key)('the data of $recoveryKeyId opens', async (vector) => {
    const kB = await openRecoveryData(hexToBytes(vector.recoveryKey), vector.uid, vector.recoveryData);
    expect(bytesToHex(kB)).toBe(JSON.parse(vector.plaintext).kB.toLowerCase());
  });

  test.each(vectors.recovery_key)('sealing gives the header and IV of $recoveryKeyId to the letter', async (vector) => {
    const kB = hexToBytes(JSON.parse(vector.plaintext).kB);
    const sealed = await sealRecoveryData(hexToBytes(vector.recoveryKey), vector.uid, kB, () => hexToBytes(vector.iv));
    const [header, key, iv, ciphertext] = sealed.split('.');
    const [expectedHeader, expectedKey, expectedIv, expectedCiphertext] = vector.recoveryData.split('.');
    expect([header, key, iv]).toEqual([expectedHeader, expectedKey, expectedIv]);
    // The vector spells the last four digits of kB in upper case, so its ciphertext differs from there on.
    const spelled = '{"kB":"'.length + 60;
    expect(base64urlToBytes(ciphertext ?? '').subarray(0, spelled)).toEqual(
      base64urlToBytes(expectedCiphertext ?? '').subarray(0, spelled),
    );
  });
});

describe('recovery key text', () => {
  test('a new key begins with A, keeps its other bits, and survives being written down badly', () => {
    fc.assert(
      fc.property(bytesOf(20), (random) => {
        const key = createRecoveryKey(random);
        const text = formatRecoveryKey(key);
        expect(text).toMatch(/^A[0-9A-HJKMNP-TV-Z]{3}( [0-9A-HJKMNP-TV-Z]{4}){7}$/);
        expect(key.subarray(1)).toEqual(random.subarray(1));
        const typed = text.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll(' ', ' - ');
        expect(parseRecoveryKey(typed)).toEqual(key);
      }),
    );
  });

  test('the randomness handed in is not written to', () => {
    const random = new Uint8Array(20).fill(255);
    createRecoveryKey(random);
    expect(random[0]).toBe(255);
  });

  test.each(['', 'A', `A${'0'.repeat(30)}`, `A${'0'.repeat(32)}`, `U${'0'.repeat(31)}`])('%j is refused', (text) => {
    expect(() => parseRecoveryKey(text)).toThrow(MalformedError);
  });

  test('other lengths are refused', async () => {
    expect(() => createRecoveryKey(new Uint8Array(19))).toThrow(MalformedError);
    expect(() => formatRecoveryKey(new Uint8Array(21))).toThrow(MalformedError);
    await expect(recoveryKeyId(recoveryKey, `${uid}00`)).rejects.toThrow(MalformedError);
    await expect(recoveryKeyId(new Uint8Array(19), uid)).rejects.toThrow(MalformedError);
  });
});

describe('recovery data', () => {
  test('every kB comes back, and the server sees neither it nor the key', async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf(32), bytesOf(12), async (kB, iv) => {
        const data = await sealRecoveryData(recoveryKey, uid, kB, () => iv);
        expect(await openRecoveryData(recoveryKey, uid, data)).toEqual(kB);
        expect(Object.keys(decodeProtectedHeader(data))).toEqual(['enc', 'alg', 'kid']);
      }),
      { numRuns: 25 },
    );
  });

  test('data that also holds kA, as older versions wrote it, opens', async () => {
    const kB = 'b0'.repeat(32);
    expect(bytesToHex(await openRecoveryData(recoveryKey, uid, await seal({ kA: 'a0'.repeat(32), kB })))).toBe(kB);
  });

  test('any bit turned over in ciphertext or tag is noticed', async () => {
    const [header, , iv, ciphertext = '', tag = ''] = (
      await sealRecoveryData(recoveryKey, uid, new Uint8Array(32), fixedIv)
    ).split('.');
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), async (place, inTag) => {
        const flip = (text: string) => bytesToBase64url(flipBit(base64urlToBytes(text), place));
        const changed = inTag ? [ciphertext, flip(tag)] : [flip(ciphertext), tag];
        const data = [header, '', iv, ...changed].join('.');
        await expect(openRecoveryData(recoveryKey, uid, data)).rejects.toThrow(IntegrityError);
      }),
      { numRuns: 25 },
    );
  });

  test('another recovery key and another uid do not open it', async () => {
    const data = await sealRecoveryData(recoveryKey, uid, new Uint8Array(32), fixedIv);
    await expect(openRecoveryData(flipBit(recoveryKey, 9), uid, data)).rejects.toThrow(IntegrityError);
    await expect(openRecoveryData(recoveryKey, uid.replace('0', '1'), data)).rejects.toThrow(IntegrityError);
  });

  test.each(['', 'a.b.c', '....', 'no JWE at all', 'eyJhbGciOiJub25lIn0....'])('%j is malformed', async (data) => {
    await expect(openRecoveryData(recoveryKey, uid, data)).rejects.toThrow(MalformedError);
  });

  test.each([{}, null, [], 'kB', { kB: 1 }, { kB: 'b0' }, { kB: 'zz'.repeat(32) }])(
    'authentic data that holds %j instead of a kB is malformed',
    async (content) => {
      await expect(openRecoveryData(recoveryKey, uid, await seal(content))).rejects.toThrow(MalformedError);
    },
  );

  test('a random source that gives another length is refused', async () => {
    const sealing = sealRecoveryData(recoveryKey, uid, new Uint8Array(32), () => new Uint8Array(11));
    await expect(sealing).rejects.toThrow(MalformedError);
  });
});

const seal = async (content: unknown): Promise<string> =>
  new CompactEncrypt(utf8(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(await recoveryEncryptKey(recoveryKey, uid));
