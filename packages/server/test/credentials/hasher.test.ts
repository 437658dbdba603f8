import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createPasswordHasher } from '../../src/credentials/index.js';

const AUTH_PW = new Uint8Array(32).fill(1);
const SALT = new Uint8Array(32).fill(2);

test('argon2id and scrypt give 32 bytes that depend on password, salt and version', async () => {
  const hasher = createPasswordHasher();
  const hashes = await Promise.all([
    hasher.stretch(AUTH_PW, SALT, 2),
    hasher.stretch(AUTH_PW, SALT, 1),
    hasher.stretch(SALT, SALT, 2),
    hasher.stretch(AUTH_PW, AUTH_PW, 2),
  ]);
  expect(new Set(hashes.map((hash) => Buffer.from(hash).toString('hex'))).size).toBe(4);
  expect(hashes.every((hash) => hash.length === 32)).toBe(true);
  expect(await hasher.stretch(AUTH_PW, SALT, 2)).toEqual(hashes[0]);
});

test('scrypt is the one of the protocol: N 65536, r 8, p 1', async () => {
  const authPW = Buffer.from('247b675ffb4c46310bc87e26d712153abe5e1c90ef00a4784594f97ef54f2375', 'hex');
  const authSalt = Buffer.from('00f0000000000000000000000000000000000000000000000000000000000000', 'hex');
  const hash = await createPasswordHasher().stretch(authPW, authSalt, 1);
  expect(Buffer.from(hash).toString('hex')).toBe('441509e25c92ee103d5a1a874e6f155df25a44d06e61c894616c9e85181dba97');
});

test('a full queue refuses the next caller at once with 503 and a time to wait; those inside are served', async () => {
  const hasher = createPasswordHasher({ concurrency: 1, queue: 2, retryAfter: 7 });
  const inside = [1, 2, 3].map(() => hasher.stretch(AUTH_PW, SALT, 2));
  await turn();
  await expect(hasher.stretch(AUTH_PW, SALT, 2)).rejects.toMatchObject({
    definition: { errno: 201, status: 503 },
    extra: { retryAfter: 7 },
  });
  expect(await Promise.all(inside)).toHaveLength(3);
  expect(await hasher.stretch(AUTH_PW, SALT, 2)).toHaveLength(32);
});

test('a failing hash gives its place back', async () => {
  const hasher = createPasswordHasher({ concurrency: 1, queue: 1 });
  const tooShortSalt = new Uint8Array(1);
  await expect(hasher.stretch(AUTH_PW, tooShortSalt, 2)).rejects.toThrow();
  expect(await hasher.stretch(AUTH_PW, SALT, 2)).toHaveLength(32);
});
