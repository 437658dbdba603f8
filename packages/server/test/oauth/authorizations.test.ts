import { SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN, SCOPE_SMARTWINDOW, SCOPE_VPN } from '@foxden/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDeviceOfRefreshToken } from '../../src/devices/index.js';
import { deleteOAuthData, removeClient, revokeClient, revokeRefreshToken } from '../../src/oauth/index.js';
import { introspect } from '../../src/oauth/introspect.js';
import { listAuthorizations } from '../../src/oauth/list-authorizations.js';
import { revokeAuthorization } from '../../src/oauth/revoke-authorization.js';
import { findSession, type Session, updateAuthentication } from '../../src/sessions/index.js';
import {
  createFixture,
  FENIX,
  FIREFOX,
  type Fixture,
  fromHex,
  MINUTE,
  pkce,
  refusal,
  refusalOf,
  SECRET,
  tokenId,
  VERIFIER,
} from './fixture.js';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await createFixture();
});
afterEach(() => fixture.close());

const allow = async (session: Session, scope: string, more: object = {}) =>
  fixture.authorize(session, { client_id: FENIX, scope, access_type: 'offline', ...(await pkce()), ...more });
async function tokensOf(session: Session, scope: string) {
  const { code } = await allow(session, scope);
  return fixture.oauthToken({ client_id: FENIX, code, code_verifier: VERIFIER });
}
const list = (session: Session) => listAuthorizations(fixture.context, session);
const revoke = (session: Session, scope: string | undefined, clientId = FENIX) =>
  revokeAuthorization(fixture.context, session, { clientId, scope });
const active = async (token: string | undefined) =>
  (await introspect(fixture.context, { token: token ?? '' }, { clientId: undefined, clientSecret: undefined })).active;
const refresh = (refresh_token: string | undefined, scope?: string) =>
  fixture.token({ grant_type: 'refresh_token', client_id: FENIX, refresh_token, scope });

/** The session after its person proved the password again. */
async function proveAgain(session: Session): Promise<Session> {
  const { db } = fixture.context.storage;
  fixture.clock.advance(1);
  await updateAuthentication(db, session, { authAt: fixture.clock.now(), mustVerify: 0 });
  const found = await findSession(db, session.tokenHash);
  if (found === undefined) throw new Error('the session is gone');
  return found;
}

/** Every way to get a scope for a session or a token without asking anybody. */
function silently(session: Session, refreshToken: string | undefined, scope: string) {
  return {
    'fxa-credentials': () => fixture.oauthToken({ grant_type: 'fxa-credentials', client_id: FENIX, scope }, session),
    'fxa-credentials offline': () =>
      fixture.oauthToken({ grant_type: 'fxa-credentials', client_id: FENIX, scope, access_type: 'offline' }, session),
    'prompt=none': () => allow(session, scope, { prompt: 'none' }),
    exchange: () =>
      fixture.oauthToken({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: refreshToken,
        subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token',
        scope,
      }),
    refresh: () => refresh(refreshToken, scope),
  };
}

describe('the record', () => {
  test('is kept by client and service, grows with what is allowed, and has times', async () => {
    const session = await fixture.person();
    const start = fixture.clock.now();
    await allow(session, `profile ${SCOPE_OLDSYNC}`, { service: 'sync' });
    fixture.clock.advance(MINUTE);
    await allow(session, SCOPE_SESSION_TOKEN, { service: 'sync' });
    await fixture.authorize(session, { client_id: FENIX, service: 'vpn', ...(await pkce()) });
    const entry = { clientId: FENIX, clientName: 'Firefox for Android' };
    const later = start + MINUTE;
    expect(await list(session)).toEqual([
      {
        ...entry,
        service: 'sync',
        scope: ['profile', SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN],
        createdTime: start,
        lastAuthorizedTime: later,
      },
      { ...entry, service: 'vpn', scope: [SCOPE_VPN], createdTime: later, lastAuthorizedTime: later },
    ]);
    expect(await list(await fixture.person())).toEqual([]);
  });

  test('has no service that is none, so that texts of applications do not fill it', async () => {
    const session = await fixture.person();
    for (const service of [undefined, '', FENIX, 'constructor', 'x']) await allow(session, 'profile', { service });
    expect((await list(session)).map(({ service }) => service)).toEqual(['']);
  });

  test('is not written where nobody was asked, or where the code was refused', async () => {
    const session = await fixture.person();
    await allow(session, 'profile', { prompt: 'none' });
    await fixture.oauthToken({ grant_type: 'fxa-credentials', client_id: FENIX, scope: 'profile' }, session);
    await refusal(allow(session, 'profile https://identity.mozilla.com/apps/notes'));
    expect(await list(session)).toEqual([]);
  });

  test('goes with the account and with the client', async () => {
    const session = await fixture.person();
    const client_id = await fixture.client();
    await fixture.authorize(session, { client_id, scope: 'profile' });
    await allow(session, 'profile');
    await revoke(session, 'openid');
    await removeClient(fixture.context, client_id);
    expect((await list(session)).map(({ clientId }) => clientId)).toEqual([FENIX]);
    const { db } = fixture.context.storage;
    await deleteOAuthData(db, session.uid);
    expect(await list(session)).toEqual([]);
    expect(await db.selectFrom('revokedScopes').select('uid').execute()).toEqual([]);
  });
});

describe('a client that is disconnected', () => {
  test('must ask again, once it runs nowhere else', async () => {
    const session = await fixture.person();
    const [one, other] = [await tokensOf(session, 'profile'), await tokensOf(session, 'profile')];
    const { transaction } = fixture.context.storage;
    const disconnect = (token: string | undefined) =>
      transaction((tx) => revokeRefreshToken(fixture.context.storage, tx, session.uid, fromHex(tokenId(token)), FENIX));
    await disconnect(one.refresh_token);
    expect(await list(session)).toHaveLength(1);
    await disconnect(other.refresh_token);
    expect(await list(session)).toEqual([]);
  });

  test('must ask again, by whatever name it is disconnected, and may then be allowed without the password', async () => {
    const session = await fixture.person();
    const client_id = await fixture.client({ trusted: false });
    const ask = (prompt?: string) => fixture.authorize(session, { client_id, scope: 'openid', prompt });
    await ask();
    await fixture.context.storage.transaction((tx) => revokeClient(tx, session.uid, client_id));
    expect(await refusal(ask('none'))).toBe('FORBIDDEN');
    await ask();
    expect((await ask('none')).scope).toBe('openid');
  });
});

describe('prompt=none', () => {
  test('gives a client that is not the operator’s own what the person allowed before, and no more', async () => {
    const session = await fixture.person();
    const client_id = await fixture.client({ trusted: false });
    const silent = (scope: string) => fixture.authorize(session, { client_id, scope, prompt: 'none' });
    expect((await refusalOf(silent('openid'))).extra).toEqual({ invalidScopes: 'openid' });
    await fixture.authorize(session, { client_id, scope: 'openid profile:email' });
    expect((await silent('openid profile:email')).scope).toBe('openid profile:email');
    const error = await refusalOf(silent('openid profile:uid'));
    expect([error.definition.status, error.extra]).toEqual([403, { invalidScopes: 'profile:uid' }]);
  });
});

describe('one scope taken away', () => {
  test('leaves the tokens, the records and the codes; the rest stays', async () => {
    const session = await fixture.person();
    const tokens = await tokensOf(session, `profile ${SCOPE_OLDSYNC} ${SCOPE_VPN}`);
    const narrow = await refresh(tokens.refresh_token, 'profile');
    const pending = await allow(session, `profile ${SCOPE_VPN}`);
    const untouched = await allow(session, 'profile');
    const device = () =>
      findDeviceOfRefreshToken(fixture.context.storage.db, session.uid, fromHex(tokenId(tokens.refresh_token)));
    const before = await device();
    expect(before).toBeDefined();

    await revoke(session, SCOPE_VPN);
    expect((await refresh(tokens.refresh_token)).scope).toBe(`profile ${SCOPE_OLDSYNC}`);
    expect([await active(tokens.access_token), await active(narrow.access_token)]).toEqual([false, true]);
    const redeem = ({ code }: { code: string }) =>
      fixture.oauthToken({ client_id: FENIX, code, code_verifier: VERIFIER });
    expect(await refusal(redeem(pending))).toBe('UNKNOWN_AUTHORIZATION_CODE');
    expect((await redeem(untouched)).scope).toBe('profile');
    expect((await list(session)).map(({ scope }) => scope)).toEqual([['profile', SCOPE_OLDSYNC]]);
    expect(await device()).toEqual(before);
  });

  test.each(Object.keys(silently({} as Session, undefined, '')))('does not come back by %s', async (way) => {
    const session = await fixture.person();
    const { refresh_token } = await tokensOf(session, `profile ${SCOPE_SESSION_TOKEN} ${SCOPE_VPN}`);
    const attempt = (scope: string) =>
      silently(session, refresh_token, scope)[way as keyof ReturnType<typeof silently>]();
    await revoke(session, SCOPE_VPN);
    for (const scope of [SCOPE_VPN, `${SCOPE_VPN}#read`, `profile ${SCOPE_VPN}/part`]) {
      expect(await refusal(attempt(scope))).toBe(way === 'refresh' ? 'INVALID_SCOPES' : 'FORBIDDEN');
    }
    expect((await attempt('profile')).scope).toContain('profile');
  });

  test('does not come back by a session that the client got, nor by one that was there before, however it asks', async () => {
    const session = await fixture.person();
    const { session_token } = await tokensOf(session, `profile ${SCOPE_SESSION_TOKEN} ${SCOPE_VPN}`);
    expect(session_token).toBeDefined();
    fixture.clock.advance(MINUTE);
    await revoke(session, SCOPE_VPN);
    const { db } = fixture.context.storage;
    const rows = await db.selectFrom('sessions').select('tokenHash').where('uid', '=', fromHex(session.uid)).execute();
    expect(rows).toHaveLength(2);
    for (const { tokenHash } of rows) {
      const held = await findSession(db, tokenHash);
      const error = await refusalOf(allow(held ?? session, `profile ${SCOPE_VPN}`));
      expect([error.definition.name, error.extra]).toEqual([
        'STALE_AUTH_TIMESTAMP',
        { authAt: Math.floor(session.authAt / 1000) },
      ]);
    }
    expect((await list(session)).flatMap(({ scope }) => scope)).not.toContain(SCOPE_VPN);
  });

  test('comes back when the person proves the password and allows it, and then stays', async () => {
    const session = await fixture.person();
    await tokensOf(session, `profile ${SCOPE_VPN}`);
    await revoke(session, SCOPE_VPN);
    const again = await proveAgain(session);
    const direct = silently(again, undefined, SCOPE_VPN)['fxa-credentials'];
    expect(await refusal(direct())).toBe('FORBIDDEN');
    await allow(again, SCOPE_VPN);
    expect((await direct()).scope).toBe(SCOPE_VPN);
    const { refresh_token } = await tokensOf(session, 'profile');
    expect((await silently(session, refresh_token, SCOPE_VPN).exchange()).scope).toBe(`profile ${SCOPE_VPN}`);
  });

  test('comes back in part only, when only a part of it is allowed', async () => {
    const session = await fixture.person();
    await revoke(session, 'profile');
    const again = await proveAgain(session);
    await allow(again, 'profile:email');
    const direct = (scope: string) => silently(again, undefined, scope)['fxa-credentials']();
    expect((await direct('profile:email')).scope).toBe('profile:email');
    expect((await refusalOf(direct('profile:email profile:avatar'))).extra).toEqual({
      invalidScopes: 'profile:avatar',
    });
    expect(await refusal(direct('profile'))).toBe('FORBIDDEN');
  });

  test('takes along what gives more than it, or a part of it', async () => {
    const session = await fixture.person();
    const wide = await tokensOf(session, `profile ${SCOPE_VPN}`);
    const part = await tokensOf(session, `profile:email:write ${SCOPE_VPN}`);
    await revoke(session, 'profile:email');
    expect((await refresh(wide.refresh_token)).scope).toBe(SCOPE_VPN);
    expect((await refresh(part.refresh_token)).scope).toBe(SCOPE_VPN);
  });

  test('ends a token that has nothing left', async () => {
    const session = await fixture.person();
    const { refresh_token } = await tokensOf(session, SCOPE_SMARTWINDOW);
    await revoke(session, SCOPE_SMARTWINDOW);
    expect(await active(refresh_token)).toBe(false);
  });

  test('is taken from this client and this person only', async () => {
    const [session, other] = [await fixture.person(), await fixture.person()];
    await revoke(session, SCOPE_VPN);
    const body = { grant_type: 'fxa-credentials', scope: SCOPE_VPN } as const;
    expect((await fixture.oauthToken({ ...body, client_id: FIREFOX }, session)).scope).toBe(SCOPE_VPN);
    expect((await fixture.oauthToken({ ...body, client_id: FENIX }, other)).scope).toBe(SCOPE_VPN);
  });
});

describe('everything taken away', () => {
  test('ends all that the client holds, whatever the service, also what was never recorded', async () => {
    const session = await fixture.person();
    const { refresh_token } = await tokensOf(session, `profile ${SCOPE_OLDSYNC}`);
    await allow(session, SCOPE_VPN, { service: 'vpn' });
    const direct = await fixture.oauthToken(
      { grant_type: 'fxa-credentials', client_id: FENIX, scope: SCOPE_SMARTWINDOW },
      session,
    );
    await revoke(session, undefined);
    expect([await active(refresh_token), await active(direct.access_token)]).toEqual([false, false]);
    expect(await list(session)).toEqual([]);
    for (const scope of ['profile', SCOPE_OLDSYNC, SCOPE_VPN, SCOPE_SMARTWINDOW]) {
      expect(await refusal(silently(session, undefined, scope)['fxa-credentials']())).toBe('FORBIDDEN');
    }
  });

  test('a client with a secret must ask again too', async () => {
    const session = await fixture.person();
    const { clientId, code } = await fixture.code(session, { access_type: 'offline' });
    await fixture.token({ client_id: clientId, client_secret: SECRET, code });
    await revoke(session, undefined, clientId);
    const silent = { client_id: clientId, scope: 'profile', prompt: 'none' };
    expect(await refusal(fixture.authorize(session, silent))).toBe('FORBIDDEN');
  });
});

test('an unconfirmed account and an unusable session take nothing away; an unknown client is named as such', async () => {
  expect(await refusal(revoke(await fixture.person({ emailVerified: false }), 'profile'))).toBe('UNVERIFIED_ACCOUNT');
  const unusable = await fixture.person({ tokenVerified: false, mustVerify: true });
  expect(await refusal(revoke(unusable, 'profile'))).toBe('UNVERIFIED_SESSION');
  const session = await fixture.person();
  expect(await refusal(revoke(session, 'profile', 'ffffffffffffffff'))).toBe('UNKNOWN_CLIENT');
  expect(await refusal(revoke(session, 'a:'))).toBe('INVALID_PARAMETER');
});
