import { isAuthError } from '@foxden/auth-client';
import { authorize } from '../oauth/authorize.js';
import { errorCode, type OAuthErrorCode } from '../oauth/error-codes.js';
import { hintedUid } from '../oauth/id-token-hint.js';
import { errorUrl } from '../oauth/return-address.js';
import type { Services } from '../services.js';
import { sessionState } from './advance.js';
import type { OAuthFlow } from './flow.js';
import { isSameAddress, isTooOld } from './situation.js';

/**
 * Answers `prompt=none`: nobody may be asked anything, so it is a code or an error (oauth-devices §1.5).
 * Gives the URL that answers the application.
 * @throws AuthClientError when the server cannot be reached
 */
export async function answerSilently(services: Services, oauth: OAuthFlow): Promise<string> {
  try {
    const error = await refusal(services, oauth);
    if (error !== undefined) return errorUrl(oauth.returnAddress, error);
    const account = services.accounts.get();
    if (account === undefined) return errorUrl(oauth.returnAddress, 'login_required');
    const { emailVerified, secondStepNeeded, sessionVerified } = await sessionState(services, account);
    const isProven = emailVerified && !secondStepNeeded && sessionVerified;
    if (!isProven) return errorUrl(oauth.returnAddress, 'interaction_required');
    return await authorize(services.client, account, services.visit, oauth.request);
  } catch (failure) {
    return errorUrl(oauth.returnAddress, failureCode(failure));
  }
}

/** What is refused before a code is asked for; whether the person was ever asked is for the server to say then. */
async function refusal(services: Services, { request, client }: OAuthFlow): Promise<OAuthErrorCode | undefined> {
  const { accounts, flow, now } = services;
  if (request.keysJwk !== undefined) return 'invalid_request';
  const account = accounts.get();
  const uid = await hintedUid(services.client, request);
  if (request.idTokenHint !== undefined && uid === undefined) return 'invalid_request';
  // An address that anybody could ask about would tell strangers who is signed in here.
  if (request.idTokenHint === undefined && flow.hint !== undefined && !client.trusted) return 'unauthorized_client';
  if (account === undefined) return 'login_required';
  const isMeant = uid === undefined ? isSameAddress(flow.hint ?? account.email, account.email) : uid === account.uid;
  if (!isMeant) return 'account_selection_required';
  return isTooOld(account, request.maxAge, now()) ? 'login_required' : undefined;
}

function failureCode(failure: unknown): OAuthErrorCode {
  if (isAuthError(failure, 'INVALID_TOKEN')) return 'login_required';
  if (isAuthError(failure, 'UNVERIFIED_ACCOUNT', 'UNVERIFIED_SESSION')) return 'interaction_required';
  const code = errorCode(failure);
  if (code === undefined) throw failure;
  return code;
}
