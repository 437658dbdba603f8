import { AccountContext } from './account-context.js';
import { type FxaConfig, toStoredConfig } from './config/fxa-config.js';
import type { DeviceConfig } from './devices/types.js';
import type { FxaError } from './errors/fxa-error.js';
import { Connection, type Environment } from './http/connection.js';
import {
  type AuthorizationInfo,
  checkAuthorizationStatus,
  disconnect,
  enterAuthIssues,
} from './oauth/authorization.js';
import { type Observer, Observers } from './observers.js';
import { type AccountState, emptyState } from './persistence/account-state.js';
import type { AccountStorage } from './persistence/storage.js';
import { writeState } from './persistence/write-state.js';
import { toProfile } from './profile/profile.js';
import { effectsOn } from './state/effects.js';
import { authStateOf, publicState } from './state/public-state.js';
import { runEvent } from './state/run-event.js';
import type { AuthState, FxaEvent, FxaState } from './state/states.js';

export interface AccountOptions extends Environment {
  /** Where the account is kept; it is saved there after every change. */
  readonly storage?: AccountStorage;
  /**
   * Whether a flow can be completed by another page or process than the one that began it, because the redirect leaves
   * the page. Its secrets are stored then.
   */
  readonly resumeFlows?: boolean;
}

/** Cached access tokens become this when trouble is simulated. */
const SPOILED = '0'.repeat(64);

/** An account that is kept: its state, the events that change it, saving and watching it. */
export class KeptAccount {
  protected readonly context: AccountContext;
  private readonly storage: AccountStorage | undefined;
  protected readonly resumeFlows: boolean;
  private readonly observers = new Observers();
  private deviceConfig: DeviceConfig | undefined;
  private saved: string | undefined;
  private failure: FxaError | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  /**
   * An account that nobody has signed in to. Sends no request.
   * @example
   * const account = new FirefoxAccount({ server: 'Release', clientId, redirectUri });
   * assert(account.getState().type === 'Uninitialized');
   */
  constructor(config: FxaConfig, options: AccountOptions = {}) {
    this.storage = options.storage;
    this.resumeFlows = options.resumeFlows === true;
    const stored = toStoredConfig(config);
    const connection = new Connection(stored, options);
    this.context = new AccountContext(connection, emptyState(stored), (state) => this.persist(state));
  }

  /**
   * The account as text, for {@link fromJson}. It holds tokens and keys.
   * @example
   * const json = account.toJson();
   */
  toJson(): string {
    const { state } = this.context;
    return writeState(this.resumeFlows ? state : { ...state, pendingFlow: null });
  }

  /**
   * Tells of changes until the function that it gives is called.
   * @example
   * const stop = account.observe({ state: (to) => console.log(to.type) });
   * stop();
   */
  observe(observer: Observer): () => void {
    return this.observers.add(observer);
  }

  /**
   * The state that the person sees (client §4.1).
   * @example
   * const state = account.getState();
   * if (state.type === 'Connected') console.log(state.scopes);
   */
  getState(): FxaState {
    return publicState(this.context.state, this.deviceConfig !== undefined);
  }

  /**
   * Why the last event did not do what it was sent for, or why the state was left; null when it did.
   * @example
   * await account.processEvent({ type: 'CheckAuthorizationStatus' });
   * console.log(account.getLastFailure()?.message ?? 'all is well');
   */
  getLastFailure(): FxaError | null {
    return this.failure;
  }

  /**
   * Processes an event and gives the state it leads to (client §4.2). The first event must be Initialize. What fails on
   * the way shows in the state, and in {@link getLastFailure}.
   * @example
   * const state = await account.processEvent({ type: 'BeginOAuthFlow', scopes: ['profile'], entrypoint: 'menu' });
   * if (state.type === 'Authenticating') console.log(`Go to ${state.oauthUrl}`);
   * @throws FxaError `Other` when the state does not take the event; nothing changes then
   */
  processEvent(event: FxaEvent): Promise<FxaState> {
    return this.exclusive(async () => {
      const from = this.getState();
      const config = event.type === 'Initialize' ? event.deviceConfig : this.deviceConfig;
      const perform = effectsOn(this.context, () => config ?? NO_DEVICE);
      const { to, cause } = await runEvent(from, event, perform);
      if (to === 'AuthIssues' && from.type !== 'AuthIssues') enterAuthIssues(this.context);
      this.deviceConfig = config;
      this.failure = cause ?? null;
      return this.getState();
    });
  }

  /**
   * Where the account stands by its tokens; {@link getState} says more.
   * @deprecated
   * @example
   * if (account.getAuthState() === 'AuthIssues') console.log('Please sign in again');
   */
  getAuthState(): AuthState {
    return authStateOf(this.context.state);
  }

  /**
   * Asks the server whether the authorization still holds. Changes nothing: the event of the same name does.
   * @example
   * const { active } = await account.checkAuthorizationStatus();
   * @throws FxaError `Authentication` when nobody is signed in; `Other` after too many calls
   */
  checkAuthorizationStatus(): Promise<AuthorizationInfo> {
    return this.exclusive(() => checkAuthorizationStatus(this.context));
  }

  /**
   * Signs the application out, here and at the server; everything is forgotten. Never throws.
   * @example
   * await account.disconnect();
   * assert(account.getState().type === 'Disconnected');
   */
  disconnect(): Promise<void> {
    return this.exclusive(() => disconnect(this.context));
  }

  /**
   * Says that the authorization turned out to be worth nothing: the person has to sign in again.
   * @example
   * await account.onAuthIssues();
   * assert(account.getState().type === 'AuthIssues');
   */
  onAuthIssues(): Promise<void> {
    return this.exclusive(async () => enterAuthIssues(this.context));
  }

  /**
   * Lets the next request fail as if nothing had answered.
   * @example
   * account.simulateNetworkError();
   */
  simulateNetworkError(): void {
    this.context.connection.failNext = true;
  }

  /**
   * Spoils the access tokens, as if they had been revoked.
   * @example
   * await account.simulateTemporaryAuthTokenIssue();
   */
  simulateTemporaryAuthTokenIssue(): Promise<void> {
    return this.exclusive(async () => {
      const spoiled = Object.entries(this.context.state.accessTokenCache).map(
        ([scope, token]) => [scope, { ...token, token: SPOILED }] as const,
      );
      this.context.update({ accessTokenCache: Object.fromEntries(spoiled) });
    });
  }

  /**
   * Spoils all tokens, as if the application had been disconnected elsewhere: the next check leads to AuthIssues.
   * @example
   * await account.simulatePermanentAuthTokenIssue();
   */
  simulatePermanentAuthTokenIssue(): Promise<void> {
    return this.exclusive(async () => {
      const { refreshToken, sessionToken } = this.context.state;
      this.context.update({
        refreshToken: refreshToken && { ...refreshToken, token: SPOILED },
        sessionToken: sessionToken && SPOILED,
        accessTokenCache: {},
      });
    });
  }

  /** Runs a task after those before it, then saves what it changed and tells those who watch. */
  protected exclusive<T>(task: () => Promise<T>): Promise<T> {
    const run = this.queue.then(async () => {
      const before = this.context.state;
      const from = this.getState();
      this.failure = null;
      try {
        return await task();
      } finally {
        await this.context.save();
        this.tell(before, from);
      }
    });
    this.queue = run.catch(() => undefined);
    return run;
  }

  private async persist(state: AccountState): Promise<void> {
    if (this.storage === undefined) return;
    const json = writeState(this.resumeFlows ? state : { ...state, pendingFlow: null });
    if (json === this.saved) return;
    await this.storage.save(json);
    this.saved = json;
  }

  private tell(before: AccountState, from: FxaState): void {
    const after = this.context.state;
    const to = this.getState();
    if (JSON.stringify(to) !== JSON.stringify(from)) this.observers.state(to, from, this.failure);
    if (after.lastSeenProfile?.response !== before.lastSeenProfile?.response) {
      const seen = after.lastSeenProfile;
      this.observers.profile(seen && toProfile(seen.response));
    }
    if (after.serverLocalDeviceInfo !== before.serverLocalDeviceInfo) {
      this.observers.device(after.serverLocalDeviceInfo);
    }
  }

  /** Takes over a stored account, of the same configuration. */
  protected adopt(state: AccountState, saved?: string): void {
    this.context.update(this.resumeFlows ? state : { ...state, pendingFlow: null });
    this.saved = saved;
  }
}

/** Never used: only Initialize comes before there is a device configuration, and it brings one. */
const NO_DEVICE: DeviceConfig = { name: '', deviceType: 'Unknown', capabilities: [] };
