import { bytesToHex, createKeysKeyPair, deriveScopedKey, openKeysJwe } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import { advance } from '../../src/flow/advance.js';
import { offline, refusal, testServer } from '../support/test-server.js';
import {
  NOW,
  oauthFlow,
  rosa,
  sessionStatus,
  stranger,
  testServices,
  trustedClient,
} from '../support/test-services.js';

const code = { code: 'c0'.repeat(32), state: 'the state', scope: 'openid' };
const redirect = `https://notes.example/callback?code=${code.code}&state=the+state`;
const url = '/authorization?client_id=a0a1a2a3a4a5a6a7';

/** Somebody who is signed in and has said so, in front of an application. */
function person(more: Parameters<typeof oauthFlow>[1] = {}, client = trustedClient) {
  const server = testServer({
    'GET /session/status': sessionStatus(),
    'POST /oauth/authorization': { ...code, redirect },
  });
  const services = testServices({ url, account: rosa, server, flow: { oauth: oauthFlow(client, more) } });
  services.visit.acknowledge(rosa.uid);
  return services;
}

describe('going on', () => {
  it('leaves for the application with a code', async () => {
    const services = person();
    await advance(services);
    expect(services.navigation.left).toEqual([redirect]);
    expect(services.server.sent.at(-1)?.body).toEqual({
      client_id: trustedClient.id,
      scope: 'openid profile:email',
      state: 'the state',
      response_type: 'code',
      access_type: 'online',
    });
  });

  it('hands every parameter of the request on', async () => {
    const services = person({
      accessType: 'offline',
      codeChallenge: 'c'.repeat(43),
      nonce: 'n',
      acrValues: 'AAL2',
      maxAge: 3600,
      redirectUri: 'https://notes.example/callback',
    });
    await advance(services);
    expect(services.server.sent.at(-1)?.body).toMatchObject({
      access_type: 'offline',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
      nonce: 'n',
      acr_values: 'AAL2',
      max_age: 3600,
      redirect_uri: 'https://notes.example/callback',
    });
  });

  it('gives an application without a state none back', async () => {
    const services = person({ state: undefined });
    services.server.on('POST /oauth/authorization', {
      ...code,
      redirect: 'https://notes.example/callback?code=c0&state=',
    });
    await advance(services);
    expect(services.server.sent.at(-1)?.body['state']).toBe('');
    expect(services.navigation.left).toEqual(['https://notes.example/callback?code=c0']);
  });

  it('does not ask the server how things stand when a sign-in has just told', async () => {
    const services = person();
    await advance(services, { state: { emailVerified: true, secondStepNeeded: false, sessionVerified: true } });
    expect(services.server.calls()).toEqual(['POST /oauth/authorization']);
  });

  it('asks for the code of a new address first, and remembers that it was sent', async () => {
    const services = person();
    const state = { emailVerified: false, secondStepNeeded: false, sessionVerified: false };
    await advance(services, { state, codeSent: true });
    expect(services.navigation.entries).toEqual([{ path: '/confirm_signup_code', state: { codeSent: true } }]);
  });

  it('asks for the second step of an account that has one, also in a session that was confirmed before it had', async () => {
    for (const sessionVerified of [true, false]) {
      const services = person();
      services.server.on('GET /session/status', sessionStatus({ meetsAal: false, sessionVerified }));
      await advance(services);
      expect(services.navigation.entries).toEqual([{ path: '/signin_totp_code', state: {} }]);
    }
  });

  it('asks for the code of a session that must be confirmed', async () => {
    const services = person();
    services.server.on('GET /session/status', sessionStatus({ sessionVerified: false, mustVerify: true }));
    await advance(services);
    expect(services.navigation.entries.at(-1)?.path).toBe('/signin_token_code');
  });

  it('takes a session for good that need not be confirmed, unless keys are wanted', async () => {
    const relaxed = sessionStatus({ sessionVerified: false, mustVerify: false });
    const services = person();
    services.server.on('GET /session/status', relaxed);
    await advance(services);
    expect(services.navigation.left).toEqual([redirect]);

    const withKeys = person({ keysJwk: 'some key' });
    withKeys.visit.prove(rosa.uid, { kB: new Uint8Array(32) });
    withKeys.server.on('GET /session/status', relaxed);
    await advance(withKeys);
    expect(withKeys.navigation.entries.at(-1)?.path).toBe('/signin_token_code');
  });

  it('asks a stranger’s permission once', async () => {
    const services = person({}, stranger);
    await advance(services);
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/authorization', state: { page: 'consent' } });
    services.visit.allow(rosa.uid);
    await advance(services);
    expect(services.navigation.left).toHaveLength(1);
  });

  it.each([
    ['prompt=login', { prompt: 'login' as const }],
    ['a sign-in longer ago than max_age', { maxAge: 30 }],
    ['max_age=0', { maxAge: 0 }],
    ['keys', { keysJwk: 'some key' }],
  ])('asks for the password for %s', async (_, more) => {
    const services = person(more);
    await advance(services);
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/oauth/signin', state: { email: rosa.email } });
  });

  it('does not ask for a password that was just proved', async () => {
    const services = person({ prompt: 'login', maxAge: 0 });
    services.visit.prove(rosa.uid);
    await advance(services);
    expect(services.navigation.left).toEqual([redirect]);
  });

  it('does not ask for a password that was proved within max_age', async () => {
    const services = person({ maxAge: NOW - rosa.authAt });
    await advance(services);
    expect(services.navigation.left).toEqual([redirect]);
  });

  it('lets somebody go on who is not the one that the link names, once they have said so', async () => {
    const services = person();
    const named = { ...services, flow: { ...services.flow, hint: 'bo@example.org' } };
    await advance(named);
    expect(services.navigation.left).toEqual([redirect]);
    services.visit.forget();
    await advance(named);
    expect(services.navigation.entries.at(-1)?.state.page).toBe('email');
  });

  it('takes somebody whose session has ended elsewhere back to the beginning, and tells them', async () => {
    const services = person();
    services.server.on('GET /session/status', refusal(110, 401));
    await advance(services);
    expect(services.accounts.get()).toBeUndefined();
    expect(services.visit.isAcknowledged(rosa.uid)).toBe(false);
    expect(services.navigation.entries.at(-1)?.state).toEqual({
      page: 'email',
      notice: { id: 'notice-signed-out-elsewhere' },
    });
  });

  it('leaves it to the page to tell that the server cannot be asked', async () => {
    const services = person();
    services.server.on('GET /session/status', offline);
    await expect(advance(services)).rejects.toMatchObject({ kind: 'network' });
    expect(services.accounts.get()).toEqual(rosa);
  });
});

describe('keys', () => {
  it('are sealed to the application alone', async () => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const kB = new Uint8Array(32).fill(7);
    const scope = 'https://identity.mozilla.com/apps/notes';
    const data = { identifier: scope, keyRotationSecret: '00'.repeat(32), keyRotationTimestamp: 1510726317123 };
    const services = person({ keysJwk, scope: [scope] });
    services.server.on('POST /account/scoped-key-data', { [scope]: data });
    services.visit.prove(rosa.uid, { kB });
    await advance(services);
    const sealed = String(services.server.sent.at(-1)?.body['keys_jwe']);
    expect(await openKeysJwe(privateKey, sealed)).toEqual({ [scope]: await deriveScopedKey(data, kB, rosa.uid) });
    expect(JSON.stringify(services.server.sent)).not.toContain(bytesToHex(kB));
  });
});

describe('a code that is refused', () => {
  it.each([
    ['an unconfirmed account', 104, '/confirm_signup_code'],
    ['an unconfirmed session', 138, '/signin_token_code'],
  ])('for %s leads to the proof', async (_, errno, path) => {
    const services = person();
    services.server.on('POST /oauth/authorization', refusal(errno));
    await advance(services);
    expect(services.navigation.entries.at(-1)?.path).toBe(path);
  });

  it('for a sign-in that the server finds too old leads to the password, once', async () => {
    const services = person({ maxAge: 3600 });
    services.server.on('POST /oauth/authorization', refusal(170));
    await advance(services);
    expect(services.navigation.entries.at(-1)?.path).toBe('/oauth/signin');
    services.visit.prove(rosa.uid);
    await advance(services);
    expect(services.navigation.left).toEqual([
      'https://notes.example/callback?error=unmet_authentication_requirements&state=the+state&iss=https%3A%2F%2Faccounts.example.org',
    ]);
  });

  it('for what the person took away from the application leads to the password, once', async () => {
    const services = person();
    services.server.on('POST /oauth/authorization', refusal(164));
    await advance(services);
    expect(services.navigation.entries.at(-1)?.path).toBe('/oauth/signin');
    services.visit.prove(rosa.uid);
    await advance(services);
    expect(services.navigation.left).toEqual([expect.stringContaining('error=login_required')]);
  });

  it.each([
    [163, 'invalid_scope'],
    [169, 'invalid_request'],
    [107, 'invalid_request'],
    [204, 'temporarily_unavailable'],
    [116, 'server_error'],
  ])('with errno %i tells the application %s', async (errno, error) => {
    const services = person();
    services.server.on('POST /oauth/authorization', refusal(errno, errno === 204 ? 503 : 400));
    await advance(services);
    expect(services.navigation.left).toEqual([
      `https://notes.example/callback?error=${error}&state=the+state&iss=https%3A%2F%2Faccounts.example.org`,
    ]);
  });

  it.each([
    ['the connection', offline, 'failure-unreachable'],
    ['the server', () => refusal(999, 500), 'failure-server'],
    ['its load', () => refusal(201, 503), 'failure-server'],
  ])('because of %s can be asked for again', async (_, answer, id) => {
    const services = person();
    services.server.on('POST /oauth/authorization', answer);
    await advance(services);
    expect(services.navigation.left).toEqual([]);
    expect(services.navigation.entries.at(-1)).toEqual({
      path: '/authorization',
      state: { page: 'finish', notice: { id } },
    });
  });

  it('stays on the page when the application wants no errors', async () => {
    const services = person();
    const oauth = oauthFlow();
    const quiet = { ...oauth, returnAddress: { ...oauth.returnAddress, takesErrors: false } };
    services.server.on('POST /oauth/authorization', refusal(163));
    await advance({ ...services, flow: { ...services.flow, oauth: quiet } });
    expect(services.navigation.left).toEqual([]);
    expect(services.navigation.entries.at(-1)?.state.notice).toEqual({
      id: 'failure-refused',
      args: { code: 'invalid_scope' },
    });
  });

  it('does not send anybody where the server should not have sent them', async () => {
    const services = person();
    services.server.on('POST /oauth/authorization', { ...code, redirect: 'javascript:alert(1)' });
    await advance(services);
    expect(services.navigation.left).toEqual([]);
  });
});
