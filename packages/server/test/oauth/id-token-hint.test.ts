import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyIdToken } from '../../src/oauth/verify-id-token.js';
import { createFixture, FIREFOX, type Fixture, MINUTE, PUBLIC_URL, refusal, refusalOf, SECRET } from './fixture.js';

let fixture: Fixture;
let clientId: string;
let uid: string;
beforeAll(async () => {
  fixture = await createFixture();
  clientId = await fixture.client();
});
afterAll(() => fixture.close());

async function idToken(): Promise<string> {
  const session = await fixture.person();
  uid = session.uid;
  const { code } = await fixture.code(session, { client_id: clientId, scope: 'openid' });
  return (await fixture.token({ client_id: clientId, client_secret: SECRET, code })).id_token ?? '';
}
const verify = (id_token: string, more: object = {}) =>
  verifyIdToken(fixture.context, { client_id: clientId, id_token, ...more });

test('an ID token that this server made for the client is told', async () => {
  const token = await idToken();
  expect(await verify(token)).toMatchObject({ iss: PUBLIC_URL, sub: uid, aud: clientId });
  expect(await verify(token, { client_id: clientId.toUpperCase() })).toMatchObject({ sub: uid });
});

test('one of another client, and what is none, are refused as an invalid token: 400, errno 108', async () => {
  const token = await idToken();
  const session = await fixture.person();
  const access = { client_id: FIREFOX, grant_type: 'fxa-credentials', scope: 'profile', ttl: 60 } as const;
  const { access_token } = await fixture.oauthToken(access, session);
  expect(await refusal(verify(token, { client_id: FIREFOX }))).toBe('INVALID_TOKEN');
  for (const text of [access_token, `${token}x`, 'a.b.c', 'x'])
    expect(await refusal(verify(text))).toBe('INVALID_TOKEN');
  expect((await refusalOf(verify('x'))).definition).toMatchObject({ status: 400, errno: 108 });
});

test('an expired one is refused, unless the grace period reaches so far', async () => {
  const token = await idToken();
  fixture.clock.advance(5 * MINUTE - 1000);
  expect(await verify(token)).toMatchObject({ sub: uid });
  fixture.clock.advance(1000);
  expect(await refusal(verify(token))).toBe('INVALID_TOKEN');
  expect(await verify(token, { expiry_grace_period: 1 })).toMatchObject({ sub: uid });
  fixture.clock.advance(MINUTE);
  expect(await refusal(verify(token, { expiry_grace_period: 60 }))).toBe('INVALID_TOKEN');
});

test('one that would live longer than ours do, or is another server’s, is refused though our key signed it', async () => {
  const { signingKeys, clock } = fixture.context;
  const now = Math.floor(clock.now() / 1000);
  const claims = { iss: PUBLIC_URL, sub: 'ab'.repeat(16), aud: clientId, iat: now, exp: now + 300 };
  expect(await verify(await signingKeys.sign('JWT', claims))).toMatchObject({ sub: claims.sub });
  for (const wrong of [{ exp: now + 301 }, { iss: 'https://old.example.com' }, { aud: [] }, { sub: 5 }]) {
    expect(await refusal(verify(await signingKeys.sign('JWT', { ...claims, ...wrong })))).toBe('INVALID_TOKEN');
  }
  const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
  expect(await refusal(verify(forged))).toBe('INVALID_TOKEN');
});
