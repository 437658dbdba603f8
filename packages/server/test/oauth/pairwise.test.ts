import { derivePpid, SCOPE_OLDSYNC } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeAccessToken } from '../../src/oauth/describe-access-token.js';
import { forgetClients } from '../../src/oauth/find-client.js';
import { verifyAccessToken } from '../../src/oauth/index.js';
import { introspect } from '../../src/oauth/introspect.js';
import { wellKnownClients } from '../../src/oauth/seeds.js';
import { putClient } from '../../src/oauth/store/clients.js';
import { readProfile } from '../../src/profile/read-profile.js';
import type { Session } from '../../src/sessions/index.js';
import { claimsOf, createFixture, FIREFOX, type Fixture, PUBLIC_URL, refusal, SECRET } from './fixture.js';

// Names for people that no other client has: OpenID Connect Core §8.1, oauth-devices §1.10.

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.close());

async function tokensOf(session: Session, client_id: string, more: object = {}) {
  const { code } = await fixture.code(session, { client_id, scope: 'openid email', access_type: 'offline' });
  return fixture.token({ client_id, client_secret: SECRET, code, ...more });
}
const nobody = (clientId: string) => ({ clientId, clientSecret: SECRET });

test('the ID token, userinfo and introspection say the same name, which is another one for every client', async () => {
  const session = await fixture.person();
  const [one, other] = [await fixture.client({ pairwise: true }), await fixture.client({ pairwise: true })];
  const { secret } = fixture.context;
  const name = (clientId: string, ppidSeed = 0) =>
    derivePpid({ clientId, uid: session.uid, ppidSeed, rotation: 0 }, secret);
  const tokens = await tokensOf(session, one);
  const sub = claimsOf(tokens.id_token)['sub'];
  expect(sub).toBe(await name(one));
  expect([sub, claimsOf((await tokensOf(session, other)).id_token)['sub']]).not.toContain(session.uid);
  expect(claimsOf((await tokensOf(session, other)).id_token)['sub']).not.toBe(sub);
  const token = await verifyAccessToken(fixture.context, tokens.access_token);
  expect((await readProfile(fixture.context, token)).content).toEqual({ sub, email: session.email });
  for (const text of [tokens.access_token, tokens.refresh_token ?? '']) {
    expect(await introspect(fixture.context, { token: text }, nobody(one))).toMatchObject({ active: true, sub });
  }
  expect(claimsOf((await tokensOf(session, one, { ppid_seed: 7 })).id_token)['sub']).toBe(await name(one, 7));
});

test('other clients get the uid', async () => {
  const session = await fixture.person();
  expect(claimsOf((await tokensOf(session, await fixture.client())).id_token)['sub']).toBe(session.uid);
});

test('a name of the client’s choosing does not go with the profile', async () => {
  const client_id = await fixture.client({ pairwise: true });
  const { code } = await fixture.code(await fixture.person(), { client_id, scope: 'profile:email' });
  expect(await refusal(fixture.token({ client_id, client_secret: SECRET, code, ppid_seed: 1 }))).toBe(
    'PPID_WITH_PROFILE_SCOPE',
  );
});

describe('a JWT', () => {
  test('has the name, and this server still knows whose it is, until it is revoked', async () => {
    const own = await createFixture();
    const firefox = wellKnownClients(PUBLIC_URL).find(({ id }) => id === FIREFOX);
    if (firefox === undefined) throw new Error('no Firefox');
    await putClient(own.context.storage.db, { ...firefox, pairwise: true }, 'seed', 0);
    forgetClients(own.context.storage);
    const session = await own.person();
    const body = { client_id: FIREFOX, grant_type: 'fxa-credentials', scope: SCOPE_OLDSYNC, ttl: 60 } as const;
    const { access_token } = await own.oauthToken(body, session);
    expect(claimsOf(access_token)['sub']).not.toBe(session.uid);
    expect(await describeAccessToken(own.context, access_token)).toMatchObject({ user: session.uid });
    await own.context.storage.db.deleteFrom('accessTokens').execute();
    expect(await refusal(describeAccessToken(own.context, access_token))).toBe('INVALID_TOKEN');
    await own.close();
  });
});
