import { SCOPE_NOTES, SCOPE_OLDSYNC } from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { revokeToken } from '../../src/oauth/destroy.js';
import { introspect } from '../../src/oauth/introspect.js';
import { createFixture, FENIX, type Fixture, refusal, refusalOf, SECRET } from './fixture.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.close());

const grant = { grant_type: 'fxa-credentials', client_id: FENIX } as const;

test('a session gives tokens directly to a client that may grant', async () => {
  const session = await fixture.person();
  const online = await fixture.oauthToken({ ...grant, scope: SCOPE_OLDSYNC }, session);
  expect(online).toEqual({
    access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
    token_type: 'bearer',
    scope: SCOPE_OLDSYNC,
    expires_in: 86_400,
    auth_at: Math.floor(session.authAt / 1000),
  });
  const offline = await fixture.oauthToken({ ...grant, scope: 'profile', access_type: 'offline' }, session);
  expect(offline.refresh_token).toMatch(/^[0-9a-f]{64}$/);
});

test('without a scope the tokens have none', async () => {
  expect((await fixture.oauthToken(grant, await fixture.person())).scope).toBe('');
});

test('without a session it is refused as such', async () => {
  expect((await refusalOf(fixture.oauthToken({ ...grant, scope: 'profile' }))).definition).toMatchObject({
    errno: 110,
    status: 401,
  });
});

test('a client that may not grant, or keeps a secret, is refused', async () => {
  const session = await fixture.person();
  const scope = 'profile';
  const codeOnly = await fixture.client({ publicClient: true });
  expect(await refusal(fixture.oauthToken({ ...grant, client_id: codeOnly, scope }, session))).toBe(
    'INVALID_GRANT_TYPE',
  );
  const secret = await fixture.client({ canGrant: true });
  expect(
    await refusal(fixture.oauthToken({ ...grant, client_id: secret, client_secret: SECRET, scope }, session)),
  ).toBe('NOT_PUBLIC_CLIENT');
  expect((await refusalOf(fixture.oauthToken({ ...grant, client_secret: SECRET, scope }, session))).extra).toEqual({
    validation: { keys: ['client_secret'] },
  });
});

test('the rules of an authorization apply', async () => {
  const ask = async (options: Parameters<Fixture['person']>[0], scope: string) =>
    refusal(fixture.oauthToken({ ...grant, scope }, await fixture.person(options)));
  expect(await ask({ emailVerified: false }, 'profile')).toBe('UNVERIFIED_ACCOUNT');
  expect(await ask({ tokenVerified: false, mustVerify: true }, 'profile')).toBe('UNVERIFIED_SESSION');
  expect(await ask({ tokenVerified: false }, SCOPE_OLDSYNC)).toBe('UNVERIFIED_SESSION');
  expect(await ask({}, SCOPE_NOTES)).toBe('INVALID_SCOPES');
});

test('revoking its refresh token takes along the access tokens that came with it and from it', async () => {
  const session = await fixture.person();
  const none = { clientId: undefined, clientSecret: undefined };
  const first = await fixture.oauthToken({ ...grant, scope: 'profile', access_type: 'offline' }, session);
  const other = await fixture.oauthToken({ ...grant, scope: 'profile', access_type: 'offline' }, session);
  const refresh_token = first.refresh_token ?? '';
  const refreshed = await fixture.token({ grant_type: 'refresh_token', client_id: FENIX, refresh_token });
  await revokeToken(fixture.context, { token: refresh_token }, { clientId: FENIX, clientSecret: undefined });
  const active = async (token: string) => (await introspect(fixture.context, { token }, none)).active;
  expect(await Promise.all([first.access_token, refreshed.access_token, other.access_token].map(active))).toEqual([
    false,
    false,
    true,
  ]);
});
