import { isAuthError } from '@foxden/auth-client';
import { message } from '../messages/message.js';
import { errorCode } from '../oauth/error-codes.js';
import type { Services } from '../services.js';
import { describeFailure } from './describe-failure.js';
import { signedOutElsewhere } from './signed-out-elsewhere.js';
import { entryPath, showStep } from './steps.js';

/** Shows the step that a refused code asks for, where it was refused for want of one; gives whether there is one. */
export function leadBack(services: Services, error: unknown): boolean {
  if (isAuthError(error, 'INVALID_TOKEN')) signedOutElsewhere(services);
  else if (isAuthError(error, 'UNVERIFIED_ACCOUNT')) showStep(services, 'confirm-sign-up');
  else if (isAuthError(error, 'UNVERIFIED_SESSION')) showStep(services, 'confirm-sign-in');
  else return false;
  return true;
}

/** Tells the person, and nobody else, why no code was given, and offers another try. */
export function tellRefusal(services: Services, error: unknown): void {
  const code = errorCode(error);
  const notice = code === undefined ? describeFailure(error) : message('failure-refused', { code });
  services.navigation.go(entryPath(services), { page: 'finish', notice }, { replace: true });
}
