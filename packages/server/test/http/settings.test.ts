import {
  accountCreate,
  accountEmailBounceStatus,
  accountEmails,
  accountGet,
  accountLocale,
  accountLogin,
  accountMetricsOpt,
  accountProfile,
  accountSessions,
  oauthEndpoints,
  recoveryEmailCreate,
  recoveryEmailSecondaryVerifyCode,
  securityEvents,
  sessionDestroy,
  sessionStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authPWOf, confirm, signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

/** The pages of Firefox's account settings: may have a token for a profile without a code. */
const SETTINGS_CLIENT = '98e6508e88680e1a';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

type Token = readonly ['sessionToken', string];

async function person(email: string): Promise<{ uid: string; token: Token }> {
  const { uid, sessionToken } = await signUp(server, email);
  return { uid, token: ['sessionToken', sessionToken] };
}

async function accessTokenFor(token: Token, scope: string): Promise<string> {
  const body = { client_id: SETTINGS_CLIENT, grant_type: 'fxa-credentials' as const, scope };
  return (await server.ok(oauthEndpoints.oauthToken, { token, body })).access_token;
}

test('GET /account shows the settings of an account in one answer', async () => {
  const before = server.clock.now();
  const { token } = await person('settings@example.com');
  const answer = await server.ok(accountGet, { token });
  expect(answer).toMatchObject({
    createdAt: before,
    passwordCreatedAt: before,
    metricsOptOutAt: null,
    hasPassword: true,
    emails: [{ email: 'settings@example.com', isPrimary: true, verified: true }],
    linkedAccounts: [],
    totp: { exists: false, verified: false },
    backupCodes: { hasBackupCodes: false, count: 0 },
    recoveryKey: { exists: false },
    recoveryPhone: { exists: false, phoneNumber: null, available: false },
    passkeys: [],
    subscriptions: [],
  });
  expect(answer.securityEvents).toEqual(await server.ok(securityEvents, { token }));
  expect(answer.securityEvents.map(({ name }) => name)).toContain('account.create');
});

describe('GET /account/profile', () => {
  test('tells a session everything', async () => {
    const { token } = await person('profile@example.com');
    const second = 'profile-2@example.com';
    await server.ok(recoveryEmailCreate, { token, body: { email: second } });
    const code = (await server.mail(second)).headers['x-verify-short-code'] ?? '';
    await server.ok(recoveryEmailSecondaryVerifyCode, { token, body: { email: second, code } });
    expect(await server.ok(accountProfile, { token })).toEqual({
      email: 'profile@example.com',
      additionalEmails: [second],
      locale: '*',
      authenticationMethods: ['pwd', 'email'],
      authenticatorAssuranceLevel: 1,
      accountDisabledAt: null,
      accountLockedAt: null,
      keysChangedAt: server.clock.now(),
      profileChangedAt: server.clock.now(),
      metricsEnabled: true,
    });
  });

  test.each([
    ['profile:email', ['email']],
    ['profile:locale', ['locale']],
    ['profile:amr', ['authenticationMethods', 'authenticatorAssuranceLevel']],
    ['profile:additionalEmails', ['additionalEmails']],
    ['profile:account_locked_at profile:account_disabled_at', ['accountDisabledAt', 'accountLockedAt']],
    ['profile:keys_changed_at', ['keysChangedAt']],
  ])('tells an access token for %s that and no more', async (scope, members) => {
    const { token } = await person(`${scope.replaceAll(/\W/g, '-')}@example.com`);
    const authorization = `Bearer ${await accessTokenFor(token, scope)}`;
    const answer = await server.ok(accountProfile, { headers: { authorization } });
    expect(Object.keys(answer).sort()).toEqual([...members, 'metricsEnabled', 'profileChangedAt'].sort());
  });

  test('tells an access token for something else nothing, and a made-up one that it is unknown (110)', async () => {
    const { token } = await person('elsewhere@example.com');
    const authorization = `Bearer ${await accessTokenFor(token, 'profile:uid')}`;
    expect(await server.ok(accountProfile, { headers: { authorization } })).toEqual({});
    const madeUp = { authorization: `Bearer ${'ab'.repeat(32)}` };
    const error = await server.fails(accountProfile, { headers: madeUp });
    expect(error).toMatchObject({ code: 401, errno: 110, detail: 'Token not found' });
  });
});

test('metrics can be refused and allowed; every answer that tells follows', async () => {
  const { token } = await person('metrics@example.com');
  server.clock.advance(1000);
  await server.ok(accountMetricsOpt, { token, body: { state: 'out' } });
  const refusedAt = server.clock.now();
  expect(await server.ok(accountGet, { token })).toMatchObject({ metricsOptOutAt: refusedAt });
  const profile = await server.ok(accountProfile, { token });
  expect(profile).toMatchObject({ metricsEnabled: false, profileChangedAt: refusedAt });
  expect(await signIn(server, 'metrics@example.com')).toMatchObject({ metricsEnabled: false });
  await server.ok(accountMetricsOpt, { token, body: { state: 'in' } });
  expect(await server.ok(accountGet, { token })).toMatchObject({ metricsOptOutAt: null });
  const error = await server.fails(accountMetricsOpt, { token, body: { state: 'maybe' as 'in' } });
  expect(error).toMatchObject({ errno: 107, validation: { keys: ['state'] } });
});

test('the language of mails is that of sign-up until another is chosen, whoever causes them', async () => {
  const email = 'reader@example.com';
  const asks = (languages: string) => ({ headers: { 'accept-language': languages } });
  const body = { email, authPW: await authPWOf(email), verificationMethod: 'email-otp' as const };
  const { sessionToken } = await server.ok(accountCreate, { body, ...asks('ar') });
  const token = ['sessionToken', sessionToken] as const;
  await confirm(server, email, sessionToken);
  const languageOfNotice = async () => {
    await server.ok(accountLogin, { body, ...asks('en, ar;q=0.5') });
    return (await server.mail(email)).headers['content-language'];
  };
  expect(await languageOfNotice()).toBe('ar');
  server.clock.advance(1000);
  await server.ok(accountLocale, { token, body: { locale: 'en-GB, ar;q=0.5' } });
  const profile = await server.ok(accountProfile, { token });
  expect(profile).toMatchObject({ locale: 'en-GB, ar;q=0.5', profileChangedAt: server.clock.now() });
  expect(await languageOfNotice()).toBe('en');
  await server.ok(accountLocale, { token, body: { locale: 'ar' } });
  expect(await languageOfNotice()).toBe('ar');
});

test.each([
  ['of 255 characters is taken', 'a'.repeat(255), true],
  ['of 256 characters is not', 'a'.repeat(256), false],
  ['that is empty is not', '', false],
  ['with a line break is not', 'en\nX-Injected: 1', false],
])('a list of languages %s', async (_, locale, isTaken) => {
  const { token } = await person(`languages${locale.length}@example.com`);
  if (isTaken) await server.ok(accountLocale, { token, body: { locale } });
  else expect(await server.fails(accountLocale, { token, body: { locale } })).toMatchObject({ errno: 107 });
});

test('email_bounce_status tells of addresses that mail comes back from', async () => {
  const email = 'Bouncing@example.com';
  expect(await server.ok(accountEmailBounceStatus, { body: { email } })).toEqual({ hasHardBounce: false });
  await server.server.context.storage.db
    .insertInto('bounces')
    .values({ normalizedEmail: 'bouncing@example.com', kind: 'hard', bouncedAt: server.clock.now() })
    .execute();
  expect(await server.ok(accountEmailBounceStatus, { body: { email } })).toEqual({ hasHardBounce: true });
});

test('account/emails gives the address that salts the password as it was typed', async () => {
  const { token } = await person('AsTyped@Example.com');
  expect(await server.ok(accountEmails, { token })).toEqual({
    originalEmail: 'AsTyped@Example.com',
    primaryEmail: 'AsTyped@Example.com',
  });
});

describe('securityEvents', () => {
  test('are those of this account, newest first, with what they proved', async () => {
    const email = 'events@example.com';
    const { token } = await person(email);
    await person('other-events@example.com');
    server.clock.advance(1000);
    await server.fails(accountLogin, { body: { email, authPW: '0'.repeat(64) } });
    server.clock.advance(1000);
    const now = server.clock.now();
    await signIn(server, email);
    expect(await server.ok(securityEvents, { token })).toEqual([
      { name: 'account.login', createdAt: now, verified: true },
      { name: 'account.login.failure', createdAt: now - 1000, verified: false },
      { name: 'account.create', createdAt: now - 2000, verified: true },
    ]);
  });

  test('are shown up to a number', async () => {
    const email = 'noisy@example.com';
    const { uid, token } = await person(email);
    const { storage, random } = server.server.context;
    const rows = Array.from({ length: 300 }, (_, index) => ({
      uid: Buffer.from(uid, 'hex'),
      id: random.bytes(16),
      name: 'account.login.failure',
      ipHash: new Uint8Array(32),
      verified: 0,
      createdAt: server.clock.now() + index,
    }));
    await storage.db.insertInto('securityEvents').values(rows).execute();
    const shown = await server.ok(securityEvents, { token });
    expect(shown).toHaveLength(200);
    expect(shown[0]?.createdAt).toBe(server.clock.now() + 299);
  });
});

test('account/sessions lists the own living sessions; their ids end them and are no credentials', async () => {
  const email = 'sessions@example.com';
  const { token } = await person(email);
  server.clock.advance(60_000);
  const headers = {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  };
  const body = { email, authPW: await authPWOf(email) };
  const second = await server.ok(accountLogin, { headers, body });
  const list = await server.ok(accountSessions, { token });
  expect(list).toHaveLength(2);
  expect(list[0]).toMatchObject({ userAgent: 'Firefox 128', os: 'Linux', isCurrentDevice: false, isDevice: false });
  expect(list[1]).toMatchObject({ isCurrentDevice: true, createdTime: server.clock.now() - 60_000 });

  const id = list[0]?.id ?? '';
  const asBearer = await server.call(sessionStatus, { headers: { authorization: `Bearer fxs_${id}` } });
  expect(asBearer.status).toBe(401);
  const stranger = await person('session-stranger@example.com');
  const foreign = { token: stranger.token, body: { customSessionToken: id } };
  expect(await server.fails(sessionDestroy, foreign)).toMatchObject({ errno: 110 });
  await server.ok(sessionDestroy, { token, body: { customSessionToken: id } });
  const ended = { token: ['sessionToken', second.sessionToken] as const };
  expect(await server.fails(sessionStatus, ended)).toMatchObject({ errno: 110 });
  expect(await server.ok(accountSessions, { token })).toHaveLength(1);

  server.clock.advance(27 * 24 * 60 * 60 * 1000);
  const third = await signIn(server, email);
  server.clock.advance(2 * 24 * 60 * 60 * 1000);
  expect(await server.ok(accountSessions, { token: ['sessionToken', third.sessionToken] })).toHaveLength(1);
});
