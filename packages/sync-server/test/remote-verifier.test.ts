import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { testClock } from '../../server/test/support/test-server.js';
import { AccountsUnavailable, createRemoteVerifier } from '../src/index.js';

const OLDSYNC = 'https://identity.mozilla.com/apps/oldsync';
const UID = '0123456789abcdef0123456789abcdef';
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const second = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });

const clock = testClock();
let asked: string[];
let keys: KeyObject[] | 'broken';
let verifyAnswer: () => Promise<Response>;

beforeEach(() => {
  asked = [];
  keys = [second.publicKey, ours.publicKey];
  verifyAnswer = async () => Response.json({ user: UID, client_id: 'c0', scope: [OLDSYNC], generation: 12 });
});

const fakeFetch: typeof fetch = async (input) => {
  const path = new URL(String(input)).pathname;
  asked.push(path);
  if (path === '/v1/verify') return verifyAnswer();
  if (keys === 'broken') return new Response('nonsense', { status: 500 });
  return Response.json({ keys: keys.map((key) => ({ ...key.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' })) });
};

const verifier = () => createRemoteVerifier({ accountsUrl: 'https://oauth.example.com', fetch: fakeFetch, clock });

function sign(claims: object = {}, { key = ours.privateKey, typ = 'at+JWT', age = 0, life = 3600 } = {}) {
  const now = Math.floor(clock.now() / 1000) - age;
  return new SignJWT({ scope: `profile ${OLDSYNC}`, 'fxa-generation': 34, ...claims })
    .setProtectedHeader({ alg: 'RS256', typ })
    .setSubject(UID)
    .setIssuedAt(now)
    .setExpirationTime(now + life)
    .setIssuer('https://anybody.example.com')
    .setAudience('anything')
    .sign(key);
}

describe('a JWT', () => {
  test('of a published key is verified without asking, whoever it names as issuer and audience', async () => {
    const expected = { uid: UID, scopes: ['profile', OLDSYNC], generation: 34 };
    const it = verifier();
    expect(await it.verify(await sign())).toEqual(expected);
    expect(await it.verify(await sign({}, { typ: 'application/AT+jwt' }))).toEqual(expected);
    expect(await it.verify(await sign({ scope: `profile,${OLDSYNC}` }))).toEqual(expected);
    expect(asked).toEqual(['/v1/jwks']);
  });

  test('without a generation has none', async () => {
    expect((await verifier().verify(await sign({ 'fxa-generation': undefined })))?.generation).toBeUndefined();
  });

  test.each([
    ['of another key', { key: foreign.privateKey }],
    ['of another type', { typ: 'JWT' }],
    ['that has expired', { age: 3661 }],
  ])('%s is refused, and nobody is asked', async (_, options) => {
    expect(await verifier().verify(await sign({}, options))).toBeUndefined();
    expect(asked).not.toContain('/v1/verify');
  });

  test('may have expired a minute ago, as clocks differ', async () => {
    expect(await verifier().verify(await sign({}, { age: 3659 }))).toBeDefined();
  });

  test('of a new key is verified once the keys are old enough to be asked for again', async () => {
    const it = verifier();
    keys = [second.publicKey];
    expect(await it.verify(await sign())).toBeUndefined();
    keys = [ours.publicKey];
    expect(await it.verify(await sign())).toBeUndefined();
    clock.advance(60_001);
    expect(await it.verify(await sign())).toBeDefined();
  });
});

describe('anything else', () => {
  test('is the accounts server to judge, and so is a JWT where there are no keys', async () => {
    const expected = { uid: UID, scopes: [OLDSYNC], generation: 12 };
    expect(await verifier().verify('a0'.repeat(32))).toEqual(expected);
    keys = 'broken';
    expect(await verifier().verify(await sign())).toEqual(expected);
    expect(asked).toEqual(['/v1/jwks', '/v1/verify', '/v1/jwks', '/v1/verify']);
  });

  test.each<[string, () => Promise<Response>]>([
    ['says no', async () => new Response('{}', { status: 400 })],
    ['answers nonsense', async () => new Response('nonsense')],
    ['names nobody', async () => Response.json({ scope: [OLDSYNC] })],
    ['is not there', () => Promise.reject(new TypeError('fetch failed'))],
  ])('is refused when the accounts server %s', async (_, answer) => {
    verifyAnswer = answer;
    expect(await verifier().verify('opaque')).toBeUndefined();
  });

  test('is neither good nor bad when the accounts server does not answer in time', async () => {
    verifyAnswer = () => Promise.reject(new DOMException('too late', 'TimeoutError'));
    await expect(verifier().verify('opaque')).rejects.toThrow(AccountsUnavailable);
  });
});
