import type { BodyOf, passwordForgotVerifyCode, ResponseOf } from '@foxden/protocol';
import type { Caller, Context } from '../../context.js';
import {
  countWrongForgotCode,
  forgotCode,
  insertAccountResetToken,
  type PasswordForgotToken,
  takePasswordForgotToken,
} from '../../credentials/index.js';
import { findPrimaryEmail, verifyAccount } from '../../emails/index.js';
import { authError } from '../../errors.js';
import { fromHex } from '../../storage/hex.js';
import { constantTimeEqual, createToken } from '../../tokens/index.js';
import { secondsLeft } from './forgot-token.js';

/**
 * Trades a passwordForgotToken with its code, once, for an accountResetToken; a second factor that was proven with it
 * goes along. Who holds the code has read the mail, so an account that was never confirmed is now (auth-api §6.5).
 * @throws INVALID_VERIFICATION_CODE with `tries` and `ttl`; after the last try INVALID_TOKEN
 */
export async function verifyForgotCode(
  context: Context,
  caller: Caller,
  token: PasswordForgotToken,
  body: BodyOf<typeof passwordForgotVerifyCode>,
): Promise<ResponseOf<typeof passwordForgotVerifyCode>> {
  const right = constantTimeEqual(forgotCode(context, token.seed), fromHex(body.code));
  if (!right) {
    const tries = await context.storage.transaction((tx) => countWrongForgotCode(tx, token));
    if (tries === undefined) throw authError('INVALID_TOKEN');
    throw authError('INVALID_VERIFICATION_CODE', { tries, ttl: secondsLeft(context, token) });
  }
  const reset = await createToken(context.random, 'accountResetToken');
  await context.storage.transaction(async (tx) => {
    const proven = await takePasswordForgotToken(tx, token);
    const email = await findPrimaryEmail(tx, token.uid);
    if (proven === undefined || email === undefined) throw authError('INVALID_TOKEN');
    await insertAccountResetToken(tx, {
      uid: fromHex(token.uid),
      tokenHash: reset.tokenHash,
      reqHMACkey: reset.reqHMACkey,
      verificationMethod: proven.verificationMethod,
      recoveryKeyPrompt: body.includeRecoveryKeyPrompt === true ? 1 : 0,
      createdAt: context.clock.now(),
    });
    await verifyAccount(context, tx, caller, email, {});
  });
  context.notifications.wake();
  return { accountResetToken: reset.token };
}
