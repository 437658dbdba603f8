/**
 * The machine of the seed interface (client §4.5), as data: public state → event → the internal state it begins with, and
 * for each internal state what its results lead to. `Complete:` ends it in a public state; `Cancel`
 * ends it without a change.
 */
export type SeedPublicState = 'Uninitialized' | 'Disconnected' | 'Authenticating' | 'Connected' | 'AuthIssues';

export type SeedInternalState =
  | 'GetAuthState'
  | 'BeginOAuthFlow'
  | 'BeginPairingFlow'
  | 'CompleteOAuthFlow'
  | 'InitializeDevice'
  | 'EnsureDeviceCapabilities'
  | 'CheckAuthorizationStatus'
  | 'Disconnect'
  | 'GetProfile';

export type SeedTarget = SeedInternalState | 'Cancel' | `Complete:${Exclude<SeedPublicState, 'Uninitialized'>}`;

type Machine = {
  readonly [E in string]?: {
    readonly first: SeedTarget;
    readonly on: { readonly [S in SeedInternalState]?: Readonly<Record<string, SeedTarget>> };
  };
};

const check = {
  'CheckAuthorizationStatusSuccess:true': 'Complete:Connected',
  'CheckAuthorizationStatusSuccess:false': 'Complete:AuthIssues',
  CallError: 'Complete:AuthIssues',
} as const;
const beginOAuth = {
  first: 'BeginOAuthFlow',
  on: { BeginOAuthFlow: { BeginOAuthFlowSuccess: 'Complete:Authenticating', CallError: 'Cancel' } },
} as const;

export const SEED_MACHINES: Readonly<Record<SeedPublicState, Machine>> = {
  Uninitialized: {
    Initialize: {
      first: 'GetAuthState',
      on: {
        GetAuthState: {
          'GetAuthStateSuccess:Disconnected': 'Complete:Disconnected',
          'GetAuthStateSuccess:AuthIssues': 'EnsureDeviceCapabilities',
          'GetAuthStateSuccess:Connected': 'EnsureDeviceCapabilities',
        },
        EnsureDeviceCapabilities: {
          EnsureDeviceCapabilitiesSuccess: 'Complete:Connected',
          CallError: 'Complete:Disconnected',
          EnsureCapabilitiesAuthError: 'CheckAuthorizationStatus',
        },
        CheckAuthorizationStatus: check,
      },
    },
  },
  Disconnected: {
    BeginOAuthFlow: beginOAuth,
    BeginPairingFlow: {
      first: 'BeginPairingFlow',
      on: { BeginPairingFlow: { BeginPairingFlowSuccess: 'Complete:Authenticating', CallError: 'Cancel' } },
    },
  },
  Authenticating: {
    CompleteOAuthFlow: {
      first: 'CompleteOAuthFlow',
      on: {
        CompleteOAuthFlow: { CompleteOAuthFlowSuccess: 'InitializeDevice', CallError: 'Complete:Disconnected' },
        InitializeDevice: { InitializeDeviceSuccess: 'Complete:Connected', CallError: 'Complete:Disconnected' },
      },
    },
    CancelOAuthFlow: { first: 'Complete:Disconnected', on: {} },
  },
  Connected: {
    Disconnect: {
      first: 'Disconnect',
      on: { Disconnect: { DisconnectSuccess: 'Complete:Disconnected', CallError: 'Complete:Disconnected' } },
    },
    CheckAuthorizationStatus: { first: 'CheckAuthorizationStatus', on: { CheckAuthorizationStatus: check } },
    CallGetProfile: {
      first: 'GetProfile',
      on: { GetProfile: { GetProfileSuccess: 'Complete:Connected', CallError: 'Complete:AuthIssues' } },
    },
  },
  AuthIssues: {
    BeginOAuthFlow: beginOAuth,
    Disconnect: { first: 'Complete:Disconnected', on: {} },
  },
};
