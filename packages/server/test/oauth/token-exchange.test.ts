import {
  SCOPE_NOTES,
  SCOPE_OLDSYNC,
  SCOPE_OPENID,
  SCOPE_RELAY,
  SCOPE_SESSION_TOKEN,
  SCOPE_SMARTWINDOW,
  SCOPE_VPN,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDeviceOfRefreshToken, listDevices } from '../../src/devices/index.js';
import { introspect } from '../../src/oauth/introspect.js';
import { revokeAuthorization } from '../../src/oauth/revoke-authorization.js';
import type { Session } from '../../src/sessions/index.js';
import {
  createFixture,
  DAY,
  FENIX,
  type Fixture,
  fromHex,
  pkce,
  refusal,
  refusalOf,
  SECRET,
  toHex,
  tokenId,
  VERIFIER,
} from './fixture.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.close());

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange' as const;
const REFRESH_TOKEN = 'urn:ietf:params:oauth:token-type:refresh_token' as const;
const OVERLAP = 60_000;

/** Allows Fenix a scope, as the page does when the person says so. */
async function allow(session: Session, scope: string) {
  return fixture.code(session, { client_id: FENIX, scope, access_type: 'offline', ...(await pkce()) });
}

async function signIn(session: Session, scope: string): Promise<string> {
  const { code } = await allow(session, scope);
  const { refresh_token } = await fixture.oauthToken({ client_id: FENIX, code, code_verifier: VERIFIER });
  return refresh_token ?? '';
}

const exchange = (subject_token: string, scope: string, more: object = {}) =>
  fixture.oauthToken({ grant_type: EXCHANGE, subject_token, subject_token_type: REFRESH_TOKEN, scope, ...more });
const refresh = (refresh_token: string | undefined, scope?: string) =>
  fixture.token({ grant_type: 'refresh_token', client_id: FENIX, refresh_token, scope });
const active = async (token: string | undefined) =>
  (await introspect(fixture.context, { token: token ?? '' }, { clientId: undefined, clientSecret: undefined })).active;
const deviceOf = async (session: Session, token: string | undefined) =>
  findDeviceOfRefreshToken(fixture.context.storage.db, session.uid, fromHex(tokenId(token)));

test('gives the union of old and added scopes in a new refresh token, and ends the old one', async () => {
  const session = await fixture.person();
  await allow(session, SCOPE_VPN);
  const old = await signIn(session, `profile ${SCOPE_OLDSYNC}`);
  const answer = await exchange(old, SCOPE_VPN);
  const scope = `profile ${SCOPE_OLDSYNC} ${SCOPE_VPN}`;
  expect(answer).toEqual({
    access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
    token_type: 'bearer',
    scope,
    expires_in: 86_400,
    auth_at: Math.floor(session.authAt / 1000),
    refresh_token: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(answer.refresh_token).not.toBe(old);
  expect(await active(old)).toBe(false);
  expect(await refusal(refresh(old))).toBe('INVALID_TOKEN');
  expect((await refresh(answer.refresh_token)).scope).toBe(scope);
  expect((await refresh(answer.refresh_token, SCOPE_VPN)).scope).toBe(SCOPE_VPN);
});

test('works at the endpoint without sessions too', async () => {
  const session = await fixture.person();
  await allow(session, SCOPE_VPN);
  const answer = await fixture.token({
    grant_type: EXCHANGE,
    subject_token: await signIn(session, 'profile'),
    subject_token_type: REFRESH_TOKEN,
    scope: SCOPE_VPN,
  });
  expect(answer.scope).toBe(`profile ${SCOPE_VPN}`);
});

test('the device keeps its id, its push subscription and its commands', async () => {
  const session = await fixture.person();
  await allow(session, SCOPE_VPN);
  const old = await signIn(session, SCOPE_OLDSYNC);
  const before = await deviceOf(session, old);
  const answer = await exchange(old, SCOPE_VPN);
  expect(await deviceOf(session, answer.refresh_token)).toEqual({
    ...before,
    refreshTokenHash: fromHex(tokenId(answer.refresh_token)),
  });
  expect(await listDevices(fixture.context.storage.db, session.uid)).toHaveLength(1);
});

describe('which scopes', () => {
  test('the person was never asked about are forbidden, and nothing changes', async () => {
    const session = await fixture.person();
    const token = await signIn(session, `profile ${SCOPE_VPN}`);
    const error = await refusalOf(exchange(token, `${SCOPE_VPN} ${SCOPE_OLDSYNC} ${SCOPE_SMARTWINDOW}`));
    expect([error.definition.status, error.definition.errno, error.extra]).toEqual([
      403,
      112,
      { invalidScopes: `${SCOPE_OLDSYNC} ${SCOPE_SMARTWINDOW}` },
    ]);
    expect((await refresh(token)).scope).toBe(`profile ${SCOPE_VPN}`);
  });

  test('the person allowed this client before may be added, also by another device and for another service', async () => {
    const session = await fixture.person();
    await fixture.authorize(session, { service: 'smartwindow', ...(await pkce()) });
    const token = await signIn(session, 'profile');
    expect((await exchange(token, SCOPE_SMARTWINDOW)).scope).toBe(`profile ${SCOPE_SMARTWINDOW}`);
  });

  test('another person allowed, or another client was allowed, are forbidden', async () => {
    const [session, other] = [await fixture.person(), await fixture.person()];
    await allow(other, SCOPE_VPN);
    const firefox = '5882386c6d801776';
    await fixture.authorize(session, { client_id: firefox, scope: SCOPE_VPN, ...(await pkce()) });
    expect(await refusal(exchange(await signIn(session, 'profile'), SCOPE_VPN))).toBe('FORBIDDEN');
  });

  test('nobody need be asked about, and those that the token has, may be named at any time', async () => {
    const session = await fixture.person();
    const token = await signIn(session, 'profile');
    const first = await exchange(token, SCOPE_RELAY);
    expect(first.scope).toBe(`profile ${SCOPE_RELAY}`);
    expect((await exchange(first.refresh_token ?? '', `profile:email ${SCOPE_RELAY}`)).scope).toBe(
      `profile ${SCOPE_RELAY} profile:email`,
    );
  });

  test('come from a sign-in only are forbidden', async () => {
    const session = await fixture.person();
    await allow(session, `openid ${SCOPE_SESSION_TOKEN}`);
    const token = await signIn(session, 'profile');
    for (const scope of [SCOPE_OPENID, SCOPE_SESSION_TOKEN]) {
      expect(await refusal(exchange(token, scope))).toBe('FORBIDDEN');
    }
  });

  test('have keys need a session that was confirmed beyond the password', async () => {
    const session = await fixture.person();
    await allow(session, SCOPE_OLDSYNC);
    const token = await signIn(session, 'profile');
    const { db } = fixture.context.storage;
    await db
      .updateTable('refreshTokens')
      .set({ amr: 'pwd' })
      .where('tokenHash', '=', fromHex(tokenId(token)))
      .execute();
    expect((await refusalOf(exchange(token, SCOPE_OLDSYNC))).extra).toEqual({ invalidScopes: SCOPE_OLDSYNC });
  });

  test('the client has no permission for are refused as such', async () => {
    const token = await signIn(await fixture.person(), 'profile');
    expect((await refusalOf(exchange(token, SCOPE_NOTES))).extra).toEqual({ invalidScopes: SCOPE_NOTES });
  });
});

describe('who and what', () => {
  test('a client that is not native is forbidden, trusted or not', async () => {
    const { clientId, code } = await fixture.code(await fixture.person(), { access_type: 'offline' });
    const { refresh_token } = await fixture.token({ client_id: clientId, client_secret: SECRET, code });
    expect((await refusalOf(exchange(refresh_token ?? '', 'profile:email'))).definition).toMatchObject({
      errno: 112,
      status: 403,
    });
  });

  test('an unknown token, and a token of another client than the request names, are invalid', async () => {
    const token = await signIn(await fixture.person(), 'profile');
    expect(await refusal(exchange('ab'.repeat(32), 'profile'))).toBe('INVALID_TOKEN');
    expect(await refusal(exchange(token, 'profile:email', { client_id: '5882386c6d801776' }))).toBe('INVALID_TOKEN');
    expect((await exchange(token, 'profile:email', { client_id: FENIX })).scope).toBe('profile profile:email');
  });

  test.each([
    ['subject_token', { subject_token: undefined }],
    ['subject_token_type', { subject_token_type: undefined }],
    ['scope', { scope: undefined }],
    ['scope', { scope: 'a:' }],
  ])('%s must be there and make sense', async (key, more) => {
    const token = await signIn(await fixture.person(), 'profile');
    expect((await refusalOf(exchange(token, 'profile', more))).extra).toEqual({ validation: { keys: [key] } });
  });
});

describe('a lost answer', () => {
  async function exchanged() {
    const session = await fixture.person();
    await allow(session, SCOPE_VPN);
    const old = await signIn(session, SCOPE_OLDSYNC);
    return { session, old, answer: await exchange(old, SCOPE_VPN) };
  }

  test('can be asked for again for a minute: the same refresh token, scope and device', async () => {
    const { session, old, answer } = await exchanged();
    const device = await deviceOf(session, answer.refresh_token);
    fixture.clock.advance(OVERLAP - 1);
    const again = await exchange(old, SCOPE_VPN);
    expect([again.refresh_token, again.scope]).toEqual([answer.refresh_token, answer.scope]);
    expect(await active(again.access_token)).toBe(true);
    expect(await deviceOf(session, answer.refresh_token)).toEqual(device);
  });

  test('is not given for another request, which is refused and harms nothing', async () => {
    const { old, answer } = await exchanged();
    expect(await refusal(exchange(old, SCOPE_RELAY))).toBe('INVALID_TOKEN');
    expect(await refusal(refresh(old))).toBe('INVALID_TOKEN');
    expect(await active(answer.refresh_token)).toBe(true);
  });

  test.each([
    ['exchange', (token: string) => exchange(token, SCOPE_VPN)],
    ['refresh', (token: string) => refresh(token)],
  ])('is not given later: an %s with the old token ends all that came from it, and its device', async (_name, use) => {
    const { session, old, answer } = await exchanged();
    const third = await exchange(answer.refresh_token ?? '', SCOPE_RELAY);
    const { access_token } = await refresh(third.refresh_token);
    fixture.clock.advance(OVERLAP);
    expect(await refusal(use(old))).toBe('INVALID_TOKEN');
    expect(await Promise.all([third.refresh_token, third.access_token, access_token].map(active))).toEqual([
      false,
      false,
      false,
    ]);
    expect(await listDevices(fixture.context.storage.db, session.uid)).toEqual([]);
  });

  test('of a token that was revoked since is gone', async () => {
    const { session, old } = await exchanged();
    await revokeAuthorization(fixture.context, session, { clientId: FENIX, scope: undefined });
    expect(await refusal(exchange(old, SCOPE_VPN))).toBe('INVALID_TOKEN');
  });

  test('is remembered for ninety days', async () => {
    const { answer, old } = await exchanged();
    fixture.clock.advance(90 * DAY - 1);
    const { pruneOAuth } = await import('../../src/oauth/index.js');
    await pruneOAuth(fixture.context);
    expect(await refusal(exchange(old, SCOPE_VPN))).toBe('INVALID_TOKEN');
    expect(await active(answer.refresh_token)).toBe(false);
    fixture.clock.advance(1);
    expect(await pruneOAuth(fixture.context)).toBeGreaterThan(0);
    expect(await fixture.context.storage.db.selectFrom('exchangedTokens').select('uid').execute()).toEqual([]);
  });
});

test('the database has neither the old nor the new token, and another server secret derives another one', async () => {
  const session = await fixture.person();
  await allow(session, SCOPE_VPN);
  const old = await signIn(session, 'profile');
  const { refresh_token = '' } = await exchange(old, SCOPE_VPN);
  const { db } = fixture.context.storage;
  const rows: object[] = [
    ...(await db.selectFrom('refreshTokens').selectAll().execute()),
    ...(await db.selectFrom('exchangedTokens').selectAll().execute()),
  ];
  const stored = rows.flatMap((row) =>
    Object.values(row).map((value: unknown) => (value instanceof Uint8Array ? toHex(value) : value)),
  );
  expect(stored).toEqual(expect.arrayContaining([tokenId(old), tokenId(refresh_token)]));
  expect(stored).not.toContain(old);
  expect(stored).not.toContain(refresh_token);
  const { tokenExchange } = await import('../../src/oauth/grants/token-exchange.js');
  const elsewhere = { ...fixture.context, secret: new Uint8Array(32).fill(1), storage: fixture.context.storage };
  const body = { subject_token: refresh_token, subject_token_type: REFRESH_TOKEN, scope: SCOPE_RELAY } as const;
  const request = {
    body,
    credentials: { clientId: undefined, clientSecret: undefined },
    session: undefined,
    caller: { requestId: '', address: '', userAgent: '', acceptLanguage: undefined },
    sessionMember: 'session_token',
  } as const;
  const there = await tokenExchange(elsewhere, request);
  expect(await refusal(exchange(refresh_token, SCOPE_RELAY))).toBe('INVALID_TOKEN');
  expect(await active(there.refresh_token)).toBe(true);
});

test('a disabled client gets nothing new, but an issued code may still be redeemed', async () => {
  const session = await fixture.person();
  const token = await signIn(session, 'profile');
  const { code } = await allow(session, 'profile');
  const { config } = fixture.context;
  const disabled = { ...fixture.context, config: { ...config, disabledClients: [FENIX] } };
  const { exchangeWithSession } = await import('../../src/oauth/token.js');
  const { authorize } = await import('../../src/oauth/authorize.js');
  const ask = (body: object, grant: string | undefined) =>
    exchangeWithSession(disabled, grant, {
      body,
      credentials: { clientId: FENIX, clientSecret: undefined },
      session,
      caller: { requestId: '', address: '', userAgent: '', acceptLanguage: undefined },
      sessionMember: 'session_token',
    });
  const bodies: [string, object][] = [
    ['refresh_token', { refresh_token: token }],
    ['fxa-credentials', { scope: 'profile' }],
    [EXCHANGE, { subject_token: token, subject_token_type: REFRESH_TOKEN, scope: 'profile:email' }],
  ];
  for (const [grant, body] of bodies) {
    const error = await refusalOf(ask(body, grant));
    expect([error.definition.errno, error.definition.status, error.extra]).toEqual([202, 503, { clientId: FENIX }]);
  }
  const authorization = { client_id: FENIX.toUpperCase(), state: 's', scope: 'profile', ...(await pkce()) };
  expect(await refusal(authorize(disabled, session, authorization))).toBe('CLIENT_DISABLED');
  expect((await ask({ code, code_verifier: VERIFIER }, 'authorization_code')).scope).toBe('profile');
});
