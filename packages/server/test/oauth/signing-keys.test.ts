import { createLocalJWKSet, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { createSigningKeys, pruneOAuth, rotateSigningKeys } from '../../src/oauth/index.js';
import type { SigningKeyContext } from '../../src/oauth/signing-key-rotation.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { type TestClock, testClock } from '../support/test-server.js';
import { DAY, HOUR, headerOf, MINUTE, repeatingRandom } from './fixture.js';

const open: Storage[] = [];
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close();
});

interface Process extends SigningKeyContext {
  readonly clock: TestClock;
  readonly log: { info(): void; warn(): void; error(event: string, details?: object): void };
  readonly errors: object[];
}

async function process(databaseUrl = 'sqlite::memory:', clock = testClock()): Promise<Process> {
  const storage = await openStorage(databaseUrl);
  open.push(storage);
  const errors: object[] = [];
  return {
    storage,
    clock,
    random: repeatingRandom(),
    secret: new Uint8Array(32).fill(1),
    errors,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (_event, details) => void errors.push(details ?? {}),
    },
  };
}

const kids = async (keys: ReturnType<typeof createSigningKeys>) => (await keys.published()).map(({ kid }) => kid);

test('the first start does not wait for a key; who needs one does, and a foreign library verifies what it signs', async () => {
  const context = await process();
  const keys = createSigningKeys(context);
  expect(await context.storage.db.selectFrom('signingKeys').select('kid').execute()).toEqual([]);
  const jwt = await keys.sign('JWT', { iss: 'https://a.example', sub: 'x' });
  const keySet = { keys: await keys.published() } as unknown as JSONWebKeySet;
  const { payload, protectedHeader } = await jwtVerify(jwt, createLocalJWKSet(keySet), { typ: 'JWT' });
  expect(payload).toEqual({ iss: 'https://a.example', sub: 'x' });
  expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: keySet.keys[0]?.kid });
  expect(keySet.keys[0]).toEqual({
    kty: 'RSA',
    alg: 'RS256',
    use: 'sig',
    kid: '2026-06-01.1',
    n: expect.stringMatching(/^[\w-]{342}$/),
    e: 'AQAB',
    'fxa-createdAt': Math.floor(context.clock.now() / 1000),
  });
});

test('the private key is in the database only sealed: not as PKCS #8, and not openable with another secret', async () => {
  const context = await process();
  await createSigningKeys(context).sign('JWT', {});
  const row = await context.storage.db.selectFrom('signingKeys').selectAll().executeTakeFirstOrThrow();
  // The DER form has the modulus in it.
  const modulus = Buffer.from(JSON.parse(row.publicJwk).n, 'base64url');
  expect(Buffer.from(row.sealedPrivateKey).includes(modulus.subarray(0, 16))).toBe(false);
  expect(JSON.parse(row.publicJwk)).not.toHaveProperty('d');
  const other = createSigningKeys({ ...context, secret: new Uint8Array(32).fill(2) });
  await expect(other.sign('JWT', {})).rejects.toThrow(`Signing key ${row.kid} does not open with this server secret`);
});

test('a sealed key under another kid does not open: rows cannot be swapped', async () => {
  const context = await process();
  await createSigningKeys(context).sign('JWT', {});
  await context.storage.db.updateTable('signingKeys').set({ kid: '2026-06-01.9' }).execute();
  await expect(createSigningKeys(context).sign('JWT', {})).rejects.toThrow('does not open');
});

test('signing does not hold up the event loop: its result comes in a later turn', async () => {
  const keys = createSigningKeys(await process());
  await keys.sign('JWT', {});
  let isDone = false;
  const signing = keys.sign('JWT', {}).then(() => {
    isDone = true;
  });
  // Work on this thread would be done within the microtasks of this turn, however many there are.
  for (let count = 0; count < 1000; count += 1) await undefined;
  expect(isDone).toBe(false);
  await signing;
});

describe('verification', () => {
  test('gives the claims of our own JWTs of the type in question, expired or not', async () => {
    const keys = createSigningKeys(await process());
    const jwt = await keys.sign('at+JWT', { exp: 1, sub: 'é' });
    expect(await keys.verify('at+JWT', jwt)).toEqual({ exp: 1, sub: 'é' });
    expect(await keys.verify('JWT', jwt)).toBeUndefined();
  });

  test('refuses other keys, other algorithms, changed claims and what is no JWT', async () => {
    const keys = createSigningKeys(await process());
    const jwt = await keys.sign('JWT', { sub: 'x' });
    const { kid } = headerOf(jwt);
    const [header, , signature] = jwt.split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [published] = await keys.published();
    const publicBytes = Buffer.from(JSON.stringify(published));
    const forged = [
      `${header}.${encode({ sub: 'y' })}.${signature}`,
      `${encode({ alg: 'none', typ: 'JWT', kid })}.${encode({ sub: 'x' })}.`,
      `${encode({ alg: 'none', typ: 'JWT', kid })}.${encode({ sub: 'x' })}.${signature}`,
      await new SignJWT({ sub: 'x' })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: String(kid) })
        .sign(publicBytes),
      await createSigningKeys(await process()).sign('JWT', { sub: 'x' }),
      `${encode({ alg: 'RS256', typ: 'JWT', kid: '__proto__' })}.${encode({})}.${signature}`,
      `${jwt}.`,
      `${header}.bm8ganNvbg.${signature}`,
      'a.b.c',
      '',
    ];
    for (const text of forged) expect(await keys.verify('JWT', text), text).toBeUndefined();
  });
});

describe('rotation', () => {
  test('publishes the next key two hours before it signs, and the old one until all it signed has expired', async () => {
    const context = await process();
    const keys = createSigningKeys(context);
    const signer = async () => headerOf(await keys.sign('JWT', {}))['kid'];
    const first = await signer();
    const jwt = await keys.sign('JWT', { sub: 'x' });

    const second = await rotateSigningKeys(context);
    context.clock.advance(MINUTE);
    expect(await kids(keys)).toEqual([first, second]);
    expect(await signer()).toBe(first);

    context.clock.advance(2 * HOUR - MINUTE - 1);
    expect(await signer()).toBe(first);
    context.clock.advance(1);
    expect(await signer()).toBe(second);

    context.clock.advance(DAY);
    expect(await keys.verify('JWT', jwt)).toEqual({ sub: 'x' });
    context.clock.advance(HOUR);
    expect(await kids(keys)).toEqual([second]);
    expect(await keys.verify('JWT', jwt)).toBeUndefined();
    expect(await pruneOAuth(context)).toBe(1);
    expect(await signer()).toBe(second);
  });

  test('does nothing while an earlier one waits for its time', async () => {
    const context = await process();
    await createSigningKeys(context).published();
    const next = await rotateSigningKeys(context);
    expect(await rotateSigningKeys(context)).toBe(next);
    context.clock.advance(3 * HOUR);
    expect(await rotateSigningKeys(context)).not.toBe(next);
  });

  test('of a key that leaked takes effect at once and voids what it signed', async () => {
    const context = await process();
    const keys = createSigningKeys(context);
    const jwt = await keys.sign('JWT', {});
    await rotateSigningKeys(context);
    const fresh = await rotateSigningKeys(context, { immediately: true });
    context.clock.advance(MINUTE);
    expect(await kids(keys)).toEqual([fresh]);
    expect(headerOf(await keys.sign('JWT', {}))['kid']).toBe(fresh);
    expect(await keys.verify('JWT', jwt)).toBeUndefined();
  });
});

test('a token with the kid of a key that another process made is looked up once more before it is refused', async () => {
  const context = await process();
  const [here, there] = [createSigningKeys(context), createSigningKeys(context)];
  await Promise.all([here.published(), there.published()]);
  context.clock.advance(10_000);
  await rotateSigningKeys(context, { immediately: true });
  context.clock.advance(MINUTE - 20_000);
  const restarted = createSigningKeys(context);
  const jwt = await restarted.sign('JWT', { sub: 'x' });
  expect(await there.verify('JWT', jwt)).toEqual({ sub: 'x' });
});

test('a database that does not answer is tried again, and said in the log', async () => {
  const context = await process();
  let isDown = true;
  const storage = {
    ...context.storage,
    get db() {
      if (isDown) throw new Error('no connection');
      return context.storage.db;
    },
  };
  const keys = createSigningKeys({ ...context, storage });
  await expect(keys.sign('JWT', {})).rejects.toThrow('no connection');
  expect(context.errors).toContainEqual({ error: 'no connection' });
  isDown = false;
  expect(await keys.sign('JWT', {})).toMatch(/^ey/);
});

describePostgres('several processes on one database', (createDatabase) => {
  test('that start at the same moment agree on one key, and rotate to one key', async () => {
    const url = await createDatabase();
    const clock = testClock();
    await process(url, clock);
    const contexts = await Promise.all(Array.from({ length: 4 }, () => process(url, clock)));
    const all = contexts.map((context) => createSigningKeys(context));
    const jwts = await Promise.all(all.map((keys) => keys.sign('JWT', { sub: 'x' })));
    expect(new Set(jwts.map((jwt) => headerOf(jwt)['kid'])).size).toBe(1);
    for (const keys of all) {
      for (const jwt of jwts) expect(await keys.verify('JWT', jwt)).toEqual({ sub: 'x' });
    }
    const rotated = await Promise.all(contexts.map((context) => rotateSigningKeys(context)));
    expect(new Set(rotated).size).toBe(1);
    clock.advance(2 * HOUR);
    const after = await Promise.all(all.map(async (keys) => headerOf(await keys.sign('JWT', {}))['kid']));
    expect(new Set(after)).toEqual(new Set(rotated));
    expect(await kids(all[0] ?? createSigningKeys(await process(url, clock)))).toHaveLength(2);
  });
});
