import {
  base64urlToBytes,
  encodeKeysJwk,
  type KeysBundle,
  openKeysJwe,
  SCOPE_OLDSYNC,
  SCOPE_PROFILE,
  sealKeysJwe,
} from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import vectors from '../../../test/fixtures/vectors/client.json';
import { FirefoxAccount } from '../src/index.js';
import { normalizedScope } from '../src/oauth/token-answer.js';
import { begin, SYNC_SCOPES, World } from './support/accounts.js';

interface Start {
  readonly refresh?: readonly string[] | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly session?: boolean;
  readonly cache?: Readonly<Record<string, string>> | undefined;
}

/** An account in a state that no flow led to. */
async function accountWith(world: World, { refresh, keys = [], session = false, cache = {} }: Start) {
  const stored = JSON.parse(world.account().toJson());
  const key = (scope: string) => ({ kty: 'oct', scope, k: world.server.syncKey.k, kid: world.server.syncKey.kid });
  const token = (scope: string, value: string) => ({ scope, token: value, key: null, expires_at: 4_000_000_000 });
  return FirefoxAccount.fromJson(
    JSON.stringify({
      ...stored,
      refresh_token: refresh && { token: world.server.newRefreshToken(...refresh), scopes: refresh },
      session_token: session ? await world.server.newSession() : null,
      scoped_keys: Object.fromEntries(keys.map((scope) => [scope, key(scope)])),
      access_token_cache: Object.fromEntries(
        Object.entries(cache).map(([scope, value]) => [scope, token(scope, value)]),
      ),
    }),
    world.options,
  );
}

const REQUESTS: Readonly<Record<string, string>> = {
  exchange: 'token(token-exchange)',
  access_token_from_refresh: 'token(refresh_token)',
  access_token_from_session: 'token(fxa-credentials)',
};

describe('an access token', () => {
  it.each(vectors.get_access_token)('$name', async (vector) => {
    const world = new World();
    world.server.exchangeable = ['sync', 'newscope'];
    const account = await accountWith(world, {
      refresh: vector.refresh?.scopes,
      keys: vector.scoped_keys,
      session: vector.session_token !== undefined,
      cache: vector.cache as Record<string, string> | undefined,
    });
    const got = account.getAccessToken(vector.scope, { useCache: vector.use_cache ?? true });
    if (vector.error !== undefined) {
      await expect(got).rejects.toMatchObject({ kind: vector.error.replace(/ .*$/, '') });
    } else {
      const { token, key } = await got;
      if (vector.token !== undefined) expect(token).toBe(vector.token);
      if (vector.key === null) expect(key).toBeNull();
      if (vector.key === 'present') expect(key?.scope).toBe(vector.scope);
    }
    if (vector.requests !== undefined) {
      const wanted = vector.requests.map((request) => REQUESTS[request.replace(/\(.*$/, '')]);
      expect(world.server.names().filter((name) => name.startsWith('token'))).toEqual(wanted);
    }
    const saved = JSON.parse(account.toJson());
    if (vector.refresh_scopes_after !== undefined)
      expect(saved.refresh_token.scopes).toEqual(vector.refresh_scopes_after);
    if (vector.cache_key !== undefined) expect(Object.keys(saved.access_token_cache)).toEqual([vector.cache_key]);
  });

  it('is taken from the cache until a minute before its end', async () => {
    const world = new World();
    const account = await world.signedIn();
    const { token } = await account.getAccessToken('profile');
    world.clock.advance(3600 - 61);
    expect((await account.getAccessToken('profile')).token).toBe(token);
    world.clock.advance(1);
    expect((await account.getAccessToken('profile')).token).not.toBe(token);
  });

  it('is another one after the cache was emptied, or spoiled and emptied', async () => {
    const world = new World();
    const account = await world.signedIn();
    const { token } = await account.getAccessToken('profile');
    await account.simulateTemporaryAuthTokenIssue();
    expect((await account.getAccessToken('profile')).token).toBe('0'.repeat(64));
    await account.clearAccessTokenCache();
    expect((await account.getAccessToken('profile')).token).not.toBe(token);
  });

  it('is Forbidden for a scope that the person was never asked about', async () => {
    const world = new World();
    const account = await world.signedIn([SCOPE_PROFILE]);
    await expect(account.getAccessToken(SCOPE_OLDSYNC)).rejects.toMatchObject({
      kind: 'Forbidden',
      status: 403,
      errno: 112,
    });
    expect(account.getState().type).toBe('Connected');
  });

  it('after an exchange leaves the device where it was, and the spare token nowhere', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.exchangeable = ['vpn'];
    await account.getAccessToken('vpn');
    expect(world.server.accessTokens.size).toBe(1);
    expect((await account.getDevices()).map(({ isCurrentDevice }) => isCurrentDevice)).toEqual([true]);
  });

  it('lives as long as was asked for', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.getAccessToken('profile', { ttl: 123 });
    expect(world.server.requests.at(-1)?.body['ttl']).toBe(123);
  });
});

describe('scopes', () => {
  const { has_scope, normalise } = vectors.scope_helpers;

  it.each(has_scope.cases)('has “$scope”: $expect', async ({ scope, expect: expected }) => {
    const account = await accountWith(new World(), { refresh: has_scope.granted });
    expect(account.hasScope(scope)).toBe(expected);
  });

  it('are none without a refresh token', () => {
    expect(new World().account().hasScope(has_scope.without_refresh_token.scope)).toBe(false);
  });

  it.each(normalise)('“$input” is “$output”', ({ input, output }) => {
    expect(normalizedScope(input)).toBe(output);
  });
});

describe('a request to the token endpoint', () => {
  it('has the members of the vectors, in their order', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.exchangeable = ['relay'];
    await account.getAccessToken('profile relay', { ttl: 123 });
    await world.signIn(account, ['vpn']);
    const sent = new Map(
      world.server.requests.filter(({ name }) => name.startsWith('token')).map(({ name, body }) => [name, body]),
    );
    const members = (json: string) => Object.keys(JSON.parse(json));
    const [code, refresh, exchange, session] = vectors.token_request_bodies;
    expect(Object.keys(sent.get('token(authorization_code)') ?? {})).toEqual(members(code?.json ?? ''));
    expect(Object.keys(sent.get('token(refresh_token)') ?? {})).toEqual(members(refresh?.json ?? ''));
    expect(Object.keys(sent.get('token(token-exchange)') ?? {})).toEqual(members(exchange?.json ?? ''));
    expect(Object.keys(sent.get('token(fxa-credentials)') ?? {})).toEqual(Object.keys(session?.json_members ?? {}));
  });
});

describe('completing a flow', () => {
  const [withSession, merged, covered, keysKept, failing] = vectors.complete_oauth_flow;
  /** The order of the vector; what the vector does not name is what the original leaves undone (client §11.2, 6). */
  const NAMES: Readonly<Record<string, string>> = {
    'token(code)': 'token(authorization_code)',
    'token(code, auth=session)': 'token(authorization_code)',
    destroy_access_token: 'destroy(access)',
    get_devices: 'GET /account/devices',
    token: 'token(fxa-credentials)',
    destroy_refresh_token: 'destroy(refresh)',
    update_device_record: 'POST /account/device',
  };
  const inOrder = (requests: readonly string[] | undefined) =>
    (requests ?? []).map((request) => NAMES[request] ?? NAMES[request.replace(/\(.*$/, '')] ?? request);

  it(withSession?.name ?? '', async () => {
    const world = new World();
    const account = await accountWith(world, { session: true });
    const { code, state } = world.server.authorize(await account.beginOAuthFlow(['profile'], 'test'));
    await account.completeOAuthFlow(code, state);
    expect(world.server.names()).toEqual(inOrder(withSession?.requests));
    const [, , sent] = world.server.requests;
    expect(sent?.headers.get('Authorization')).toMatch(/^Bearer fxs_/);
  });

  it.each([merged, covered])('$name', async (vector) => {
    const world = new World();
    const account = await world.signedIn([...SYNC_SCOPES]);
    const scopes = vector?.code_response?.scope === 'profile' ? SYNC_SCOPES : ['new_scope'];
    const { code, state } = world.server.authorize(await account.beginOAuthFlow(scopes, 'test'));
    await account.completeOAuthFlow(code, state);
    const ours = ['token(token-exchange)', ...(vector === merged ? ['destroy(access)'] : [])];
    const names = world.server.names();
    // The exchange is tried first, and the spare access token of the merged answer is destroyed.
    if (vector === merged) names.splice(names.lastIndexOf('destroy(access)'), 1);
    expect(names.filter((name) => name !== ours[0])).toEqual(inOrder(vector?.requests));
    expect(new Set(account.getState().type === 'Uninitialized' ? [] : scopesOf(account))).toEqual(
      new Set([...SYNC_SCOPES, ...scopes]),
    );
  });

  it(keysKept?.name ?? '', async () => {
    const world = new World();
    const account = await world.signedIn();
    await world.signIn(account, ['new_scope']);
    expect(account.getScopedKey(SCOPE_OLDSYNC).k).toBe(world.server.syncKey.k);
    expect(scopesOf(account)).toEqual(expect.arrayContaining([SCOPE_OLDSYNC, 'new_scope']));
  });

  it(failing?.name ?? '', async () => {
    const world = new World();
    const account = await world.signedIn();
    const tidy = ['destroy(access)', 'destroy(refresh)', 'GET /account/devices'];
    world.server.fault = ({ name }) => (tidy.includes(name) ? { status: 500 } : undefined);
    await world.signIn(account, ['new_scope']);
    expect(account.getState()).toEqual({ type: 'Connected', scopes: [...SYNC_SCOPES, 'new_scope'] });
    expect(JSON.parse(account.toJson()).server_local_device_info).toBeNull();
    expect(world.server.names()).not.toContain('POST /account/device');
  });
});

function scopesOf(account: FirefoxAccount): readonly string[] {
  return JSON.parse(account.toJson()).refresh_token.scopes;
}

describe('the keys of an answer', () => {
  const importPrivate = (jwk: JsonWebKey) =>
    crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);

  it.each(vectors.scoped_keys_jwe_decrypt)('are opened: $about', async (vector) => {
    const bundle = await openKeysJwe(await importPrivate(vector.recipient_private_jwk), vector.jwe);
    expect(bundle).toEqual(JSON.parse(vector.plaintext));
  });

  it.each(vectors.scoped_keys_jwe_encrypt)('are sealed for another application: $about', async (vector) => {
    const { x, y } = vector.protected_header.epk;
    const ephemeral = await importPrivate({ kty: 'EC', crv: 'P-256', x, y, d: vector.ephemeral_private_d_b64u });
    const sealed = await sealKeysJwe(
      encodeKeysJwk(vector.recipient_public_jwk),
      JSON.parse(vector.plaintext) as KeysBundle,
      () => base64urlToBytes(vector.iv_b64u),
      ephemeral,
    );
    // The order of the members of epk is the only thing that is left to the implementation.
    const [header, ...others] = vector.jwe.split('.');
    const [ownHeader, ...ownOthers] = sealed.split('.');
    const read = (segment = '') => JSON.parse(new TextDecoder().decode(base64urlToBytes(segment)));
    expect(read(ownHeader)).toEqual(read(header));
    expect(ownOthers.slice(0, 3)).toEqual(others.slice(0, 3));
    const privateKey = await importPrivate(vector.recipient_private_jwk);
    expect(await openKeysJwe(privateKey, sealed)).toEqual(JSON.parse(vector.plaintext));
  });
});

describe('a code for another application', () => {
  const parameters = { clientId: '12345678', state: 's', accessType: 'offline' };

  it.each(vectors.authorize_code_errors)('is refused: $error', async (vector) => {
    const world = new World();
    const account = await accountWith(world, { refresh: [SCOPE_OLDSYNC], session: true });
    if (typeof vector.scoped_key_data === 'string') world.server.fault = () => ({ status: 400, errno: 163 });
    const keysJwk = vectors.keys_jwk[0]?.keys_jwk_b64u ?? '';
    const asked = { ...parameters, scope: vector.scopes, ...(vector.keys_jwk !== undefined && { keysJwk }) };
    const expected = vector.error.startsWith('remote')
      ? { kind: 'Other', status: 400, errno: 163 }
      : { kind: vector.error.startsWith('Authentication') ? 'Authentication' : 'Other' };
    await expect(account.authorizeCodeUsingSessionToken(asked)).rejects.toMatchObject(expected);
  });

  it('comes with the keys it asks for, and writes null for what it does not', async () => {
    const world = new World();
    const account = await world.signedIn();
    const keysJwk = vectors.keys_jwk[0]?.keys_jwk_b64u ?? '';
    const code = await account.authorizeCodeUsingSessionToken({ ...parameters, scope: [SCOPE_OLDSYNC], keysJwk });
    expect(code).toMatch(/^[0-9a-f]{64}$/);
    const { body } = world.server.requests.at(-1) ?? {};
    expect(body).toMatchObject({ code_challenge: null, code_challenge_method: null });
    expect(String(body?.['keys_jwe']).split('.')).toHaveLength(5);
  });
});

describe('a session by message', () => {
  it.each(vectors.web_channel_login)('$json', async ({ json, session_token_after, error }) => {
    const account = new World().account();
    const handled = account.handleWebChannelLogin(json);
    if (error !== undefined) await expect(handled).rejects.toMatchObject({ kind: 'Authentication' });
    else {
      await handled;
      expect(account.getSessionToken()).toBe(session_token_after);
    }
  });

  it('is told to the pages with the person it belongs to', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.getProfile();
    expect(JSON.parse(account.getSignedInUserForWebChannel() ?? '')).toEqual({
      sessionToken: account.getSessionToken(),
      email: 'ada@example.com',
      uid: world.server.profile.uid,
      verified: true,
    });
    await account.disconnect();
    expect(account.getSignedInUserForWebChannel()).toBeNull();
  });

  it('after a change of the password keeps scopes, key and device', async () => {
    const world = new World();
    const account = await world.signedIn();
    const sessionToken = await world.server.newSession();
    await account.processEvent({ type: 'WebChannelPasswordChange', jsonPayload: JSON.stringify({ sessionToken }) });
    expect(account.getState()).toEqual({ type: 'Connected', scopes: SYNC_SCOPES });
    expect(account.getSessionToken()).toBe(sessionToken);
    expect(world.server.names()).toEqual([
      'GET /account/devices',
      'token(fxa-credentials)',
      'destroy(access)',
      'POST /account/device',
    ]);
    expect(account.getScopedKey(SCOPE_OLDSYNC).k).toBe(world.server.syncKey.k);
  });
});

describe('retries', () => {
  const { cases } = vectors.retry_policy;
  const [twice, always] = cases;

  it.each([twice, always])('$operation_fails $operation_fails_always', async (vector) => {
    const world = new World();
    const account = await world.signedIn();
    let failures = Array.isArray(vector?.operation_fails) ? vector.operation_fails.length : 100;
    world.server.fault = () => {
      failures -= 1;
      return failures >= 0 ? 'offline' : undefined;
    };
    await account.processEvent({ type: 'CheckAuthorizationStatus' });
    expect(world.server.names()).toHaveLength(vector?.calls ?? 0);
    expect(account.getLastFailure() === null).toBe(vector?.result === 'ok');
  });

  it('are one for an authentication error, once the server says that the authorization is active', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.getAccessToken('profile');
    world.server.accessTokens.clear();
    world.server.requests.length = 0;
    const state = await account.processEvent({ type: 'CallGetProfile' });
    expect(state.type).toBe('Connected');
    expect(world.server.names()).toEqual(['GET /profile', 'token(refresh_token)', 'GET /profile']);
  });

  it('are none for anything else', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.fault = () => ({ status: 400, errno: 107 });
    await account.processEvent({ type: 'CheckAuthorizationStatus' });
    expect(world.server.names()).toHaveLength(1);
  });

  it('never hide a fault of the program', async () => {
    const world = new World();
    const account = await world.signedIn();
    const state = account.getState();
    world.options.storage.save = () => Promise.reject(new Error('disk full'));
    await expect(account.processEvent(begin('vpn')).then(() => account.getAccessToken('profile'))).rejects.toThrow(
      'disk full',
    );
    expect(state.type).toBe('Connected');
  });
});

describe('the check of the authorization', () => {
  it('is let through five times at once, and once more every twenty seconds', async () => {
    const world = new World();
    const account = await world.signedIn();
    const { calls_ok } = vectors.circuit_breaker;
    for (let call = 0; call < calls_ok; call += 1)
      expect(await account.checkAuthorizationStatus()).toEqual({ active: true });
    await expect(account.checkAuthorizationStatus()).rejects.toMatchObject({ kind: 'Other', retryAfter: 20 });
    world.clock.advance(19.999);
    await expect(account.checkAuthorizationStatus()).rejects.toMatchObject({ kind: 'Other' });
    world.clock.advance(0.001);
    expect(await account.checkAuthorizationStatus()).toEqual({ active: true });
    await expect(account.checkAuthorizationStatus()).rejects.toMatchObject({ kind: 'Other' });
  });
});
