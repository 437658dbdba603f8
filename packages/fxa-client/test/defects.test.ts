import { SCOPE_OLDSYNC } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import { FirefoxAccount, type FxaEvent } from '../src/index.js';
import { begin, config, deviceConfig, SYNC_SCOPES, VPN, World } from './support/accounts.js';
import { SERVER } from './support/model-server.js';

/** The sixteen defects of client §11.2, each where the original would fail. */
const DEVICE = 'POST /account/device';

it('1: completing a flow can be repeated after nothing answered', async () => {
  const world = new World();
  const account = await world.restart();
  await account.processEvent(begin('profile'));
  const redirect = world.redirect(account);
  world.server.fault = () => 'offline';
  expect(await account.processEvent(redirect)).toMatchObject({ type: 'Authenticating' });
  expect(account.getLastFailure()?.kind).toBe('Network');
  world.server.fault = () => undefined;
  expect(await account.processEvent(redirect)).toEqual({ type: 'Connected', scopes: ['profile'] });
});

it('1: … also when it was the second request that found nobody', async () => {
  const world = new World();
  const account = await world.signedIn();
  await account.processEvent(begin(VPN));
  const redirect = world.redirect(account);
  world.server.fault = ({ name }) => (name === 'token(fxa-credentials)' ? 'offline' : undefined);
  expect(await account.processEvent(redirect)).toMatchObject({ type: 'Authenticating' });
  world.server.fault = () => undefined;
  expect(await account.processEvent(redirect)).toEqual({ type: 'Connected', scopes: [...SYNC_SCOPES, VPN] });
});

describe('2: AuthIssues is no trap', () => {
  it('a status check that finds the authorization active leads out of it', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.onAuthIssues();
    const state = await account.processEvent({ type: 'CheckAuthorizationStatus' });
    expect(state).toEqual({ type: 'Connected', scopes: SYNC_SCOPES });
  });

  it('a session from the pages leads out of it, with scopes, key and device', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.revokeEverything();
    await account.processEvent({ type: 'CheckAuthorizationStatus' });
    const again = await world.restart();
    const jsonPayload = JSON.stringify({ sessionToken: await world.server.newSession() });
    expect(await again.processEvent({ type: 'WebChannelPasswordChange', jsonPayload })).toEqual({
      type: 'Connected',
      scopes: SYNC_SCOPES,
    });
    expect(again.getScopedKey(SCOPE_OLDSYNC).k).toBe(world.server.syncKey.k);
    await again.ensureCapabilities(deviceConfig.capabilities);
    expect(world.server.devices).toHaveLength(1);
  });
});

describe('3: only an answer that it has ended ends an authorization', () => {
  const faults = [
    'offline',
    'dropped',
    { status: 429, errno: 114, headers: { 'Retry-After': '5' } },
    { status: 500 },
    { status: 403, errno: 112 },
    { status: 502, body: '<html>' },
  ] as const;

  it.each(faults)('not the start under %j', async (fault) => {
    const world = new World();
    const account = await world.signedIn();
    const before = JSON.parse(account.toJson());
    await world.storage.save(JSON.stringify({ ...before, server_local_device_info: null }));
    world.server.fault = () => fault;
    const restarted = await world.restart();
    expect(restarted.getState()).toEqual({ type: 'Connected', scopes: SYNC_SCOPES });
    expect(JSON.parse(restarted.toJson())).toMatchObject({
      refresh_token: before.refresh_token,
      scoped_keys: before.scoped_keys,
    });
  });

  it.each(faults)('not a look at the profile under %j', async (fault) => {
    const world = new World();
    const account = await world.signedIn();
    world.server.fault = () => fault;
    expect((await account.processEvent({ type: 'CallGetProfile' })).type).toBe('Connected');
    expect(account.getLastFailure()).not.toBeNull();
  });

  it('starts without a request when the device is registered as it should be', async () => {
    const world = new World();
    await world.signedIn();
    world.server.fault = () => 'offline';
    expect((await world.restart()).getState().type).toBe('Connected');
    expect(world.server.requests).toEqual([]);
  });
});

it('4: a device that cannot be registered does not make a sign-in undone', async () => {
  const world = new World();
  const account = await world.restart();
  world.server.fault = ({ name }) => (name === DEVICE ? { status: 500 } : undefined);
  await account.processEvent(begin(...SYNC_SCOPES));
  expect((await account.processEvent(world.redirect(account))).type).toBe('Connected');
  expect(account.getLastFailure()?.status).toBe(500);
  world.server.fault = () => undefined;
  expect((await world.restart()).getState()).toEqual(account.getState());
  expect(world.server.devices).toHaveLength(1);
});

it('5: capabilities in another order are the same capabilities', async () => {
  const world = new World();
  const account = await world.signedIn();
  await account.ensureCapabilities([...deviceConfig.capabilities].reverse());
  expect(world.server.requests).toEqual([]);
});

describe('6: joining scopes loses and leaves nothing', () => {
  it('no scope without a session', async () => {
    const world = new World();
    const account = await world.signedIn(['profile', VPN]);
    await world.signIn(account, ['email']);
    expect(account.getState()).toMatchObject({ scopes: expect.arrayContaining(['profile', VPN, 'email']) });
  });

  it('no scope with a session that has ended', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.processEvent(begin(VPN));
    world.server.sessions.clear();
    await account.processEvent(world.redirect(account));
    expect(account.getState()).toEqual({ type: 'Connected', scopes: SYNC_SCOPES });
    await world.signIn(account, [VPN]);
    expect(account.getState()).toMatchObject({ scopes: expect.arrayContaining([...SYNC_SCOPES, VPN]) });
  });

  it('no token at the server, whether it worked or not', async () => {
    for (const mintable of [true, false]) {
      const world = new World();
      const account = await world.signedIn();
      world.server.mintable = () => mintable;
      await world.signIn(account, [VPN]);
      expect(world.server.refreshTokens.size).toBe(1);
      expect(world.server.accessTokens.size).toBe(0);
      expect(world.server.sessions.size).toBe(1);
    }
  });

  it('no access token of an exchange', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.exchangeable = [VPN];
    const { token } = await account.getAccessToken(VPN);
    expect([...world.server.accessTokens]).toEqual([token]);
  });
});

describe('7: every way out of a state shows in the state', () => {
  it.each([
    ['disconnect', (account: FirefoxAccount) => account.disconnect(), 'Disconnected'],
    ['onAuthIssues', (account: FirefoxAccount) => account.onAuthIssues(), 'AuthIssues'],
    [
      'a push that this device was disconnected',
      (account: FirefoxAccount) => {
        const data = { id: account.getCurrentDeviceId() };
        return account.handlePushMessage(JSON.stringify({ command: 'fxaccounts:device_disconnected', data }));
      },
      'Disconnected',
    ],
  ] as const)('%s', async (_, leave, type) => {
    const world = new World();
    const account = await world.signedIn();
    const seen: string[] = [];
    account.observe({ state: (to) => seen.push(to.type) });
    await leave(account);
    expect(account.getState()).toEqual({ type });
    expect(seen).toEqual([type]);
    expect(await account.processEvent(begin('profile'))).toMatchObject({ initialState: type });
  });
});

it('8: disconnecting ends a session that was made for the application, and no other', async () => {
  for (const ofBrowser of [false, true]) {
    const world = new World();
    const account = await world.signedIn();
    if (ofBrowser) {
      const sessionToken = account.getSessionToken();
      await account.handleWebChannelLogin(JSON.stringify({ sessionToken }));
    }
    await (await world.restart()).disconnect();
    expect(world.server.sessions.size).toBe(ofBrowser ? 1 : 0);
  }
});

it('9: the class of an error is that of its status, whatever the body says', async () => {
  const world = new World();
  const account = await world.signedIn();
  const kinds: unknown[] = [];
  for (const status of [401, 403, 400]) {
    for (const body of ['<html>', '{"code":200,"errno":1}', '{}']) {
      world.server.fault = () => ({ status, body });
      await account.getDevices(true).catch(({ kind }) => kinds.push(kind));
    }
  }
  expect(kinds).toEqual([...Array(3).fill('Authentication'), ...Array(3).fill('Forbidden'), ...Array(3).fill('Other')]);
});

describe('10: back-off', () => {
  it.each([
    ['503', 503, '30'],
    ['a date', 429, new Date(1_800_000_030_000).toUTCString()],
  ])('is understood as %s', async (_, status, header) => {
    const world = new World();
    const account = await world.signedIn();
    world.server.fault = () => ({ status, headers: { 'Retry-After': header } });
    await expect(account.getDevices(true)).rejects.toMatchObject({ retryAfter: 30, status });
    await expect(account.getDevices(true)).rejects.toMatchObject({ retryAfter: 30 });
    expect(world.server.requests).toHaveLength(1);
  });

  it('is of one server: the same path of another is free', async () => {
    const hosts: string[] = [];
    const world = new World();
    const account = new FirefoxAccount(config, {
      clock: world.clock,
      fetch: async (input) => {
        const url = new URL(String(input));
        if (!url.pathname.startsWith('/.well-known/')) hosts.push(url.hostname);
        if (url.hostname === 'oauth.example.com')
          return new Response('{}', { status: 429, headers: { 'Retry-After': '60' } });
        return Response.json({
          auth_server_base_url: 'https://auth.example.com',
          oauth_server_base_url: 'https://oauth.example.com',
          sync_tokenserver_base_url: SERVER,
          authorization_endpoint: `${SERVER}/authorization`,
          introspection_endpoint: 'https://oauth.example.com/v1/oauth/token',
          userinfo_endpoint: SERVER,
          access_token: 'a',
          refresh_token: 'r',
          scope: 'profile',
          expires_in: 1,
        });
      },
    });
    const { searchParams } = new URL(await account.beginOAuthFlow(['profile'], 'test'));
    await account.completeOAuthFlow('code', searchParams.get('state') ?? '');
    await expect(account.checkAuthorizationStatus()).rejects.toMatchObject({ retryAfter: 60 });
    await account.getAccessToken('profile');
    expect(hosts.filter((host) => host === 'auth.example.com')).toHaveLength(2);
  });
});

it.each(['http://accounts.example.com/pair#x', 'https://accounts.example.com:8443/pair#x'])(
  '11: a pairing URL of another scheme or port is of another server: %s',
  async (url) => {
    await expect(new World().account().beginPairingFlow(url, [], 'test')).rejects.toMatchObject({
      kind: 'OriginMismatch',
    });
  },
);

it('12: a flow that is begun and cancelled leaves the access tokens alone', async () => {
  const world = new World();
  const account = await world.signedIn();
  const { token } = await account.getAccessToken('profile');
  await account.processEvent(begin(VPN));
  await account.processEvent({ type: 'CancelOAuthFlow' });
  expect((await account.getAccessToken('profile')).token).toBe(token);
});

it('13: the list of devices is fresh after this device was changed, and after a flow', async () => {
  const world = new World();
  const account = await world.signedIn();
  await account.getDevices();
  await account.setDeviceName('Ada’s desk');
  expect((await account.getDevices())[0]?.displayName).toBe('Ada’s desk');
  const before = world.server.names().length;
  await world.signIn(account, [VPN]);
  await account.getDevices();
  expect(
    world.server
      .names()
      .slice(before)
      .filter((name) => name === 'GET /account/devices').length,
  ).toBeGreaterThan(0);
});

it('14: tabs to close are not counted as tabs that were sent', async () => {
  const world = new World();
  const account = await world.signedIn();
  await account.closeTabs(account.getCurrentDeviceId(), ['https://example.com']);
  await account.pollDeviceCommands();
  expect(JSON.parse(account.gatherTelemetry()).commands_received).toMatchObject([{ command: 'close_tabs' }]);
});

it.each(['Connected', 'AuthIssues'])('15: a pairing flow can be begun in %s', async (type) => {
  const world = new World();
  const account = await world.signedIn();
  if (type === 'AuthIssues') await account.onAuthIssues();
  const pairingUrl = `${SERVER}/pair#channel_id=a&channel_key=b`;
  const event: FxaEvent = { type: 'BeginPairingFlow', pairingUrl, scopes: [VPN], entrypoint: 'test' };
  expect(await account.processEvent(event)).toMatchObject({ type: 'Authenticating', initialState: type });
});

describe('16: a push that the account was destroyed', () => {
  const message = (uid: string) => JSON.stringify({ command: 'fxaccounts:account_destroyed', data: { uid } });

  it('is known for this account also after its profile was dropped, and after a restart', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.getProfile();
    await account.handlePushMessage('{"command":"fxaccounts:profile_updated"}');
    const again = await world.restart();
    expect(await again.handlePushMessage(message(world.server.profile.uid))).toEqual({ type: 'AccountDestroyed' });
    await expect(again.handlePushMessage(message('cd'.repeat(16)))).rejects.toMatchObject({ kind: 'Other' });
  });

  it('is believed when no profile was ever seen', async () => {
    const account = await new World().signedIn();
    expect(await account.handlePushMessage(message('cd'.repeat(16)))).toEqual({ type: 'AccountDestroyed' });
  });
});

describe('beside them', () => {
  it('the profile is asked for by the ETag as the server wrote it, so that 304 is an answer', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.getProfile();
    world.clock.advance(120);
    expect((await account.getProfile()).email).toBe('ada@example.com');
    expect(world.server.requests.at(-1)?.headers.get('If-None-Match')).toBe('"1"');
    world.clock.advance(119);
    const before = world.server.requests.length;
    await account.getProfile();
    expect(world.server.requests).toHaveLength(before);
  });

  it('a stray redirect leaves the flow that is under way alone', async () => {
    const world = new World();
    const account = await world.restart();
    await account.processEvent(begin('profile'));
    const stray: FxaEvent = { type: 'CompleteOAuthFlow', code: 'ab'.repeat(32), state: 'of another' };
    expect((await account.processEvent(stray)).type).toBe('Authenticating');
    expect(account.getLastFailure()?.kind).toBe('NoExistingAuthFlow');
    expect((await account.processEvent(world.redirect(account))).type).toBe('Connected');
  });

  it('nothing is sent without TLS, but to this machine', async () => {
    const at = (url: string, allowPlainHttp = false) => {
      const sent: string[] = [];
      const fetch = async (input: unknown) => {
        sent.push(String(input));
        throw new TypeError('nobody there');
      };
      const account = new FirefoxAccount({ ...config, server: { Custom: url } }, { fetch, allowPlainHttp });
      return account.beginOAuthFlow([], 'test').catch(({ kind }) => [kind, sent.length]);
    };
    expect(await at('http://accounts.example.com')).toEqual(['Network', 0]);
    expect(await at('http://accounts.example.com', true)).toEqual(['Network', 1]);
    expect(await at('http://localhost:3030')).toEqual(['Network', 1]);
    expect(await at('http://127.0.0.1:3030')).toEqual(['Network', 1]);
    expect(await at('http://127.0.0.1.example.com')).toEqual(['Network', 0]);
  });

  it('a simulated network error is one', async () => {
    const account = await new World().signedIn();
    account.simulateNetworkError();
    await expect(account.getDevices(true)).rejects.toMatchObject({ kind: 'Network' });
    expect(await account.getDevices(true)).toHaveLength(1);
  });

  it('simulated permanent trouble leads to AuthIssues, and a sign-in out of it with everything', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.simulatePermanentAuthTokenIssue();
    expect((await account.processEvent({ type: 'CheckAuthorizationStatus' })).type).toBe('AuthIssues');
    await world.signIn(account, ['profile']);
    expect(account.getState()).toEqual({ type: 'Connected', scopes: SYNC_SCOPES });
  });

  it('an event that a state does not take is refused, also the second Initialize', async () => {
    const account = new World().account();
    await expect(account.processEvent(begin('profile'))).rejects.toMatchObject({ kind: 'Other' });
    await account.processEvent({ type: 'Initialize', deviceConfig });
    await expect(account.processEvent({ type: 'Initialize', deviceConfig })).rejects.toMatchObject({ kind: 'Other' });
    expect(account.getState()).toEqual({ type: 'Disconnected' });
  });

  it('calls run one after the other, so that two exchanges do not end each other’s token', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.exchangeable = ['one', 'two'];
    await Promise.all([account.getAccessToken('one'), account.getAccessToken('two')]);
    expect(account.getState()).toEqual({ type: 'Connected', scopes: [...SYNC_SCOPES, 'one', 'two'] });
  });

  it('no message of an error holds a token or a code', async () => {
    const world = new World();
    const account = await world.signedIn();
    const secrets = [...world.server.refreshTokens.keys(), account.getSessionToken()];
    for (const fault of ['offline', { status: 500 }, { status: 401, body: 'x' }] as const) {
      world.server.fault = () => fault;
      const error = await account.getDevices(true).catch((caught: Error) => caught);
      for (const secret of secrets) expect(`${error} ${(error as Error).stack}`).not.toContain(secret);
    }
  });
});
