import type { AccountState } from '../persistence/account-state.js';
import type { AuthState, FxaState } from './states.js';

/** Where an account stands by what is stored of it (client §3.2). */
export function authStateOf({ refreshToken, loggedOutFromAuthIssues }: AccountState): AuthState {
  if (refreshToken !== null) return 'Connected';
  return loggedOutFromAuthIssues ? 'AuthIssues' : 'Disconnected';
}

/**
 * The public state. It is what the stored account amounts to and nothing beside it, so that no call, push message or
 * restart can leave the two apart (client §11.2, numbers 4 and 7).
 */
export function publicState(state: AccountState, initialized: boolean): FxaState {
  if (!initialized) return { type: 'Uninitialized' };
  const { pendingFlow, refreshToken } = state;
  if (pendingFlow !== null) {
    return { type: 'Authenticating', oauthUrl: pendingFlow.oauthUrl, initialState: pendingFlow.initialState };
  }
  const type = authStateOf(state);
  return type === 'Connected' ? { type, scopes: refreshToken?.scopes ?? [] } : { type };
}
