import type { AccountContext } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';
import { checkAuthorizationStatus } from '../oauth/authorization.js';

const NETWORK_RETRIES = 3;

/** How an operation ended: with a value, or with an error and whether the server says that the authorization has ended. */
export type Attempted<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: FxaError; readonly inactive: boolean };

/**
 * Runs an operation up to four times while nothing answers, and once more after an authentication error when the server
 * says that the authorization is still active (client §4.3).
 * @param recovers whether an authentication error is looked into; it is when left out
 */
export async function attempt<T>(
  context: AccountContext,
  operation: () => Promise<T>,
  recovers = true,
): Promise<Attempted<T>> {
  let recovered = !recovers;
  for (let retries = 0; ; ) {
    try {
      return { ok: true, value: await operation() };
    } catch (error) {
      if (!(error instanceof FxaError)) throw error;
      if (error.kind === 'Network' && retries < NETWORK_RETRIES) {
        retries += 1;
        continue;
      }
      const status = error.kind === 'Authentication' && !recovered ? await readStatus(context) : 'unknown';
      if (status !== 'active') return { ok: false, error, inactive: status === 'inactive' };
      recovered = true;
    }
  }
}

/** Only an answer of the server, or there being nothing to ask about, makes an authorization inactive. */
async function readStatus(context: AccountContext): Promise<'active' | 'inactive' | 'unknown'> {
  context.update({ accessTokenCache: {} });
  try {
    return (await checkAuthorizationStatus(context)).active ? 'active' : 'inactive';
  } catch (error) {
    if (!(error instanceof FxaError)) throw error;
    return context.state.refreshToken === null && context.state.suspectRefreshToken === null ? 'inactive' : 'unknown';
  }
}
