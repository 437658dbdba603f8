import { SCOPE_OLDSYNC, SCOPE_PROFILE, SCOPE_SESSION_TOKEN } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import { begin, deviceConfig, SYNC_SCOPES, VPN, World } from './support/accounts.js';

describe('a sign-in', () => {
  it('ends Connected, with the scopes, the key, the session and a registered device', async () => {
    const world = new World();
    const account = await world.signedIn();
    expect(account.getState()).toEqual({ type: 'Connected', scopes: SYNC_SCOPES });
    expect(account.getScopedKey(SCOPE_OLDSYNC).k).toBe(world.server.syncKey.k);
    expect(account.getSessionToken()).toMatch(/^[0-9a-f]{64}$/);
    expect(world.server.devices).toMatchObject([{ name: deviceConfig.name, type: 'desktop' }]);
    expect(account.getCurrentDeviceId()).toBe(world.server.devices[0]?.id);
  });

  it('sends exactly what the reference lists', async () => {
    const world = new World();
    const account = world.account();
    await account.processEvent({ type: 'Initialize', deviceConfig });
    await world.signIn(account, SYNC_SCOPES);
    expect(world.server.names()).toEqual(['token(authorization_code)', 'destroy(access)', 'POST /account/device']);
  });

  it('leaves no token behind that nobody holds', async () => {
    const world = new World();
    const account = await world.signedIn();
    await world.signIn(account, [VPN]);
    expect(world.server.refreshTokens.size).toBe(1);
    expect(world.server.accessTokens.size).toBe(0);
    expect(world.server.sessions.size).toBe(1);
  });
});

describe('a flow while connected', () => {
  it('asks for the new scopes only, and ends with the union, the keys and the same device', async () => {
    const world = new World();
    const account = await world.signedIn();
    const device = account.getCurrentDeviceId();
    world.server.exchangeable = [VPN];
    const state = await account.processEvent(begin(VPN));
    expect(state).toMatchObject({ type: 'Authenticating', initialState: 'Connected' });
    if (state.type !== 'Authenticating') return;
    expect(new URL(state.oauthUrl).searchParams.get('scope')).toBe(VPN);
    await account.processEvent(world.redirect(account));
    expect(account.getState()).toEqual({ type: 'Connected', scopes: [...SYNC_SCOPES, VPN] });
    expect(account.getScopedKey(SCOPE_OLDSYNC).k).toBe(world.server.syncKey.k);
    expect(account.getCurrentDeviceId()).toBe(device);
    expect(world.server.names()).not.toContain('POST /account/device');
  });

  it('joins the scopes by the session where the server does not exchange tokens, and registers the device again', async () => {
    const world = new World();
    const account = await world.signedIn();
    await world.signIn(account, [VPN]);
    expect(account.getState()).toEqual({ type: 'Connected', scopes: [...SYNC_SCOPES, VPN] });
    expect(world.server.names()).toEqual([
      'token(authorization_code)',
      'destroy(access)',
      'GET /account/devices',
      'token(token-exchange)',
      'token(fxa-credentials)',
      'destroy(refresh)',
      'destroy(refresh)',
      'destroy(access)',
      'POST /account/device',
    ]);
    const [device] = world.server.devices;
    expect(device).toMatchObject({ name: deviceConfig.name, type: 'desktop' });
    expect(Object.keys(device?.availableCommands ?? {})).toHaveLength(2);
  });

  it('asks for all scopes at once without a session, for nothing else could join them', async () => {
    const world = new World();
    const account = await world.signedIn([SCOPE_PROFILE]);
    await world.signIn(account, [VPN]);
    expect(account.getState()).toEqual({ type: 'Connected', scopes: [VPN, SCOPE_PROFILE] });
    expect(world.server.names()).not.toContain('token(token-exchange)');
  });

  it('fails without losing anything when the server lets nothing be joined', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.mintable = () => false;
    await world.signIn(account, [VPN]);
    expect(account.getState()).toEqual({ type: 'Connected', scopes: SYNC_SCOPES });
    expect(account.getLastFailure()?.kind).toBe('Forbidden');
    expect(world.server.refreshTokens.size).toBe(1);
    expect((await account.getAccessToken(SCOPE_PROFILE)).scope).toBe(SCOPE_PROFILE);
  });

  it.each(['Connected', 'Disconnected', 'AuthIssues'])('leads back to %s when it is cancelled', async (type) => {
    const world = new World();
    const account = await world.signedIn();
    if (type === 'Disconnected') await account.disconnect();
    if (type === 'AuthIssues') await account.onAuthIssues();
    const before = account.getState();
    expect(await account.processEvent(begin(VPN))).toMatchObject({ initialState: type });
    expect(await account.processEvent({ type: 'CancelOAuthFlow' })).toEqual(before);
  });

  it('can be left by a disconnect', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.processEvent(begin(VPN));
    expect(await account.processEvent({ type: 'Disconnect' })).toEqual({ type: 'Disconnected' });
    expect(world.server.refreshTokens.size).toBe(0);
    expect(world.server.sessions.size).toBe(0);
  });
});

describe('signing in again', () => {
  it('asks for the union of what was held before and what is wanted', async () => {
    const world = new World();
    const account = await world.signedIn([...SYNC_SCOPES, VPN]);
    world.server.revokeEverything();
    await account.processEvent({ type: 'CheckAuthorizationStatus' });
    expect(account.getState()).toEqual({ type: 'AuthIssues' });
    await world.signIn(account, [SCOPE_PROFILE]);
    expect(account.getState()).toEqual({
      type: 'Connected',
      scopes: [SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN, VPN],
    });
  });

  it('goes through the page that asks for the password, with the address filled in', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.getProfile();
    await account.onAuthIssues();
    const state = await account.processEvent(begin(SCOPE_PROFILE));
    if (state.type !== 'Authenticating') throw new Error(state.type);
    const url = new URL(state.oauthUrl);
    expect(url.pathname).toBe('/oauth/force_auth');
    expect(url.searchParams.get('email')).toBe('ada@example.com');
  });
});

describe('the device', () => {
  it('is registered by the first flow that allows it', async () => {
    const world = new World();
    const account = await world.restart();
    world.server.fault = ({ name }) => (name === 'POST /account/device' ? { status: 403, errno: 112 } : undefined);
    await world.signIn(account, [SCOPE_PROFILE, SCOPE_SESSION_TOKEN]);
    expect(account.getState().type).toBe('Connected');
    expect(world.server.devices).toEqual([]);
    world.server.fault = () => undefined;
    await world.signIn(account, [SCOPE_OLDSYNC]);
    expect(world.server.devices).toMatchObject([{ name: deviceConfig.name, type: 'desktop' }]);
  });
});
