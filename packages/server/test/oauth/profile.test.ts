import { SCOPE_OLDSYNC } from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAccessToken } from '../../src/oauth/index.js';
import { readProfile } from '../../src/profile/index.js';
import type { Session } from '../../src/sessions/index.js';
import { createFixture, FENIX, type Fixture, fromHex, PUBLIC_URL, refusal } from './fixture.js';

let fixture: Fixture;
let session: Session;
beforeAll(async () => {
  fixture = await createFixture();
  session = await fixture.person();
});
afterAll(() => fixture.close());

const profile = async (scope: string, of = session) => {
  const { access_token } = await fixture.oauthToken({ client_id: FENIX, scope }, of);
  return (await readProfile(fixture.context, await verifyAccessToken(fixture.context, access_token))).content;
};

test('each scope shows its members and no other', async () => {
  const { uid, email } = session;
  const initial = (email[0] ?? '').toUpperCase();
  expect(await profile('openid')).toEqual({ sub: uid });
  expect(await profile('email')).toEqual({ email });
  expect(await profile('profile:email')).toEqual({ email });
  expect(await profile('profile:uid')).toEqual({ uid });
  expect(await profile('profile:locale')).toEqual({ locale: 'de-AT' });
  expect(await profile('profile:amr')).toEqual({ amrValues: ['pwd', 'email'], twoFactorAuthentication: false });
  expect(await profile('profile:avatar')).toEqual({
    avatar: `${PUBLIC_URL}/v1/avatar/${initial}`,
    avatarDefault: true,
  });
  expect(await profile('profile:account_locked_at')).toEqual({ accountLockedAt: null });
  expect(await profile('profile:display_name')).toEqual({});
  expect(await profile('openid email')).toEqual({ sub: uid, email });
  expect(await profile(`profile:uid ${SCOPE_OLDSYNC}`)).toEqual({ uid });
});

test('the whole profile has what the Rust client needs, and no sub without openid', async () => {
  const whole = await profile('profile');
  expect(whole).toMatchObject({
    uid: session.uid,
    email: session.email,
    avatar: expect.any(String),
    avatarDefault: true,
    metricsEnabled: true,
  });
  expect(whole).not.toHaveProperty('sub');
});

test('a permission to change something lets see it', async () => {
  expect(await profile('profile:email:write')).toEqual({ email: session.email });
});

test.each([SCOPE_OLDSYNC, 'clients', 'emails', 'openid:x', ''])(
  'a token for %s has nothing to do with profiles',
  async (scope) => {
    expect(await refusal(profile(scope))).toBe('FORBIDDEN');
  },
);

test('of an account that is gone there is no profile', async () => {
  const gone = await fixture.person();
  const { access_token } = await fixture.oauthToken({ client_id: FENIX, scope: 'profile' }, gone);
  const token = await verifyAccessToken(fixture.context, access_token);
  await fixture.context.storage.db.deleteFrom('accounts').where('uid', '=', fromHex(gone.uid)).execute();
  expect(await refusal(readProfile(fixture.context, token))).toBe('UNAUTHORIZED');
});
