import { SCOPE_OLDSYNC, SCOPE_RELAY } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createFixture,
  FENIX,
  FIREFOX,
  type Fixture,
  PUBLIC_URL,
  pkce,
  refusal,
  refusalOf,
  THUNDERBIRD,
  tokenId,
} from './fixture.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.close());

const storedCode = async (code: string) => {
  const rows = await fixture.context.storage.db.selectFrom('oauthCodes').selectAll().execute();
  return rows.find((row) => Buffer.from(row.codeHash).toString('hex') === tokenId(code));
};

test('the code is 64 hex digits; the database has only its hash, with what the request and the session said', async () => {
  const session = await fixture.person({ verificationMethod: 2 });
  const challenge = await pkce();
  const { code, scope } = await fixture.authorize(session, {
    scope: `profile ${SCOPE_OLDSYNC} profile`,
    access_type: 'offline',
    keys_jwe: 'h..iv.ct.tag',
    nonce: 'n-0S6_WzA2Mj',
    ...challenge,
  });
  expect(code).toMatch(/^[0-9a-f]{64}$/);
  expect(scope).toBe(`profile ${SCOPE_OLDSYNC}`);
  expect(await storedCode(code)).toMatchObject({
    clientId: FENIX,
    scope,
    authAt: session.authAt,
    amr: 'pwd otp',
    aal: 2,
    offline: 1,
    codeChallenge: challenge.code_challenge,
    keysJwe: 'h..iv.ct.tag',
    nonce: 'n-0S6_WzA2Mj',
    redirectUri: `${PUBLIC_URL}/oauth/success/${FENIX}`,
    createdAt: fixture.clock.now(),
    redeemedAt: null,
  });
  const everything = JSON.stringify(await fixture.context.storage.db.selectFrom('oauthCodes').selectAll().execute());
  expect(everything).not.toContain(code);
});

describe('a scope that is percent-encoded', () => {
  const encoded = encodeURIComponent(SCOPE_OLDSYNC);

  test.each([encoded, encoded.toLowerCase()])('is the one that it stands for: %s', async (value) => {
    const asked = { scope: `profile ${value}`, ...(await pkce()) };
    const { code, scope } = await fixture.authorize(await fixture.person(), asked);
    expect(scope).toBe(`profile ${SCOPE_OLDSYNC}`);
    expect(await storedCode(code)).toMatchObject({ scope });
  });

  test.each([encodeURIComponent(encoded), 'https%3A%2F%2Fidentity.mozilla.com%2Fapps%E0%A4', 'profile%3Awrite'])(
    'but neither twice, nor broken, nor where it is no URL: %s',
    async (scope) => {
      const session = await fixture.person();
      expect(await refusal(fixture.authorize(session, { scope }))).toBe('INVALID_PARAMETER');
    },
  );
});

describe('the redirect', () => {
  test('keeps the query of the registered URI and carries the state unchanged', async () => {
    const clientId = await fixture.client({ redirectUris: ['https://app.example.com/cb?tenant=1%202'] });
    const answer = await fixture.authorize(await fixture.person(), {
      client_id: clientId,
      scope: 'profile',
      state: 'a b&c=d#é',
    });
    expect(answer.redirect.startsWith('https://app.example.com/cb?tenant=1%202&code=')).toBe(true);
    const query = new URL(answer.redirect).searchParams;
    expect([query.get('code'), query.get('state')]).toEqual([answer.code, 'a b&c=d#é']);
    expect(query.get('iss')).toBe(PUBLIC_URL);
    expect(answer.state).toBe('a b&c=d#é');
  });

  test('of a browser that listens on its own channel is a urn with a query', async () => {
    const answer = await fixture.authorize(await fixture.person(), {
      client_id: FIREFOX,
      scope: 'profile',
      state: 's',
      ...(await pkce()),
    });
    expect(answer.redirect).toBe(
      `urn:ietf:wg:oauth:2.0:oob:oauth-redirect-webchannel?code=${answer.code}&state=s&iss=${encodeURIComponent(PUBLIC_URL)}`,
    );
  });
});

describe('scope by service', () => {
  const ask = async (body: Parameters<Fixture['authorize']>[1]) =>
    fixture.authorize(await fixture.person(), { ...(await pkce()), ...body });

  test('a browser may name a service instead of a scope', async () => {
    expect((await ask({ service: 'sync' })).scope).toBe(SCOPE_OLDSYNC);
    expect((await ask({ service: 'sync', keys_jwe: 'h..i.c.t' })).scope).toBe(SCOPE_OLDSYNC);
  });

  test('a service that the client has no permission for is refused as its scope', async () => {
    expect((await refusalOf(ask({ client_id: THUNDERBIRD, service: 'relay' }))).extra).toEqual({
      invalidScopes: SCOPE_RELAY,
    });
  });

  test('an unknown service, and no scope from anybody else, are invalid parameters', async () => {
    expect((await refusalOf(ask({ service: 'constructor' }))).extra).toEqual({ validation: { keys: ['service'] } });
    expect((await refusalOf(ask({}))).extra).toEqual({ validation: { keys: ['service'] } });
    const clientId = await fixture.client();
    expect((await refusalOf(ask({ client_id: clientId, service: 'sync' }))).extra).toEqual({
      validation: { keys: ['scope'] },
    });
  });
});

test('an unverified account comes before an unknown client, and that before an invalid scope', async () => {
  const unknown = { client_id: 'ffffffffffffffff', scope: 'a b:' };
  expect(await refusal(fixture.authorize(await fixture.person({ emailVerified: false }), unknown))).toBe(
    'UNVERIFIED_ACCOUNT',
  );
  const error = await refusalOf(fixture.authorize(await fixture.person(), unknown));
  expect([error.definition.name, error.extra]).toEqual(['UNKNOWN_CLIENT', { clientId: 'ffffffffffffffff' }]);
  expect((await refusalOf(fixture.authorize(await fixture.person(), { scope: 'a b:' }))).extra).toEqual({
    validation: { keys: ['scope'] },
  });
});

test('what is refused leaves no code behind', async () => {
  const session = await fixture.person();
  await refusal(fixture.authorize(session, { scope: 'profile' }));
  const codes = await fixture.context.storage.db.selectFrom('oauthCodes').select('uid').execute();
  expect(codes.map(({ uid }) => Buffer.from(uid).toString('hex'))).not.toContain(session.uid);
});

test('the id of a client may be written in either case', async () => {
  const answer = await fixture.authorize(await fixture.person(), {
    client_id: FENIX.toUpperCase(),
    scope: 'profile',
    ...(await pkce()),
  });
  expect(await storedCode(answer.code)).toMatchObject({ clientId: FENIX });
});
