import { SCOPE_NOTES, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/sessions/index.js';
import {
  claimsOf,
  createFixture,
  DAY,
  FENIX,
  FIREFOX,
  type Fixture,
  fromHex,
  HOUR,
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

/** A refresh token of Fenix, which is trusted and public. */
async function refreshTokenOf(session: Session, scope: string): Promise<string> {
  const { code } = await fixture.code(session, { client_id: FENIX, scope, access_type: 'offline', ...(await pkce()) });
  const { refresh_token } = await fixture.token({ client_id: FENIX, code, code_verifier: VERIFIER });
  return refresh_token ?? '';
}

const refresh = (refresh_token: string, scope?: string, client_id = FENIX) =>
  fixture.token({ grant_type: 'refresh_token', client_id, refresh_token, scope });

test('gives an access token, and neither another refresh token nor an ID token', async () => {
  const token = await refreshTokenOf(await fixture.person(), `openid profile ${SCOPE_SESSION_TOKEN}`);
  const answer = await refresh(token);
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
    token_type: 'bearer',
    scope: 'profile',
    expires_in: 86_400,
  });
  expect((await refresh(token)).access_token).not.toBe(answer.access_token);
});

test('an unknown token, another client’s, and none are refused', async () => {
  const token = await refreshTokenOf(await fixture.person(), 'profile');
  expect(await refusal(refresh('ab'.repeat(32)))).toBe('INVALID_TOKEN');
  expect(await refusal(refresh(token, undefined, FIREFOX))).toBe('INVALID_TOKEN');
  const error = await refusalOf(fixture.token({ grant_type: 'refresh_token', client_id: FENIX }));
  expect(error.extra).toEqual({ validation: { keys: ['refresh_token'] } });
});

test('a client with a secret must prove it', async () => {
  const { clientId, code } = await fixture.code(await fixture.person(), { access_type: 'offline' });
  const { refresh_token } = await fixture.token({ client_id: clientId, client_secret: SECRET, code });
  const request = { grant_type: 'refresh_token', client_id: clientId, refresh_token } as const;
  expect(await refusal(fixture.token(request))).toBe('INVALID_PARAMETER');
  expect(await refusal(fixture.token({ ...request, client_secret: 'ff'.repeat(32) }))).toBe('INCORRECT_CLIENT_SECRET');
  expect((await fixture.token({ ...request, client_secret: SECRET })).scope).toBe('profile');
});

describe('scope', () => {
  test('may be narrowed', async () => {
    const token = await refreshTokenOf(await fixture.person(), `profile ${SCOPE_OLDSYNC}`);
    expect((await refresh(token, 'profile:email')).scope).toBe('profile:email');
    expect(await refresh(token, `${SCOPE_OLDSYNC}#read openid`).catch(String)).toContain('Requested scopes');
    expect((await refresh(token, `${SCOPE_OLDSYNC}#read`)).scope).toBe(`${SCOPE_OLDSYNC}#read`);
  });

  test.each([
    ['trusted', true],
    ['untrusted', false],
  ])('never grows beyond the token, for a client that is %s', async (_name, trusted) => {
    const client_id = await fixture.client({ publicClient: true, trusted, allowedScopes: [SCOPE_NOTES] });
    const authorization = { client_id, scope: 'profile:uid', access_type: 'offline', ...(await pkce()) } as const;
    const { code } = await fixture.code(await fixture.person(), authorization);
    const { refresh_token } = await fixture.token({ client_id, code, code_verifier: VERIFIER });
    for (const scope of [SCOPE_NOTES, 'profile:email', 'profile', 'profile:uid:write']) {
      const error = await refusalOf(refresh(refresh_token ?? '', `profile:uid ${scope}`, client_id));
      expect([error.definition.errno, error.extra]).toEqual([114, { invalidScopes: scope }]);
    }
  });

  test('that is no scope is an invalid parameter', async () => {
    const token = await refreshTokenOf(await fixture.person(), 'profile');
    expect(await refusal(refresh(token, 'profile:'))).toBe('INVALID_PARAMETER');
  });
});

test('the last use is written at most once a day', async () => {
  const token = await refreshTokenOf(await fixture.person(), 'profile');
  const lastUsedAt = async () => {
    const rows = await fixture.context.storage.db.selectFrom('refreshTokens').selectAll().execute();
    return rows.find((row) => Buffer.from(row.tokenHash).toString('hex') === tokenId(token))?.lastUsedAt;
  };
  const created = fixture.clock.now();
  fixture.clock.advance(DAY - 1);
  await refresh(token);
  expect(await lastUsedAt()).toBe(created);
  fixture.clock.advance(1);
  await refresh(token);
  expect(await lastUsedAt()).toBe(created + DAY);
  fixture.clock.advance(HOUR);
  await refresh(token);
  expect(await lastUsedAt()).toBe(created + DAY);
});

test('a refresh token that is revoked between being read and being used gives nothing', async () => {
  const token = await refreshTokenOf(await fixture.person(), 'profile');
  const { db } = fixture.context.storage;
  const { random } = fixture.context;
  // Drawing the access token is the step between the read and the write.
  const racing = {
    ...fixture.context,
    random: {
      bytes(length: number) {
        void db
          .deleteFrom('refreshTokens')
          .where('tokenHash', '=', fromHex(tokenId(token)))
          .execute();
        return random.bytes(length);
      },
    },
  };
  const { refreshToken } = await import('../../src/oauth/grants/refresh-token.js');
  const request = {
    body: { refresh_token: token },
    credentials: { clientId: FENIX, clientSecret: undefined },
    session: undefined,
    caller: { requestId: '', address: '', userAgent: '', acceptLanguage: undefined },
    sessionMember: 'session_token_id',
  } as const;
  const before = await db.selectFrom('accessTokens').select('tokenHash').execute();
  expect(await refusal(refreshToken(racing, request))).toBe('INVALID_TOKEN');
  expect(await db.selectFrom('accessTokens').select('tokenHash').execute()).toHaveLength(before.length);
});

test('a client of browsers gets a JWT for its refresh token', async () => {
  const session = await fixture.person();
  const authorization = { client_id: FIREFOX, access_type: 'offline', ...(await pkce()) } as const;
  const { code } = await fixture.code(session, authorization);
  const { refresh_token } = await fixture.token({ client_id: FIREFOX, code, code_verifier: VERIFIER });
  const { access_token } = await refresh(refresh_token ?? '', 'profile:uid', FIREFOX);
  expect(claimsOf(access_token)).toMatchObject({ sub: session.uid, client_id: FIREFOX, scope: 'profile:uid' });
});
