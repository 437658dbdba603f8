import type { AccountContext } from '../account-context.js';
import { FxaError } from '../errors/fxa-error.js';
import { isTransient } from '../errors/is-transient.js';
import type { RefreshToken } from '../persistence/account-state.js';
import type { TokenAnswer } from './token-answer.js';
import { exchangeToken, refreshTokenBySession } from './token-requests.js';

/** The refresh token that a flow leaves behind, and what came with it. */
export interface Granted {
  readonly refreshToken: RefreshToken;
  /** The device of the old token belongs to this one now. */
  readonly keepsDevice: boolean;
  /** The old token has ended already. */
  readonly oldEnded: boolean;
  /** The old token, where it turned out to be worth nothing. */
  readonly dead?: RefreshToken;
  /** Came along; nobody asked for it. */
  readonly accessToken?: string;
  readonly sessionToken?: string | null;
}

/**
 * One refresh token for the scopes that are held and those that a flow has just brought (client §6.4 step 8, §8): the old
 * token is exchanged for one with more scopes, which keeps the device; where the server does not allow it, the session
 * vouches for the union.
 * @throws FxaError `Forbidden` when neither is possible: the account keeps what it had
 */
export async function joinScopes(
  context: AccountContext,
  brought: TokenAnswer & { readonly refreshToken: string },
): Promise<Granted> {
  const held = context.state.refreshToken;
  const narrow = { token: brought.refreshToken, scopes: brought.scopes };
  const asIs: Granted = { refreshToken: narrow, keepsDevice: false, oldEnded: false };
  if (held === null || held.scopes.every((scope) => brought.scopes.includes(scope))) return asIs;
  const added = brought.scopes.filter((scope) => !held.scopes.includes(scope));
  if (added.length === 0) return { refreshToken: held, keepsDevice: true, oldEnded: false };
  const refused: FxaError[] = [];
  const attempt = (try_: () => Promise<Granted>): Promise<Granted | undefined> =>
    try_().catch((error: unknown) => {
      if (!(error instanceof FxaError) || isTransient(error)) throw error;
      refused.push(error);
      return undefined;
    });

  const exchanged = await attempt(async () => {
    const answer = await exchangeToken(context, held.token, added);
    return { ...granted(answer, held), keepsDevice: true, oldEnded: true };
  });
  if (exchanged !== undefined) return exchanged;

  const union = [...held.scopes, ...added];
  for (const session of [context.state.sessionToken, brought.sessionToken]) {
    if (session === null) continue;
    const merged = await attempt(async () => granted(await refreshTokenBySession(context, session, union), held));
    if (merged !== undefined) return merged;
    // Proven worthless: without it, the next flow asks for all scopes at once.
    if (refused.at(-1)?.kind === 'Authentication' && session === context.state.sessionToken) {
      context.update({ sessionToken: null, ownsSessionToken: false });
    }
  }
  // The old token is worth nothing any more; its scopes are asked for again by the next flow.
  if (refused[0]?.kind === 'Authentication') return { ...asIs, dead: held };
  throw new FxaError('Forbidden', 'The server does not let old and new scopes be joined', { cause: refused.at(-1) });
}

/** @throws FxaError `Other` when a scope that was held is not in the answer */
function granted(answer: TokenAnswer, held: RefreshToken): Granted {
  const { refreshToken, scopes, accessToken, sessionToken } = answer;
  if (refreshToken === null) throw new FxaError('Other', 'The server gave no refresh token for the union of scopes');
  const lost = held.scopes.find((scope) => !scopes.includes(scope));
  if (lost !== undefined) throw new FxaError('Other', `The server left out a scope that was held: ${lost}`);
  return {
    refreshToken: { token: refreshToken, scopes },
    keepsDevice: false,
    oldEnded: false,
    accessToken,
    sessionToken,
  };
}
