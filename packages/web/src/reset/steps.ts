import { getRecoveryKeyStatus, getTotpStatus, isAuthError, verifyForgotCode } from '@foxden/auth-client';
import { message } from '../messages/message.js';
import type { Services } from '../services.js';
import type { BegunReset, Reset } from './reset.js';

/**
 * Asks what protects the account, and shows the first step that it asks for.
 * @throws AuthClientError `INVALID_TOKEN` when the reset has ended
 */
export async function showFirstStep(services: Services, begun: BegunReset): Promise<void> {
  const token = { passwordForgotToken: begun.token };
  const [totp, key] = await Promise.all([
    getTotpStatus(services.client, token),
    getRecoveryKeyStatus(services.client, token),
  ]);
  showNextStep(services, { ...begun, hasRecoveryKey: key.exists, secondStepNeeded: totp.verified });
}

/** The authenticator first, then the recovery key, then the new password. Steps that are done are not come back to. */
export function showNextStep({ navigation }: Services, reset: Reset): void {
  navigation.go(nextPath(reset), { reset }, { replace: true });
}

function nextPath({ secondStepNeeded, hasRecoveryKey }: Reset): string {
  if (secondStepNeeded) return '/confirm_totp_reset_password';
  return hasRecoveryKey ? '/account_recovery_confirm_key' : '/complete_reset_password';
}

/**
 * The accountResetToken of a reset. The trade works once, so the place remembers it for another try.
 * @throws AuthClientError `INVALID_TOKEN` when the reset has ended
 */
export async function tradeCode({ client, navigation }: Services, reset: Reset): Promise<string> {
  if (reset.accountResetToken !== undefined) return reset.accountResetToken;
  const accountResetToken = await verifyForgotCode(client, reset.token, { code: reset.code });
  navigation.remember({ reset: { ...reset, accountResetToken } });
  return accountResetToken;
}

/** Whether a reset cannot go on: it took too long, was used, or another one came after it. */
export function hasEnded(error: unknown): boolean {
  return isAuthError(error, 'INVALID_TOKEN', 'INVALID_VERIFICATION_CODE');
}

/** Leads back to where a reset begins. */
export function beginAgain({ navigation }: Services, email: string): void {
  navigation.go('/reset_password', { email, notice: message('notice-reset-again') }, { replace: true });
}
