import { SCOPE_OLDSYNC, SCOPE_PROFILE, SCOPE_SESSION_TOKEN } from '@foxden/protocol';
import {
  type AccountOptions,
  type DeviceConfig,
  FirefoxAccount,
  type FxaConfig,
  type FxaEvent,
  memoryStorage,
} from '../../src/index.js';
import { ModelServer, SERVER } from './model-server.js';

export const config: FxaConfig = {
  server: { Custom: SERVER },
  clientId: 'a2270f727f45f648',
  redirectUri: `${SERVER}/oauth/success/a2270f727f45f648`,
};

export const deviceConfig: DeviceConfig = {
  name: 'Ada’s laptop',
  deviceType: 'Desktop',
  capabilities: ['SendTab', 'CloseTabs'],
};

export const SYNC_SCOPES = [SCOPE_PROFILE, SCOPE_OLDSYNC, SCOPE_SESSION_TOKEN];
export const VPN = 'https://identity.mozilla.com/apps/vpn';

/** A clock that stands still until it is told to go on. */
export class TestClock {
  private time = 1_800_000_000_000;
  now(): number {
    return this.time;
  }
  advance(seconds: number): void {
    this.time += 1000 * seconds;
  }
}

export class World {
  readonly server = new ModelServer();
  readonly clock = new TestClock();
  readonly storage = memoryStorage();
  readonly options: AccountOptions & { storage: ReturnType<typeof memoryStorage> };

  constructor(options: AccountOptions = {}) {
    this.options = { fetch: this.server.fetch, clock: this.clock, storage: this.storage, ...options };
  }

  account(): FirefoxAccount {
    return new FirefoxAccount(config, this.options);
  }

  /** The account as a new process finds it. */
  async restart(): Promise<FirefoxAccount> {
    const account = await FirefoxAccount.load(config, this.options);
    await account.processEvent({ type: 'Initialize', deviceConfig });
    return account;
  }

  /** Somebody signed in, the device registered. What was sent for it is forgotten. */
  async signedIn(scopes: readonly string[] = SYNC_SCOPES): Promise<FirefoxAccount> {
    const account = this.account();
    await account.processEvent({ type: 'Initialize', deviceConfig });
    await this.signIn(account, scopes);
    this.server.requests.length = 0;
    return account;
  }

  async signIn(account: FirefoxAccount, scopes: readonly string[]): Promise<void> {
    await account.processEvent(begin(...scopes));
    await account.processEvent(this.redirect(account));
  }

  /** The event that the redirect of the flow under way amounts to. */
  redirect(account: FirefoxAccount): FxaEvent {
    const state = account.getState();
    if (state.type !== 'Authenticating') throw new Error(`no flow is under way, but ${state.type}`);
    return { type: 'CompleteOAuthFlow', ...this.server.authorize(state.oauthUrl) };
  }
}

export function begin(...scopes: readonly string[]): FxaEvent {
  return { type: 'BeginOAuthFlow', scopes, entrypoint: 'test' };
}
