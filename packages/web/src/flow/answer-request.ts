import { isAuthError } from '@foxden/auth-client';
import type { StoredAccount } from '../account/stored-account.js';
import { authorize } from '../oauth/authorize.js';
import { errorCode, type OAuthErrorCode } from '../oauth/error-codes.js';
import { errorUrl } from '../oauth/return-address.js';
import type { Services } from '../services.js';
import type { OAuthFlow } from './flow.js';
import { leadBack, tellRefusal } from './refusal.js';
import { showStep } from './steps.js';

/** Answers the application that waits: with a code, with an error, or with another step first. */
export async function answerRequest(services: Services, oauth: OAuthFlow, account: StoredAccount): Promise<void> {
  const { client, visit, navigation } = services;
  try {
    navigation.leave(await authorize(client, account, visit, oauth.request));
  } catch (error) {
    if (leadBack(services, error)) return;
    const tooOld = isAuthError(error, 'INSUFFICIENT_ACR_VALUES') && oauth.request.maxAge !== undefined;
    // What the person took away from the application comes back with the password only.
    if ((tooOld || isAuthError(error, 'STALE_AUTH_TIMESTAMP')) && !visit.isProved(account.uid)) {
      return showStep(services, 'enter-password');
    }
    const code = errorCode(error);
    if (code !== undefined && oauth.returnAddress.takesErrors) return leaveWithError(services, oauth, code);
    tellRefusal(services, error);
  }
}

/** Goes back to the application with an error. */
export function leaveWithError({ navigation }: Services, { returnAddress }: OAuthFlow, code: OAuthErrorCode): void {
  navigation.leave(errorUrl(returnAddress, code));
}
