import { deriveToken, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { introspect } from '../../src/oauth/introspect.js';
import { findSession } from '../../src/sessions/index.js';
import { hashTokenId } from '../../src/tokens/index.js';
import {
  createFixture,
  FENIX,
  type Fixture,
  fromHex,
  HOUR,
  MINUTE,
  pkce,
  REDIRECT,
  refusal,
  refusalOf,
  SECRET,
  tokenId,
  VERIFIER,
} from './fixture.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.close());

const isActive = async (token: string | undefined) =>
  (await introspect(fixture.context, { token: token ?? '' }, { clientId: undefined, clientSecret: undefined })).active;

describe('a code and its client’s secret', () => {
  test('give an access token of a day, with the time of the sign-in in seconds and no refresh token', async () => {
    const session = await fixture.person();
    const { clientId, code } = await fixture.code(session, { scope: 'profile:email' });
    const answer = await fixture.token({ client_id: clientId, client_secret: SECRET, code });
    expect(answer).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
      token_type: 'bearer',
      scope: 'profile:email',
      expires_in: 86_400,
      auth_at: Math.floor(session.authAt / 1000),
    });
  });

  test('give a refresh token when the authorization was offline, and the keys that went along', async () => {
    const { clientId, code } = await fixture.code(await fixture.person(), {
      access_type: 'offline',
      keys_jwe: 'h..iv.ct.tag',
    });
    const answer = await fixture.token({ client_id: clientId, client_secret: SECRET, code });
    expect(answer.refresh_token).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.keys_jwe).toBe('h..iv.ct.tag');
    const { db } = fixture.context.storage;
    const tables = JSON.stringify([
      await db.selectFrom('accessTokens').selectAll().execute(),
      await db.selectFrom('refreshTokens').selectAll().execute(),
    ]);
    expect(tables).not.toContain(answer.access_token);
    expect(tables).not.toContain(answer.refresh_token);
  });

  test.each([
    [60, 60],
    [0.5, 1],
    [1e9, 86_400],
  ])('a client that asks for %d seconds gets %d', async (ttl, expiresIn) => {
    const { clientId, code } = await fixture.code(await fixture.person());
    const answer = await fixture.token({ client_id: clientId, client_secret: SECRET, code, ttl });
    expect(answer.expires_in).toBe(expiresIn);
  });
});

describe('client authentication', () => {
  const redeem = async (secret: string | undefined, publicClient = false) => {
    const client_id = await fixture.client({ publicClient });
    const challenge = publicClient ? { ...(await pkce()) } : {};
    const { code } = await fixture.code(await fixture.person(), { client_id, ...challenge });
    return fixture.token({
      client_id,
      code,
      ...(secret !== undefined && { client_secret: secret }),
      ...(publicClient && { code_verifier: VERIFIER }),
    });
  };

  test('a missing secret, a wrong one and one of another shape are refused', async () => {
    expect((await refusalOf(redeem(undefined))).extra).toEqual({ validation: { keys: ['client_secret'] } });
    expect(await refusal(redeem('c1'.repeat(32)))).toBe('INCORRECT_CLIENT_SECRET');
    expect(await refusal(redeem('no hex'))).toBe('INCORRECT_CLIENT_SECRET');
  });

  test('the secret before the current one still works', async () => {
    const previous = 'ab'.repeat(32);
    const client_id = await fixture.client({ hashedSecretPrevious: tokenId(previous) });
    for (const client_secret of [previous, SECRET]) {
      const { code } = await fixture.code(await fixture.person(), { client_id });
      expect((await fixture.token({ client_id, client_secret, code })).token_type).toBe('bearer');
    }
  });

  test('a public client with a secret is refused', async () => {
    expect((await refusalOf(redeem(SECRET, true))).extra).toEqual({ validation: { keys: ['client_secret'] } });
    expect((await redeem(undefined, true)).token_type).toBe('bearer');
  });

  test('an unknown client, and none, are refused', async () => {
    expect(await refusal(fixture.token({ client_id: 'f'.repeat(16), code: 'ab'.repeat(32) }))).toBe('UNKNOWN_CLIENT');
    expect((await refusalOf(fixture.token({ code: 'ab'.repeat(32) }))).extra).toEqual({
      validation: { keys: ['client_id'] },
    });
  });
});

describe('the code', () => {
  test('that nobody made is unknown; none at all is an invalid request', async () => {
    const client_id = await fixture.client();
    const code = 'ab'.repeat(32);
    const error = await refusalOf(fixture.token({ client_id, client_secret: SECRET, code }));
    expect([error.definition.errno, error.extra]).toEqual([105, { requestCode: code }]);
    expect((await refusalOf(fixture.token({ client_id, client_secret: SECRET }))).extra).toEqual({
      validation: { keys: ['code'] },
    });
  });

  test('of another client is refused, and stays good for its own', async () => {
    const { clientId, code } = await fixture.code(await fixture.person());
    const thief = await fixture.client();
    const error = await refusalOf(fixture.token({ client_id: thief, client_secret: SECRET, code }));
    expect([error.definition.errno, error.extra]).toEqual([106, { requestCode: code, client: thief }]);
    expect((await fixture.token({ client_id: clientId, client_secret: SECRET, code })).token_type).toBe('bearer');
  });

  test('lives fifteen minutes and not a moment longer', async () => {
    const session = await fixture.person();
    const early = await fixture.code(session);
    const late = await fixture.code(session);
    const made = fixture.clock.now();
    fixture.clock.advance(15 * MINUTE - 1);
    await fixture.token({ client_id: early.clientId, client_secret: SECRET, code: early.code });
    fixture.clock.advance(1);
    const error = await refusalOf(fixture.token({ client_id: late.clientId, client_secret: SECRET, code: late.code }));
    expect([error.definition.errno, error.extra['expiredAt']]).toEqual([107, made + 15 * MINUTE]);
  });

  test('goes where it was sent: another redirect_uri is refused, the same one and none are not', async () => {
    const client_id = await fixture.client({ redirectUris: [REDIRECT, `${REDIRECT}/2`] });
    const redeem = async (redirect_uri: string | undefined) => {
      const { code } = await fixture.code(await fixture.person(), { client_id, redirect_uri: `${REDIRECT}/2` });
      return fixture.token({ client_id, client_secret: SECRET, code, redirect_uri });
    };
    const error = await refusalOf(redeem(REDIRECT));
    expect([error.definition.errno, error.extra]).toEqual([103, { redirectUri: REDIRECT }]);
    expect((await redeem(`${REDIRECT}/2`)).token_type).toBe('bearer');
    expect((await redeem(undefined)).token_type).toBe('bearer');
  });
});

describe('a second redemption', () => {
  test('is refused and revokes all that the first one led to, and nothing of another grant', async () => {
    const session = await fixture.person();
    const client_id = await fixture.client({ publicClient: true });
    const redeem = async (code: string) => fixture.token({ client_id, code, code_verifier: VERIFIER });
    const authorization = { client_id, access_type: 'offline', ...(await pkce()) } as const;
    const { code } = await fixture.code(session, authorization);
    const other = await redeem((await fixture.code(session, authorization)).code);
    const first = await redeem(code);
    const refreshed = await fixture.token({
      client_id,
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token ?? '',
    });
    expect(await isActive(refreshed.access_token)).toBe(true);

    expect(await refusal(redeem(code))).toBe('UNKNOWN_AUTHORIZATION_CODE');

    for (const token of [first.access_token, first.refresh_token, refreshed.access_token]) {
      expect(await isActive(token)).toBe(false);
    }
    expect(await isActive(other.access_token)).toBe(true);
    expect(await isActive(other.refresh_token)).toBe(true);
  });

  test('revokes even after the code’s fifteen minutes', async () => {
    const { clientId, code } = await fixture.code(await fixture.person());
    const { access_token } = await fixture.token({ client_id: clientId, client_secret: SECRET, code });
    fixture.clock.advance(HOUR);
    expect(await refusal(fixture.token({ client_id: clientId, client_secret: SECRET, code }))).toBe(
      'UNKNOWN_AUTHORIZATION_CODE',
    );
    expect(await isActive(access_token)).toBe(false);
  });

  test('by somebody who is not the client, or has no verifier, revokes nothing', async () => {
    const { clientId, code } = await fixture.code(await fixture.person(), await pkce());
    const good = { client_id: clientId, client_secret: SECRET, code, code_verifier: VERIFIER };
    const { access_token } = await fixture.token(good);
    expect(await refusal(fixture.token({ ...good, client_secret: 'ff'.repeat(32) }))).toBe('INCORRECT_CLIENT_SECRET');
    expect(await refusal(fixture.token({ ...good, client_id: await fixture.client() }))).toBe(
      'MISMATCH_AUTHORIZATION_CODE',
    );
    expect(await refusal(fixture.token({ ...good, code_verifier: VERIFIER.replace('v', 'w') }))).toBe(
      'INVALID_PKCE_CHALLENGE',
    );
    expect(await isActive(access_token)).toBe(true);
  });
});

describe('PKCE', () => {
  test.each([true, false])('binds the code of a client (public: %s) to its verifier', async (publicClient) => {
    const client_id = await fixture.client({ publicClient });
    const { code } = await fixture.code(await fixture.person(), { client_id, ...(await pkce()) });
    const request = { client_id, code, ...(!publicClient && { client_secret: SECRET }) };
    expect((await refusalOf(fixture.token(request))).definition.errno).toBe(118);
    const wrong = VERIFIER.replace('v', 'w');
    expect((await refusalOf(fixture.token({ ...request, code_verifier: wrong }))).definition.errno).toBe(117);
    expect((await fixture.token({ ...request, code_verifier: VERIFIER })).token_type).toBe('bearer');
  });

  test('a verifier for a code without a challenge is refused: the challenge was taken off on the way', async () => {
    const { clientId, code } = await fixture.code(await fixture.person());
    const error = await refusalOf(
      fixture.token({ client_id: clientId, client_secret: SECRET, code, code_verifier: VERIFIER }),
    );
    expect(error.definition.errno).toBe(117);
  });
});

describe('the scope tokens/session', () => {
  const authorization = async () => ({ client_id: FENIX, scope: `profile ${SCOPE_SESSION_TOKEN}`, ...(await pkce()) });
  const session = async (tokenIdHex: string) => findSession(fixture.context.storage.db, hashTokenId(tokenIdHex));

  test('gives a new session at /oauth/token, which is as verified as the one that authorised', async () => {
    const authorising = await fixture.person({ tokenVerified: false });
    fixture.clock.advance(MINUTE);
    const { code } = await fixture.code(authorising, await authorization());
    const answer = await fixture.oauthToken({ client_id: FENIX, code, code_verifier: VERIFIER });
    expect(answer).not.toHaveProperty('session_token_id');
    const { tokenId } = await deriveToken('sessionToken', fromHex(answer.session_token ?? ''));
    const created = await session(tokenId);
    expect(created).toMatchObject({
      uid: authorising.uid,
      tokenVerified: false,
      mustVerify: false,
      authAt: authorising.authAt,
      amr: ['pwd'],
    });
    expect(created?.tokenHash).not.toEqual(authorising.tokenHash);
  });

  test('names the new session at /token', async () => {
    const authorising = await fixture.person();
    const { code } = await fixture.code(authorising, await authorization());
    const answer = await fixture.token({ client_id: FENIX, code, code_verifier: VERIFIER });
    expect(answer).not.toHaveProperty('session_token');
    expect(await session(answer.session_token_id ?? '')).toMatchObject({ uid: authorising.uid, tokenVerified: true });
  });

  test('makes the code worthless when the session that authorised it is gone; other codes do not care', async () => {
    const authorising = await fixture.person();
    const withSession = await fixture.code(authorising, await authorization());
    const without = await fixture.code(authorising);
    await fixture.context.storage.db.deleteFrom('sessions').where('uid', '=', fromHex(authorising.uid)).execute();
    expect(
      await refusal(fixture.oauthToken({ client_id: FENIX, code: withSession.code, code_verifier: VERIFIER })),
    ).toBe('UNKNOWN_AUTHORIZATION_CODE');
    expect(
      (await fixture.token({ client_id: without.clientId, client_secret: SECRET, code: without.code })).token_type,
    ).toBe('bearer');
  });
});

test('a client that was removed a moment ago gets nothing for its code, though others still remember it', async () => {
  const { clientId, code } = await fixture.code(await fixture.person());
  await fixture.context.storage.db.deleteFrom('oauthClients').where('id', '=', clientId).execute();
  expect(await refusal(fixture.token({ client_id: clientId, client_secret: SECRET, code }))).toBe('UNKNOWN_CLIENT');
});

test('a grant that the endpoint does not know is refused; /oauth/token falls back on what the body holds', async () => {
  const grant = (grant_type: string) => fixture.token({ grant_type: grant_type as 'refresh_token' });
  for (const name of ['fxa-credentials', 'password', 'constructor', '__proto__']) {
    expect(await refusal(grant(name))).toBe('INVALID_GRANT_TYPE');
  }
  const session = await fixture.person();
  const direct = await fixture.oauthToken({ client_id: FENIX, scope: SCOPE_OLDSYNC }, session);
  expect(direct.scope).toBe(SCOPE_OLDSYNC);
  const { code } = await fixture.code(session, { client_id: FENIX, ...(await pkce()) });
  expect((await fixture.oauthToken({ client_id: FENIX, code, code_verifier: VERIFIER })).scope).toBe('profile');
});
