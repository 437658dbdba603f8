import type { FirefoxAccount, FxaError, FxaState } from '@foxden/fxa-client';

/** What is known of the account after the server was asked. */
export interface AccountStatus {
  readonly state: FxaState;
  readonly failure: FxaError | null;
  readonly line: string;
}

export async function readStatus(account: FirefoxAccount): Promise<AccountStatus> {
  if (account.getState().type === 'Disconnected')
    return { state: account.getState(), failure: null, line: LINES.Disconnected };
  const state = await account.processEvent({ type: 'CheckAuthorizationStatus' });
  const failure = account.getLastFailure();
  if (state.type === 'Connected' && failure !== null) {
    return { state, failure, line: `Account logged in but account status failed: ${failure.message}` };
  }
  return { state, failure, line: LINES[state.type] };
}

const LINES: Readonly<Record<FxaState['type'], string>> = {
  Uninitialized: 'Not logged in',
  Disconnected: 'Not logged in',
  Authenticating: 'Not logged in',
  Connected: 'Account is logged in and authorized by the server',
  AuthIssues: 'Account is logged in but not authorized by the server',
};
