import { SEED_MACHINES, type SeedInternalState, type SeedTarget } from './seed-table.js';
import type { AuthState, FxaEvent, FxaState } from './states.js';

/** What an internal state of the seed's machine can end with (client §4.5). */
export type FxaStateCheckerEvent =
  | { readonly type: 'GetAuthStateSuccess'; readonly authState: AuthState }
  | { readonly type: 'BeginOAuthFlowSuccess' | 'BeginPairingFlowSuccess'; readonly oauthUrl: string }
  | { readonly type: 'CheckAuthorizationStatusSuccess'; readonly active: boolean }
  | {
      readonly type:
        | 'CompleteOAuthFlowSuccess'
        | 'InitializeDeviceSuccess'
        | 'EnsureDeviceCapabilitiesSuccess'
        | 'DisconnectSuccess'
        | 'GetProfileSuccess'
        | 'CallError'
        | 'EnsureCapabilitiesAuthError';
    };

/** A public state as the seed had it: neither scopes nor where a flow began. */
export type SeedState =
  | { readonly type: 'Uninitialized' | 'Disconnected' | 'Connected' | 'AuthIssues' }
  | { readonly type: 'Authenticating'; readonly oauthUrl: string };

/** What the seed's machine is about to do, with what the event carried; or how it ended. */
export type FxaStateCheckerState =
  | { readonly type: Exclude<SeedInternalState, 'BeginOAuthFlow' | 'BeginPairingFlow' | 'CompleteOAuthFlow'> }
  | { readonly type: 'BeginOAuthFlow'; readonly scopes: readonly string[]; readonly entrypoint: string }
  | {
      readonly type: 'BeginPairingFlow';
      readonly pairingUrl: string;
      readonly scopes: readonly string[];
      readonly entrypoint: string;
    }
  | { readonly type: 'CompleteOAuthFlow'; readonly code: string; readonly state: string }
  | { readonly type: 'Complete'; readonly newState: SeedState }
  | { readonly type: 'Cancel' };

/**
 * A dry run of the seed's machine: it makes no calls, and says whether another implementation goes the same way (client
 * §4.6). No method throws; the first difference is kept in {@link problem}, and everything after it is ignored.
 */
export class FxaStateMachineChecker {
  /** What went another way first; null as long as nothing did. */
  problem: string | null = null;
  private publicState: SeedState = { type: 'Uninitialized' };
  private internalState: FxaStateCheckerState = { type: 'Cancel' };
  private event: FxaEvent | undefined;

  handlePublicEvent(event: FxaEvent): void {
    if (this.problem !== null) return;
    const machine = SEED_MACHINES[this.publicState.type][event.type];
    if (!this.isDone()) this.problem = `${event.type} while ${this.internalState.type} is under way`;
    else if (machine === undefined) this.problem = `${event.type} in ${this.publicState.type}`;
    else {
      this.event = event;
      this.enter(machine.first, '');
    }
  }

  handleInternalEvent(event: FxaStateCheckerEvent): void {
    if (this.problem !== null) return;
    const { type } = this.internalState;
    const machine = this.event && SEED_MACHINES[this.publicState.type][this.event.type];
    const target = machine?.on[type as SeedInternalState]?.[keyOf(event)];
    if (target === undefined || this.isDone()) this.problem = `${event.type} in ${type}`;
    else this.enter(target, 'oauthUrl' in event ? event.oauthUrl : '');
  }

  checkPublicState(state: SeedState | FxaState): void {
    if (this.problem !== null) return;
    if (!this.isDone()) this.problem = `a public state while ${this.internalState.type} is under way`;
    else this.compare(this.publicState, seedState(state));
  }

  checkInternalState(state: FxaStateCheckerState): void {
    if (this.problem === null) this.compare(this.internalState, state);
  }

  private enter(target: SeedTarget, oauthUrl: string): void {
    if (!target.startsWith('Complete:')) {
      this.internalState = this.withData(target as SeedInternalState | 'Cancel');
      return;
    }
    const type = target.slice('Complete:'.length) as Exclude<FxaState['type'], 'Uninitialized'>;
    this.publicState = type === 'Authenticating' ? { type, oauthUrl } : { type };
    this.internalState = { type: 'Complete', newState: this.publicState };
  }

  /** The internal states that make a call with what the event carried show it. */
  private withData(type: SeedInternalState | 'Cancel'): FxaStateCheckerState {
    const { event } = this;
    if (type === 'BeginOAuthFlow' && event?.type === type) {
      return { type, scopes: event.scopes, entrypoint: event.entrypoint };
    }
    if (type === 'BeginPairingFlow' && event?.type === type) {
      return { type, pairingUrl: event.pairingUrl, scopes: event.scopes, entrypoint: event.entrypoint };
    }
    if (type === 'CompleteOAuthFlow' && event?.type === type) return { type, code: event.code, state: event.state };
    return { type } as FxaStateCheckerState;
  }

  private isDone(): boolean {
    return this.internalState.type === 'Complete' || this.internalState.type === 'Cancel';
  }

  private compare(own: { readonly type: string }, other: { readonly type: string }): void {
    if (canonical(own) !== canonical(other)) this.problem = `${own.type} here, ${other.type} there`;
  }
}

function keyOf(event: FxaStateCheckerEvent): string {
  if (event.type === 'GetAuthStateSuccess') return `${event.type}:${event.authState}`;
  return event.type === 'CheckAuthorizationStatusSuccess' ? `${event.type}:${event.active}` : event.type;
}

function seedState(state: SeedState | FxaState): SeedState {
  return state.type === 'Authenticating' ? { type: state.type, oauthUrl: state.oauthUrl } : { type: state.type };
}

/** JSON with the members of every object in order. */
function canonical(value: object): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
