import type { EventName, StateName } from './states.js';

/** What an event makes the account do, and how each can end. */
export const EFFECTS = {
  readAuthState: ['disconnected', 'connected', 'authIssues', 'flowPending'],
  ensureCapabilities: ['ok', 'inactive', 'failed'],
  beginOAuthFlow: ['ok', 'failed'],
  beginPairingFlow: ['ok', 'failed'],
  completeOAuthFlow: ['added', 'signedIn', 'kept', 'failed'],
  initializeDevice: ['ok', 'failed'],
  forgetFlow: ['ok'],
  disconnect: ['ok'],
  checkAuthorizationStatus: ['active', 'inactive', 'failed'],
  getProfile: ['ok', 'inactive', 'failed'],
  changeSession: ['ok', 'inactive', 'failed'],
} as const;

export type Effect = keyof typeof EFFECTS;
export type Outcome<E extends Effect> = (typeof EFFECTS)[E][number];

/** Where a transition ends: a state, `Unchanged`, or where the flow under way began (`Initial`). */
export type Target = 'Disconnected' | 'Authenticating' | 'Connected' | 'AuthIssues' | 'Unchanged' | 'Initial';

/** An effect, and what follows each of its outcomes. */
export type Step = {
  [E in Effect]: { readonly effect: E; readonly on: { readonly [O in Outcome<E>]: Next } };
}[Effect];
export type Next = Target | Step;

const begin: Step = { effect: 'beginOAuthFlow', on: { ok: 'Authenticating', failed: 'Initial' } };
const beginPairing: Step = { effect: 'beginPairingFlow', on: { ok: 'Authenticating', failed: 'Initial' } };
const disconnect: Step = { effect: 'disconnect', on: { ok: 'Disconnected' } };
const changeSession: Step = {
  effect: 'changeSession',
  on: { ok: 'Connected', inactive: 'AuthIssues', failed: 'Unchanged' },
};

/**
 * The whole machine (client §4.2, with pull request 7306 and §11.2): state → event → effects → next state. An event that
 * a state does not list is refused and changes nothing.
 *
 * Only an answer of the server that the authorization is `inactive` leads to AuthIssues: no failure does.
 */
export const TRANSITIONS: Readonly<Record<StateName, Readonly<Partial<Record<EventName, Next>>>>> = {
  Uninitialized: {
    Initialize: {
      effect: 'readAuthState',
      on: {
        disconnected: 'Disconnected',
        authIssues: 'AuthIssues',
        // Only where flows outlive the page that began them.
        flowPending: 'Authenticating',
        connected: {
          effect: 'ensureCapabilities',
          on: { ok: 'Connected', inactive: 'AuthIssues', failed: 'Connected' },
        },
      },
    },
  },
  Disconnected: {
    BeginOAuthFlow: begin,
    BeginPairingFlow: beginPairing,
    CheckAuthorizationStatus: 'Unchanged',
    Disconnect: 'Unchanged',
  },
  Authenticating: {
    BeginOAuthFlow: begin,
    BeginPairingFlow: beginPairing,
    CompleteOAuthFlow: {
      effect: 'completeOAuthFlow',
      on: {
        // The device is registered already, and moved along.
        added: 'Connected',
        // Signed in is signed in: a device that could not be registered is tried again by the next ensureCapabilities.
        signedIn: { effect: 'initializeDevice', on: { ok: 'Connected', failed: 'Connected' } },
        // Nothing answered, or the redirect was of another flow: the same event can be sent again.
        kept: 'Unchanged',
        failed: 'Initial',
      },
    },
    CancelOAuthFlow: { effect: 'forgetFlow', on: { ok: 'Initial' } },
    CheckAuthorizationStatus: 'Unchanged',
    Disconnect: disconnect,
    WebChannelPasswordChange: 'Unchanged',
  },
  Connected: {
    BeginOAuthFlow: begin,
    BeginPairingFlow: beginPairing,
    CheckAuthorizationStatus: {
      effect: 'checkAuthorizationStatus',
      on: { active: 'Connected', inactive: 'AuthIssues', failed: 'Unchanged' },
    },
    CallGetProfile: {
      effect: 'getProfile',
      on: { ok: 'Connected', inactive: 'AuthIssues', failed: 'Unchanged' },
    },
    Disconnect: disconnect,
    WebChannelPasswordChange: changeSession,
  },
  AuthIssues: {
    BeginOAuthFlow: begin,
    BeginPairingFlow: beginPairing,
    CheckAuthorizationStatus: {
      effect: 'checkAuthorizationStatus',
      on: { active: 'Connected', inactive: 'Unchanged', failed: 'Unchanged' },
    },
    Disconnect: disconnect,
    WebChannelPasswordChange: changeSession,
  },
};
