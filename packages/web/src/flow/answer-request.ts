import { isAuthError } from '@foxden/auth-client';
import type { StoredAccount } from '../account/stored-account.js';
import { message } from '../messages/message.js';
import { authorize } from '../oauth/authorize.js';
import { errorCode, type OAuthErrorCode } from '../oauth/error-codes.js';
import { errorUrl } from '../oauth/return-address.js';
import type { Services } from '../services.js';
import { describeFailure } from './describe-failure.js';
import type { OAuthFlow } from './flow.js';
import { signedOutElsewhere } from './signed-out-elsewhere.js';
import { entryPath, showStep } from './steps.js';

/** Answers the application that waits: with a code, with an error, or with another step first. */
export async function answerRequest(services: Services, oauth: OAuthFlow, account: StoredAccount): Promise<void> {
  const { client, visit, navigation } = services;
  try {
    navigation.leave(await authorize(client, account, visit, oauth.request));
  } catch (error) {
    if (isAuthError(error, 'INVALID_TOKEN')) return signedOutElsewhere(services);
    if (isAuthError(error, 'UNVERIFIED_ACCOUNT')) return showStep(services, 'confirm-sign-up');
    if (isAuthError(error, 'UNVERIFIED_SESSION')) return showStep(services, 'confirm-sign-in');
    const tooOld = isAuthError(error, 'INSUFFICIENT_ACR_VALUES') && oauth.request.maxAge !== undefined;
    // What the person took away from the application comes back with the password only.
    if ((tooOld || isAuthError(error, 'STALE_AUTH_TIMESTAMP')) && !visit.isProved(account.uid)) {
      return showStep(services, 'enter-password');
    }
    const code = errorCode(error);
    if (code !== undefined && oauth.returnAddress.takesErrors) return leaveWithError(services, oauth, code);
    const notice = code === undefined ? describeFailure(error) : message('failure-refused', { code });
    navigation.go(entryPath(services), { page: 'finish', notice }, { replace: true });
  }
}

/** Goes back to the application with an error. */
export function leaveWithError({ navigation }: Services, { returnAddress }: OAuthFlow, code: OAuthErrorCode): void {
  navigation.leave(errorUrl(returnAddress, code));
}
