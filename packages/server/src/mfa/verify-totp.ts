import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import type { Database } from '../storage/index.js';
import { findTotpToken, type TotpToken, takeStep } from './store/totp-tokens.js';
import { stepOfCode } from './totp-secret.js';

/**
 * Checks a code of an account's authenticator and uses it up, inside the transaction of what it allows.
 * @throws TOTP_NOT_FOUND
 */
export async function verifyTotpFor(
  context: Context,
  tx: Database,
  caller: Caller,
  uid: string,
  code: string,
): Promise<boolean> {
  const token = await findTotpToken(tx, uid);
  if (token === undefined) throw authError('TOTP_NOT_FOUND');
  const accepted = await acceptCode(context, tx, token, code);
  await recordSecurityEvent(context, tx, caller, {
    uid,
    name: accepted ? 'account.two_factor_challenge_success' : 'account.two_factor_challenge_failure',
    verified: accepted,
  });
  return accepted;
}

async function acceptCode(context: Context, tx: Database, token: TotpToken, code: string): Promise<boolean> {
  const step = stepOfCode(context, token.uid, token.sealedSecret, code);
  return step !== undefined && (await takeStep(tx, token, step));
}

/** Wrong codes are answered, not thrown (auth-api §12, 9), so what is to be counted is counted here. */
export async function countWrongTotp(context: Context, caller: Caller, uid: string): Promise<void> {
  await context.limits.failed('verifyTotpCodeFailed', { ip: caller.address, uid });
}
