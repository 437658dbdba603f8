import { SCOPE_OLDSYNC } from '@foxden/protocol';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { describeAccessToken } from '../../src/oauth/describe-access-token.js';
import { destroyToken, revokeToken } from '../../src/oauth/destroy.js';
import { forgetClients } from '../../src/oauth/find-client.js';
import { introspect } from '../../src/oauth/introspect.js';
import type { TokenAnswer } from '../../src/oauth/issue-tokens.js';
import type { Session } from '../../src/sessions/index.js';
import {
  claimsOf,
  createFixture,
  FENIX,
  FIREFOX,
  type Fixture,
  fromHex,
  HOUR,
  headerOf,
  PUBLIC_URL,
  pkce,
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

const NOBODY = { clientId: undefined, clientSecret: undefined };
const active = async (token: string | undefined) =>
  (await introspect(fixture.context, { token: token ?? '' }, NOBODY)).active;

/** Tokens of a public client, with a refresh token. */
async function tokensOf(session: Session, clientId = FENIX, scope = 'profile'): Promise<TokenAnswer> {
  const authorization = { client_id: clientId, scope, access_type: 'offline', ...(await pkce()) } as const;
  const { code } = await fixture.code(session, authorization);
  return fixture.token({ client_id: clientId, code, code_verifier: VERIFIER });
}

const jwtOf = async (session: Session, ttl: number, scope = 'profile', resource?: string) =>
  (await fixture.oauthToken({ client_id: FIREFOX, scope, ttl, resource }, session)).access_token;

async function verified(jwt: string | undefined) {
  const keySet = { keys: await fixture.context.signingKeys.published() } as unknown as JSONWebKeySet;
  return jwtVerify(jwt ?? '', createLocalJWKSet(keySet), { currentDate: new Date(fixture.clock.now()) });
}

describe('the ID token', () => {
  const idToken = async (session: Session, more: { nonce?: string; resource?: string } = {}) => {
    const clientId = await fixture.client();
    const { code } = await fixture.code(session, { client_id: clientId, scope: 'openid', nonce: more.nonce });
    const answer = await fixture.token({
      client_id: clientId,
      client_secret: SECRET,
      code,
      resource: more.resource,
    });
    return { clientId, answer, ...(await verified(answer.id_token)) };
  };

  test('says who, for whom, by whom, when and how; five minutes long', async () => {
    const session = await fixture.person({ verificationMethod: 2 });
    fixture.clock.advance(HOUR);
    const { clientId, answer, payload, protectedHeader } = await idToken(session, { nonce: 'n-0S6_WzA2Mj' });
    const now = Math.floor(fixture.clock.now() / 1000);
    expect(payload).toEqual({
      iss: PUBLIC_URL,
      sub: session.uid,
      aud: clientId,
      iat: now,
      exp: now + 300,
      auth_time: now - 3600,
      nonce: 'n-0S6_WzA2Mj',
      amr: ['pwd', 'otp'],
      acr: 'AAL2',
      'fxa-aal': 2,
      // The left half of the hash of the access token's text.
      at_hash: Buffer.from(
        await crypto.subtle.digest('SHA-256', new TextEncoder().encode(answer.access_token)),
      ).toString('base64url', 0, 16),
    });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  });

  test('has no nonce that was not asked for, and names the resource beside the client', async () => {
    const resource = 'https://api.example.com/v2';
    const { clientId, payload } = await idToken(await fixture.person(), { resource });
    expect(payload).not.toHaveProperty('nonce');
    expect([payload.aud, payload['azp']]).toEqual([[clientId, resource], clientId]);
  });

  test('is no access token', async () => {
    const { answer } = await idToken(await fixture.person());
    expect(await active(answer.id_token)).toBe(false);
    expect(await refusal(describeAccessToken(fixture.context, answer.id_token ?? ''))).toBe('INVALID_TOKEN');
  });

  test('comes only with the scope openid, and not with one that looks like it', async () => {
    const { answer } = await idToken(await fixture.person());
    expect(answer.scope).toBe('openid');
    const clientId = await fixture.client();
    const { code } = await fixture.code(await fixture.person(), { client_id: clientId, scope: 'openid:x profile' });
    expect(await fixture.token({ client_id: clientId, client_secret: SECRET, code })).not.toHaveProperty('id_token');
  });
});

describe('a JWT access token', () => {
  test('is what Firefox gets, in the shape that the Sync token server reads', async () => {
    const session = await fixture.person();
    const { payload, protectedHeader } = await verified(await jwtOf(session, 3600, SCOPE_OLDSYNC));
    const now = Math.floor(fixture.clock.now() / 1000);
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+JWT' });
    expect(payload).toEqual({
      iss: PUBLIC_URL,
      aud: PUBLIC_URL,
      client_id: FIREFOX,
      iat: now,
      exp: now + 3600,
      jti: expect.stringMatching(/^[0-9a-f]{64}$/),
      scope: SCOPE_OLDSYNC,
      sub: session.uid,
      'fxa-generation': session.verifierSetAt,
      'fxa-profileChangedAt': session.profileChangedAt,
    });
  });

  test('is for the client, or for the resource too', async () => {
    const session = await fixture.person();
    expect(claimsOf(await jwtOf(session, 60))['aud']).toBe(FIREFOX);
    const resource = 'https://api.example.com';
    expect(claimsOf(await jwtOf(session, 60, 'profile', resource))['aud']).toEqual([FIREFOX, resource]);
  });

  test('of six hours is not stored and ends by itself; a longer one is stored and can be revoked', async () => {
    const session = await fixture.person();
    const stored = async () =>
      fixture.context.storage.db
        .selectFrom('accessTokens')
        .select('tokenHash')
        .where('uid', '=', fromHex(session.uid))
        .execute();
    const short = await jwtOf(session, 6 * 3600);
    expect(await stored()).toEqual([]);
    const long = await jwtOf(session, 6 * 3600 + 1);
    expect(await stored()).toHaveLength(1);
    expect([await active(short), await active(long)]).toEqual([true, true]);
    for (const token of [short, long]) await destroyToken(fixture.context, { token }, NOBODY);
    expect([await active(short), await active(long)]).toEqual([true, false]);
    expect(headerOf(long)['typ']).toBe('at+JWT');
  });

  test('of an account that is gone is not given out', async () => {
    const session = await fixture.person();
    await fixture.context.storage.db.deleteFrom('accounts').where('uid', '=', fromHex(session.uid)).execute();
    expect(await refusal(jwtOf(session, 60))).toBe('INVALID_TOKEN');
  });
});

describe('verify', () => {
  test.each([FENIX, FIREFOX])('tells what an access token of %s stands for', async (client_id) => {
    const session = await fixture.person();
    const scope = `profile ${SCOPE_OLDSYNC}`;
    const { access_token } = await fixture.oauthToken({ client_id, scope, ttl: 60 }, session);
    expect(await describeAccessToken(fixture.context, access_token)).toEqual({
      user: session.uid,
      client_id,
      scope: ['profile', SCOPE_OLDSYNC],
      generation: session.verifierSetAt,
      profile_changed_at: session.profileChangedAt,
    });
    fixture.clock.advance(60_000);
    const error = await refusalOf(describeAccessToken(fixture.context, access_token));
    expect([error.definition.errno, error.extra]).toEqual([115, { expiredAt: fixture.clock.now() }]);
  });

  test('refuses refresh tokens, unknown ones and texts that are none', async () => {
    const { refresh_token } = await tokensOf(await fixture.person());
    for (const token of [refresh_token ?? '', 'ab'.repeat(32), 'x', 'a.b.c', '']) {
      expect(await refusal(describeAccessToken(fixture.context, token))).toBe('INVALID_TOKEN');
    }
  });
});

describe('introspect', () => {
  test('describes both kinds of tokens, with times in milliseconds', async () => {
    const session = await fixture.person();
    const { access_token, refresh_token } = await tokensOf(session);
    const now = fixture.clock.now();
    const common = { active: true, scope: 'profile', client_id: FENIX, sub: session.uid, iat: now };
    const access = {
      ...common,
      token_type: 'access_token',
      exp: now + 24 * HOUR,
      jti: tokenId(access_token),
    };
    const refresh = { ...common, token_type: 'refresh_token', jti: tokenId(refresh_token), 'fxa-lastUsedAt': now };
    // A hint decides where to look first; a wrong one changes nothing.
    for (const token_type_hint of [undefined, 'access_token', 'refresh_token', 'cookie']) {
      expect(await introspect(fixture.context, { token: access_token, token_type_hint }, NOBODY)).toEqual(access);
      expect(await introspect(fixture.context, { token: refresh_token ?? '', token_type_hint }, NOBODY)).toEqual(
        refresh,
      );
    }
  });

  test('costs one read for an access token, and one for a refresh token that is hinted at, once the client is known', async () => {
    const { access_token, refresh_token } = await tokensOf(await fixture.person());
    const executed = vi.spyOn(fixture.context.storage.db.getExecutor(), 'executeQuery');
    const reads = () => executed.mock.calls.splice(0).map(([{ sql }]) => /^select .* from "(\w+)"/.exec(sql)?.[1]);
    const ask = async (token: string, hint?: string) => {
      await introspect(fixture.context, { token, token_type_hint: hint }, NOBODY);
      return reads();
    };
    try {
      forgetClients(fixture.context.storage);
      expect(await ask(access_token)).toEqual(['accessTokens', 'oauthClients']);
      expect(await ask(access_token)).toEqual(['accessTokens']);
      expect(await ask(refresh_token ?? '', 'refresh_token')).toEqual(['refreshTokens']);
    } finally {
      executed.mockRestore();
    }
  });

  test('tells nothing about expired, unknown and malformed tokens', async () => {
    const token = await jwtOf(await fixture.person(), 60);
    const opaque = (await fixture.oauthToken({ client_id: FENIX, scope: 'profile', ttl: 60 }, await fixture.person()))
      .access_token;
    fixture.clock.advance(60_000);
    for (const text of [token, opaque, 'ab'.repeat(32), 'é', `${token}x`]) {
      expect(await introspect(fixture.context, { token: text }, NOBODY)).toEqual({ active: false });
    }
  });

  test('describes the refresh token of a client with a secret to that client only', async () => {
    const { clientId, code } = await fixture.code(await fixture.person(), { access_type: 'offline' });
    const { refresh_token: token = '' } = await fixture.token({ client_id: clientId, client_secret: SECRET, code });
    const ask = async (asking: string | undefined, clientSecret: string | undefined) =>
      introspect(fixture.context, { token }, { clientId: asking, clientSecret });
    expect((await refusalOf(ask(undefined, undefined))).definition.errno).toBe(116);
    expect(await refusal(ask(clientId, undefined))).toBe('NOT_PUBLIC_CLIENT');
    expect(await refusal(ask(clientId, 'ff'.repeat(32)))).toBe('INCORRECT_CLIENT_SECRET');
    expect(await refusal(ask(await fixture.client(), SECRET))).toBe('NOT_PUBLIC_CLIENT');
    expect((await ask(clientId, SECRET)).active).toBe(true);
  });
});

describe('destroy', () => {
  const destroy = (body: Parameters<typeof destroyToken>[1], clientId?: string, clientSecret?: string) =>
    destroyToken(fixture.context, body, { clientId, clientSecret });

  test('takes a token under any of its names, without credentials', async () => {
    const session = await fixture.person();
    const [a, b, c, d, e] = await Promise.all(Array.from({ length: 5 }, () => tokensOf(session)));
    if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined) throw new Error();
    await destroy({ token: a.access_token });
    await destroy({ access_token: b.access_token });
    await destroy({ refresh_token: c.refresh_token });
    await destroy({ refresh_token_id: tokenId(d.refresh_token) });
    await destroy({ token: e.refresh_token, token_type_hint: 'refresh_token' });
    const gone = [a.access_token, b.access_token, c.refresh_token, d.refresh_token, e.refresh_token];
    expect(await Promise.all(gone.map(active))).toEqual(gone.map(() => false));
    expect(await active(a.refresh_token)).toBe(true);
  });

  test('of a refresh token ends the access tokens of its grant too', async () => {
    const { access_token, refresh_token } = await tokensOf(await fixture.person());
    await destroy({ refresh_token });
    expect(await active(access_token)).toBe(false);
  });

  test('of an unknown token, of another client’s, or of none is an error', async () => {
    const { access_token } = await tokensOf(await fixture.person());
    expect((await refusalOf(destroy({ token: 'ab'.repeat(32) }))).definition.errno).toBe(108);
    expect(await refusal(destroy({ token: 'no token' }))).toBe('INVALID_TOKEN');
    expect(await refusal(destroy({ token: access_token }, FIREFOX))).toBe('INVALID_TOKEN');
    expect((await refusalOf(destroy({}))).extra).toEqual({ validation: { keys: ['token'] } });
    expect(await active(access_token)).toBe(true);
  });

  test('checks credentials that are given; a secret alone is no credential', async () => {
    const { clientId, code } = await fixture.code(await fixture.person());
    const { access_token: token } = await fixture.token({ client_id: clientId, client_secret: SECRET, code });
    expect(await refusal(destroy({ token }, 'f'.repeat(16)))).toBe('UNKNOWN_CLIENT');
    expect(await refusal(destroy({ token }, clientId, 'ff'.repeat(32)))).toBe('INCORRECT_CLIENT_SECRET');
    await destroy({ token }, undefined, 'ff'.repeat(32));
    expect(await active(token)).toBe(false);
  });
});

describe('oauth/destroy', () => {
  const revoke = (body: Parameters<typeof revokeToken>[1], clientId?: string, clientSecret?: string) =>
    revokeToken(fixture.context, body, { clientId, clientSecret });

  test('a client revokes its own tokens, whatever the hint says; what is gone or another’s is no error', async () => {
    const session = await fixture.person();
    const [mine, other] = [await tokensOf(session), await tokensOf(session, FIREFOX)];
    await revoke({ token: mine.access_token, token_type_hint: 'refresh_token' }, FENIX);
    await revoke({ token: mine.access_token }, FENIX);
    await revoke({ token: other.refresh_token ?? '' }, FENIX);
    await revoke({ token: 'no token' }, FENIX);
    expect(await Promise.all([mine.access_token, mine.refresh_token, other.refresh_token].map(active))).toEqual([
      false,
      true,
      true,
    ]);
    await revoke({ token: mine.refresh_token ?? '', token_type_hint: 'access_token' }, FENIX);
    expect(await active(mine.refresh_token)).toBe(false);
  });

  test('needs the client to prove itself', async () => {
    const { clientId, code } = await fixture.code(await fixture.person());
    const { access_token: token } = await fixture.token({ client_id: clientId, client_secret: SECRET, code });
    expect(await refusal(revoke({ token }))).toBe('INVALID_PARAMETER');
    expect(await refusal(revoke({ token }, 'f'.repeat(16)))).toBe('UNKNOWN_CLIENT');
    expect(await refusal(revoke({ token }, clientId))).toBe('INVALID_PARAMETER');
    expect(await refusal(revoke({ token }, clientId, 'ff'.repeat(32)))).toBe('INCORRECT_CLIENT_SECRET');
    expect(await active(token)).toBe(true);
    await revoke({ token }, clientId, SECRET);
    expect(await active(token)).toBe(false);
  });

  test('a JWT that another client names stays', async () => {
    const token = await jwtOf(await fixture.person(), 7 * 3600);
    await revoke({ token }, FENIX);
    expect(await active(token)).toBe(true);
    await revoke({ token }, FIREFOX);
    expect(await active(token)).toBe(false);
  });
});
