import { createHmac } from 'node:crypto';
import type { MfaAction } from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { causeOf, postSecurityNotice } from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import type { Bytes } from '../storage/index.js';
import { constantTimeEqual, deriveKey, hotp } from '../tokens/index.js';
import { createStepUpToken } from './step-up-token.js';
import { countAttempt, putSeed, STEP_UP_CODE_LIFETIME, takeSeed } from './store/step-up-codes.js';

/** How the rate limiter calls the two steps for each action (auth-api §6.14). */
const LIMIT_NAMES: Readonly<Record<MfaAction, string>> = {
  '2fa': '2fa',
  email: 'Email',
  password: 'Password',
  recovery_key: 'RecoveryKey',
};

/**
 * Mails digits that allow a kind of change to the account of a session (auth-api §6.14, `/mfa/otp/request`).
 * @throws THROTTLED, what {@link requireVerifiedSession} and `requireDeliverable` throw
 */
export async function requestStepUpCode(
  context: Context,
  caller: Caller,
  session: Session,
  action: MfaAction,
): Promise<void> {
  requireVerifiedSession(session);
  const { uid, tokenHash, email } = session;
  await context.limits.check(`mfaOtpCodeRequestFor${LIMIT_NAMES[action]}`, { ip: caller.address, uid, email });
  const now = context.clock.now();
  await context.storage.transaction(async (tx) => {
    const seed = await putSeed(tx, { uid, tokenHash, action }, context.random.bytes(16), now);
    await recordSecurityEvent(context, tx, caller, { uid, name: 'account.mfa_send_otp_code', verified: true });
    await postSecurityNotice(context, tx, caller, {
      uid,
      template: 'verifyAccountChange',
      isAskedFor: true,
      values: { ...causeOf(context, caller), code: codeOf(context, seed), minutes: STEP_UP_CODE_LIFETIME / 60_000 },
    });
  });
  context.mail.wake();
}

/**
 * Trades mailed digits for a token that allows the change (auth-api §6.14, `/mfa/otp/verify`). Attempts are counted
 * before digits are compared, so that not even requests at once can try more of them.
 * @throws INVALID_OTP_CODE, THROTTLED, what {@link requireVerifiedSession} throws
 */
export async function verifyStepUpCode(
  context: Context,
  caller: Caller,
  session: Session,
  action: MfaAction,
  code: string,
): Promise<string> {
  requireVerifiedSession(session);
  const { uid, tokenHash, email } = session;
  await context.limits.check(`mfaOtpCodeVerifyFor${LIMIT_NAMES[action]}`, { ip: caller.address, uid, email });
  const stepUp = { uid, tokenHash, action };
  const verified = await context.storage.transaction(async (tx) => {
    const seed = await countAttempt(tx, stepUp, context.clock.now());
    const right = seed !== undefined && isCode(context, seed, code) && (await takeSeed(tx, stepUp, seed));
    const name = right ? 'account.mfa_verify_otp_code_success' : 'account.mfa_verify_otp_code_failed';
    await recordSecurityEvent(context, tx, caller, { uid, name, verified: true });
    return right;
  });
  if (!verified) throw authError('INVALID_OTP_CODE');
  return createStepUpToken(context, session, action);
}

/** Without the server secret, a copy of the database does not tell the digits. */
function codeOf(context: Context, seed: Bytes): string {
  const key = deriveKey(context.secret, 'foxden/mfa/step-up-code');
  return hotp(createHmac('sha256', key).update(seed).digest(), 0);
}

function isCode(context: Context, seed: Bytes, code: string): boolean {
  return constantTimeEqual(Buffer.from(codeOf(context, seed)), Buffer.from(code));
}
