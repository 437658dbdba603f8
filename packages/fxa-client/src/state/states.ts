import type { DeviceConfig } from '../devices/types.js';

/** Where an account stands, by what is stored (client §3.2). */
export type AuthState = 'Disconnected' | 'Connected' | 'AuthIssues';

/** What the person sees of the account (client §4.1). */
export type FxaState =
  | { readonly type: 'Uninitialized' }
  | { readonly type: 'Disconnected' }
  /** A sign-in is under way at `oauthUrl`; `initialState` is where cancelling it leads back to. */
  | { readonly type: 'Authenticating'; readonly oauthUrl: string; readonly initialState: AuthState }
  | { readonly type: 'Connected'; readonly scopes: readonly string[] }
  | { readonly type: 'AuthIssues' };

export type StateName = FxaState['type'];

/** What an application tells the account (client §4.1). */
export type FxaEvent =
  | { readonly type: 'Initialize'; readonly deviceConfig: DeviceConfig }
  | {
      readonly type: 'BeginOAuthFlow';
      /** The scopes to add; from AuthIssues the ones held before are asked for again too. */
      readonly scopes: readonly string[];
      readonly entrypoint: string;
      readonly service?: string;
    }
  | {
      readonly type: 'BeginPairingFlow';
      readonly pairingUrl: string;
      readonly scopes: readonly string[];
      readonly entrypoint: string;
      readonly service?: string;
    }
  | { readonly type: 'CompleteOAuthFlow'; readonly code: string; readonly state: string }
  | { readonly type: 'CancelOAuthFlow' }
  | { readonly type: 'CheckAuthorizationStatus' }
  | { readonly type: 'Disconnect' }
  | { readonly type: 'CallGetProfile' }
  /** `jsonPayload` is the `data` of `fxaccounts:change_password`. */
  | { readonly type: 'WebChannelPasswordChange'; readonly jsonPayload: string };

export type EventName = FxaEvent['type'];
