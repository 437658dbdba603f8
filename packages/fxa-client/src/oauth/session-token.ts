import type { AccountContext } from '../account-context.js';
import { currentDevice, restoreDevice } from '../devices/registration.js';
import { FxaError } from '../errors/fxa-error.js';
import { missingScopes } from '../persistence/account-state.js';
import { members, parseJson } from '../persistence/reading.js';
import { destroyAccessToken, refreshTokenBySession } from './token-requests.js';

/**
 * Takes over the session of a browser that signed in by message; `json` is the `data` of `fxaccounts:login` (client §3.2).
 * @throws FxaError `Authentication` without a session token, `Other` when it is no JSON
 */
export function handleWebChannelLogin(context: AccountContext, json: string): void {
  context.update({ sessionToken: readSessionToken(json), ownsSessionToken: false });
}

/** What a browser tells the pages about the person who is signed in; null without a session (client §3.2). */
export function signedInUserForWebChannel({ state }: AccountContext): string | null {
  const { sessionToken, lastSeenProfile } = state;
  if (sessionToken === null) return null;
  const { email = null, uid = null } = lastSeenProfile?.response ?? {};
  return JSON.stringify({ sessionToken, email, uid, verified: true });
}

/**
 * Goes on with a new session after the password was changed on the pages; `json` is the `data` of
 * `fxaccounts:change_password`. Scopes, keys and device are kept (client §3.2).
 * @throws FxaError
 */
export async function handleWebChannelPasswordChange(context: AccountContext, json: string): Promise<void> {
  const sessionToken = readSessionToken(json);
  const device = await currentDevice(context);
  await handleSessionTokenChange(context, sessionToken);
  if (device !== undefined) await restoreDevice(context, device);
}

/**
 * Takes a new session token, and by it a new refresh token for the scopes that were held, also for those held before the
 * authorization came into doubt (client §3.2, §11.2 number 2).
 * @throws FxaError `Authentication` when no scopes were ever held
 */
export async function handleSessionTokenChange(context: AccountContext, sessionToken: string): Promise<void> {
  const scopes = [...(context.state.refreshToken?.scopes ?? []), ...missingScopes(context.state)];
  if (scopes.length === 0) throw new FxaError('Authentication', 'Nobody is signed in: there is no refresh token');
  const answer = await refreshTokenBySession(context, sessionToken, scopes);
  if (answer.refreshToken === null) throw new FxaError('Authentication', 'The server gave no refresh token');
  context.forgetLists();
  context.update({
    sessionToken,
    ownsSessionToken: false,
    refreshToken: { token: answer.refreshToken, scopes: answer.scopes },
    suspectRefreshToken: null,
    lostScopes: [],
    accessTokenCache: {},
    serverLocalDeviceInfo: null,
    loggedOutFromAuthIssues: false,
  });
  await context.save();
  await destroyAccessToken(context, answer.accessToken);
}

function readSessionToken(json: string): string {
  const { sessionToken } = members(parseJson(json, 'the message'), 'the message');
  if (typeof sessionToken !== 'string') throw new FxaError('Authentication', 'The message has no session token');
  return sessionToken;
}
