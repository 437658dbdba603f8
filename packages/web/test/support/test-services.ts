import type { PageChannel } from '@foxden/webchannel';
import type { AccountChange } from '../../src/account/account-change.js';
import { type AccountStore, createAccountStore, type StoredAccount } from '../../src/account/stored-account.js';
import { createVisit, type Visit } from '../../src/account/visit.js';
import type { PageConfig } from '../../src/config.js';
import { type Flow, type OAuthFlow, readFlow } from '../../src/flow/flow.js';
import type { ClientInformation, OAuthRequest } from '../../src/oauth/oauth-request.js';
import type { Reset } from '../../src/reset/reset.js';
import type { PlaceState } from '../../src/routing/navigation.js';
import type { Services } from '../../src/services.js';
import { memoryStorage } from './memory-storage.js';
import { type TestNavigation, testNavigation } from './test-navigation.js';
import { type TestServer, testServer } from './test-server.js';
import { type TestTimers, testTimers } from './test-timers.js';

/** Seconds since the epoch: the tests' now. */
export const NOW = 1_780_000_000;
export const ISSUER = 'https://accounts.example.org';

export const rosa: StoredAccount = {
  uid: 'ab'.repeat(16),
  email: 'rosa@example.org',
  sessionToken: 'a0'.repeat(32),
  authAt: NOW - 60,
};

/** A reset that was begun by the mailed digits. */
export const reset: Reset = {
  email: rosa.email,
  emailToHashWith: rosa.email,
  uid: rosa.uid,
  token: 'f0'.repeat(32),
  code: 'c0'.repeat(16),
  hasRecoveryKey: true,
  secondStepNeeded: false,
};

export const trustedClient: ClientInformation = {
  id: 'a0a1a2a3a4a5a6a7',
  name: 'Fox Notes',
  trusted: true,
  redirect_uri: 'https://notes.example/callback,https://notes.example/second?keep=1',
};

export const stranger: ClientInformation = {
  id: 'b0b1b2b3b4b5b6b7',
  name: 'Tree Census',
  trusted: false,
  redirect_uri: 'https://census.example/callback',
};

export function oauthRequest(client: ClientInformation, more: Partial<OAuthRequest> = {}): OAuthRequest {
  return {
    clientId: client.id,
    scope: ['openid', 'profile:email'],
    service: undefined,
    state: 'the state',
    redirectUri: undefined,
    accessType: 'online',
    codeChallenge: undefined,
    keysJwk: undefined,
    nonce: undefined,
    acrValues: undefined,
    prompt: undefined,
    maxAge: undefined,
    idTokenHint: undefined,
    ...more,
  };
}

export function oauthFlow(client = trustedClient, more: Partial<OAuthRequest> = {}): OAuthFlow {
  const [redirectUri = ''] = (client.redirect_uri ?? '').split(',');
  const request = oauthRequest(client, more);
  return { client, request, returnAddress: { redirectUri, state: request.state, issuer: ISSUER, takesErrors: true } };
}

export function testConfig(more: Partial<PageConfig> = {}): PageConfig {
  const pairing = { pairingServer: 'wss://accounts.example.org', pairingClients: undefined };
  return { siteName: 'Foxden', hideAccounts: false, issuer: ISSUER, ...pairing, ...more };
}

export interface TestServices extends Services {
  readonly server: TestServer;
  readonly accounts: AccountStore;
  readonly visit: Visit;
  readonly navigation: TestNavigation;
  /** What others were told of the account. */
  readonly changes: AccountChange[];
  readonly timers: TestTimers;
}

interface Given {
  readonly url?: string;
  readonly state?: PlaceState;
  readonly account?: StoredAccount | undefined;
  readonly flow?: Partial<Flow>;
  readonly server?: TestServer;
  readonly hideAccounts?: boolean;
  /** To the browser around the page; there is none usually. */
  readonly channel?: PageChannel;
}

/** Everything a model may use, with nothing behind it but memory. */
export function testServices({
  url = '/',
  state = {},
  account,
  flow = {},
  server = testServer(),
  hideAccounts = false,
  channel,
}: Given = {}): TestServices {
  const navigation = testNavigation(url, state);
  const timers = testTimers();
  const accounts = createAccountStore(memoryStorage(), new EventTarget());
  if (account !== undefined) accounts.set(account);
  const { path, query } = navigation.here();
  const changes: AccountChange[] = [];
  return {
    client: server.client,
    server,
    accounts,
    visit: createVisit(),
    navigation,
    flow: { ...readFlow(path, query), ...flow },
    onAccountChange: (change) => changes.push(change),
    changes,
    config: testConfig({ hideAccounts }),
    openChannel: async () => channel,
    now: () => NOW * 1000,
    after: timers.after,
    timers,
  };
}

/** `/session/status` of a session in one of its states. */
export function sessionStatus(
  state: {
    readonly emailVerified?: boolean;
    readonly sessionVerified?: boolean;
    readonly mustVerify?: boolean;
    readonly meetsAal?: boolean;
  } = {},
) {
  const { emailVerified = true, sessionVerified = true, mustVerify = false, meetsAal = true } = state;
  return {
    state: sessionVerified ? 'verified' : 'unverified',
    uid: rosa.uid,
    details: {
      accountEmailVerified: emailVerified,
      sessionVerificationMethod: null,
      sessionVerified,
      mustVerify,
      sessionVerificationMeetsMinimumAAL: meetsAal,
      verified: emailVerified && sessionVerified,
    },
  };
}
