import { readFileSync } from 'node:fs';
import {
  bytesToHex,
  createKeysKeyPair,
  deriveScopedKey,
  deriveToken,
  hexToBytes,
  openKeysJwe,
  sealKeyBundle,
  stretchPasswordV1,
  stretchPasswordV2,
  unwrapKb,
} from '@foxden/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AuthClient,
  accountKeys,
  createAuthClient,
  destroyAccount,
  reauthenticate,
  sealScopedKeys,
  signIn,
  signUp,
} from '../src/index.js';
import { type Answer, failure, json, scripted } from './scripted-fetch.js';

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/vectors/onepw.json', import.meta.url), 'utf8'),
) as {
  credential_set_same_kB: Record<
    'clientSalt' | 'kB' | 'authPW' | 'authPWVersion2' | 'wrapKb' | 'wrapKbVersion2',
    string
  >;
};
const known = vectors.credential_set_same_kB;

const email = 'andré@example.org';
const password = 'pässwörd';
const sessionToken = 'a0'.repeat(32);
const keyFetchToken = '80'.repeat(32);
const uid = 'ab'.repeat(16);
const kA = new Uint8Array(32).fill(0x20);

const clientFor = (...script: Answer[]): { client: AuthClient; server: ReturnType<typeof scripted> } => {
  const server = scripted(...script);
  const random = (length: number) => new Uint8Array(length).fill(length);
  return { server, client: createAuthClient({ baseUrl: 'https://accounts.example.org', fetch: server.fetch, random }) };
};

const v1 = json({ currentVersion: 'v1', upgradeNeeded: false });
const v1Upgradable = json({ currentVersion: 'v1', upgradeNeeded: true });
const v2 = json({ currentVersion: 'v2', upgradeNeeded: false, clientSalt: known.clientSalt });
const signedIn = (more: Record<string, unknown> = {}) => ({
  uid,
  sessionToken,
  authAt: 1,
  metricsEnabled: true,
  emailVerified: true,
  sessionVerified: true,
  verified: true,
  ...more,
});

let bundle: string;
beforeAll(async () => {
  const { bundleKey } = await deriveToken('keyFetchToken', hexToBytes(keyFetchToken));
  bundle = bytesToHex(await sealKeyBundle(bundleKey, kA, hexToBytes(known.wrapKb)));
});

describe('signIn', () => {
  it('stretches with the account’s salt where it has version 2 credentials', async () => {
    const { client, server } = clientFor(v2, json(signedIn({ keyFetchTokenVersion2: keyFetchToken })));
    const result = await signIn(client, { email, password, keys: true, service: 'sync' });
    expect(server.calls()).toEqual(['POST /account/credentials/status', 'POST /account/login?keys=true']);
    expect(server.sent[1]?.body).toEqual({
      email,
      authPW: known.authPWVersion2,
      reason: 'signin',
      service: 'sync',
    });
    const { unwrapBKey } = await stretchPasswordV2(known.clientSalt, password);
    expect(result).toMatchObject({ uid, email, keyAccess: { keyFetchToken, unwrapBKey } });
  });

  it.each([
    ['the account has version 1 only', v1],
    ['the address is unknown to the status call', failure(400, 102)],
    ['the server does not have the route', failure(404, 999)],
    ['the server no longer has the route', failure(410, 116)],
    [
      'a salt stands without its wrap',
      json({ currentVersion: 'v2', upgradeNeeded: true, clientSalt: known.clientSalt }),
    ],
  ])('stretches with the address when %s, and upgrades nothing', async (_, status) => {
    const { client, server } = clientFor(status, json(signedIn({ keyFetchToken })));
    const result = await signIn(client, { email, password, keys: true });
    expect(server.sent[1]?.body['authPW']).toBe(known.authPW);
    expect(result.keyAccess?.keyFetchToken).toBe(keyFetchToken);
    expect(server.sent).toHaveLength(2);
  });

  it('does not go on after a status call that says what is wrong', async () => {
    const { client, server } = clientFor(failure(400, 149));
    await expect(signIn(client, { email, password })).rejects.toMatchObject({ errorName: 'LOGIN_WITH_INVALID_EMAIL' });
    expect(server.sent).toHaveLength(1);
  });

  it('asks for no keys unless told to', async () => {
    const { client, server } = clientFor(v1, json(signedIn()));
    const result = await signIn(client, { email, password });
    expect(server.calls()[1]).toBe('POST /account/login');
    expect(result).not.toHaveProperty('keyAccess');
  });

  it('stretches again with the server’s spelling of the address, once', async () => {
    const typed = email.toUpperCase();
    const { client, server } = clientFor(v1, failure(400, 120, { email }), json(signedIn({ keyFetchToken })));
    const result = await signIn(client, { email: typed, password, keys: true });
    expect(server.sent[1]?.body['email']).toBe(typed);
    expect(server.sent[2]?.body).toMatchObject({ email, originalLoginEmail: typed, authPW: known.authPW });
    expect(result.email).toBe(email);
    const { unwrapBKey } = await stretchPasswordV1(email, password);
    expect(result.keyAccess?.unwrapBKey).toEqual(unwrapBKey);
  });

  it('sends a version 2 proof again unchanged with the server’s spelling', async () => {
    const { client, server } = clientFor(v2, failure(400, 120, { email }), failure(400, 103));
    const attempt = signIn(client, { email: 'ANDRÉ@example.org', password });
    await expect(attempt).rejects.toMatchObject({ errorName: 'INCORRECT_PASSWORD' });
    expect(server.sent[2]?.body['authPW']).toBe(known.authPWVersion2);
  });

  it('does not try a third spelling', async () => {
    const { client, server } = clientFor(
      v1,
      failure(400, 120, { email }),
      failure(400, 120, { email: 'x@example.org' }),
    );
    const attempt = signIn(client, { email: 'ANDRÉ@example.org', password });
    await expect(attempt).rejects.toMatchObject({ errorName: 'INCORRECT_EMAIL_CASE' });
    expect(server.sent).toHaveLength(3);
  });

  it('gives an account of version 1 credentials of version 2 that open to the same kB', async () => {
    const start = json({ passwordChangeToken: 'cc'.repeat(32), keyFetchToken, verified: true });
    const { client, server } = clientFor(v1Upgradable, json(signedIn()), start, json({ bundle }), json({}));
    const result = await signIn(client, { email, password });
    expect(result).not.toHaveProperty('upgradeError');
    expect(server.calls().slice(2)).toEqual([
      'POST /password/change/start',
      'GET /account/keys',
      'POST /password/change/finish',
    ]);
    expect(server.sent[2]?.body).toEqual({ email, oldAuthPW: known.authPW });
    const finish = server.sent[4]?.body as Record<string, string>;
    expect(finish).toMatchObject({ authPW: known.authPW, wrapKb: known.wrapKb });
    const stretched = await stretchPasswordV2(String(finish['clientSalt']), password);
    expect(finish['authPWVersion2']).toBe(bytesToHex(stretched.authPW));
    expect(bytesToHex(unwrapKb(hexToBytes(String(finish['wrapKbVersion2'])), stretched.unwrapBKey))).toBe(known.kB);
  });

  it('signs in all the same when the upgrade fails, and says why it did', async () => {
    const { client } = clientFor(v1Upgradable, json(signedIn({ keyFetchToken })), failure(503, 201));
    const result = await signIn(client, { email, password, keys: true });
    expect(result).toMatchObject({ sessionToken, upgradeError: { errorName: 'SERVICE_UNAVAILABLE' } });
    expect(result.keyAccess?.keyFetchToken).toBe(keyFetchToken);
  });

  it('upgrades nothing while the session is not verified', async () => {
    const { client, server } = clientFor(v1Upgradable, json(signedIn({ verified: false, sessionVerified: false })));
    await signIn(client, { email, password });
    expect(server.sent).toHaveLength(2);
  });
});

describe('reauthenticate', () => {
  it('proves the password in the existing session and buys keys', async () => {
    const { client, server } = clientFor(
      v2,
      json({ uid, authAt: 2, verified: true, keyFetchTokenVersion2: keyFetchToken }),
    );
    const result = await reauthenticate(client, sessionToken, { email, password, keys: true });
    expect(server.calls()[1]).toBe('POST /session/reauth?keys=true');
    expect(server.sent[1]?.headers.get('Authorization')).toMatch(/^Bearer fxs_[0-9a-f]{64}$/);
    expect(result).toMatchObject({ authAt: 2, keyAccess: { keyFetchToken } });
  });
});

describe('destroyAccount', () => {
  it('proves the password, again with the server’s spelling where it differs', async () => {
    const { client, server } = clientFor(v1, failure(400, 120, { email }), json({}));
    await destroyAccount(client, sessionToken, { email: 'ANDRÉ@example.org', password });
    expect(server.sent[2]?.body).toEqual({ email, authPW: known.authPW });
  });
});

describe('signUp', () => {
  it('sends credentials of both versions that open to the kB it gives back', async () => {
    const { client, server } = clientFor(json({ uid, sessionToken, authAt: 1, verificationMethod: 'email-otp' }));
    const result = await signUp(client, { email, password, keys: true, service: 'sync' });
    const body = server.sent[0]?.body as Record<string, string>;
    expect(server.calls()).toEqual(['POST /account/create?keys=true']);
    expect(body).toMatchObject({ email, verificationMethod: 'email-otp', service: 'sync' });
    const first = await stretchPasswordV1(email, password);
    const second = await stretchPasswordV2(String(body['clientSalt']), password);
    expect(body['authPW']).toBe(bytesToHex(first.authPW));
    expect(body['authPWVersion2']).toBe(bytesToHex(second.authPW));
    expect(unwrapKb(hexToBytes(String(body['wrapKb'])), first.unwrapBKey)).toEqual(result.kB);
    expect(unwrapKb(hexToBytes(String(body['wrapKbVersion2'])), second.unwrapBKey)).toEqual(result.kB);
  });

  it('chooses another kB and another salt for each account', async () => {
    const script = [json({ uid, sessionToken, authAt: 1 }), json({ uid, sessionToken, authAt: 1 })];
    const server = scripted(...script);
    const client = createAuthClient({ baseUrl: 'https://accounts.example.org', fetch: server.fetch });
    const first = await signUp(client, { email, password });
    const second = await signUp(client, { email, password });
    expect(first.kB).not.toEqual(second.kB);
    expect(server.sent[0]?.body['clientSalt']).not.toBe(server.sent[1]?.body['clientSalt']);
  });
});

describe('accountKeys', () => {
  it('opens the bundle and unwraps kB', async () => {
    const { client, server } = clientFor(json({ bundle }));
    const { unwrapBKey } = await stretchPasswordV1(email, password);
    const keys = await accountKeys(client, { keyFetchToken, unwrapBKey });
    expect(server.sent[0]?.headers.get('Authorization')).toMatch(/^Bearer fxk_/);
    expect(keys.kA).toEqual(kA);
    expect(bytesToHex(keys.kB)).toBe(known.kB);
  });

  it('refuses a bundle that was changed', async () => {
    const { client } = clientFor(json({ bundle: bundle.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) }));
    const { unwrapBKey } = await stretchPasswordV1(email, password);
    await expect(accountKeys(client, { keyFetchToken, unwrapBKey })).rejects.toMatchObject({ kind: 'integrity' });
  });
});

describe('sealScopedKeys', () => {
  const scope = 'https://identity.mozilla.com/apps/notes';
  const data = { identifier: scope, keyRotationSecret: '00'.repeat(32), keyRotationTimestamp: 1510726317123 };

  it('seals the keys of the scopes that bear one, so that only the asking client opens them', async () => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const { client, server } = clientFor(json({ [scope]: data }));
    const kB = hexToBytes(known.kB);
    const of = { sessionToken, clientId: 'dcdb5ae7add825d2', scope: `profile ${scope}`, keysJwk, kB, uid };
    const keysJwe = await sealScopedKeys(client, of);
    expect(server.sent[0]?.body).toEqual({ client_id: of.clientId, scope: of.scope });
    expect(await openKeysJwe(privateKey, String(keysJwe))).toEqual({ [scope]: await deriveScopedKey(data, kB, uid) });
  });

  it('seals nothing when no scope bears a key', async () => {
    const { keysJwk } = await createKeysKeyPair();
    const { client } = clientFor(json({}));
    const of = { sessionToken, clientId: 'dcdb5ae7add825d2', scope: 'profile', keysJwk, kB: new Uint8Array(32), uid };
    expect(await sealScopedKeys(client, of)).toBeUndefined();
  });
});
