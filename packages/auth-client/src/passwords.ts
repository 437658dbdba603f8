import {
  type BodyOf,
  passwordForgotSendOtp,
  passwordForgotVerifyCode,
  passwordForgotVerifyOtp,
  type ResponseOf,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** Mails eight digits that begin a reset of the password (auth-api §6.6). */
export async function sendForgotOtp(
  client: AuthClient,
  body: BodyOf<typeof passwordForgotSendOtp>,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(passwordForgotSendOtp, { body, signal });
}

/** Trades the mailed digits, once, for a passwordForgotToken and its code; `INVALID_VERIFICATION_CODE` when wrong. */
export function verifyForgotOtp(
  client: AuthClient,
  body: BodyOf<typeof passwordForgotVerifyOtp>,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof passwordForgotVerifyOtp>> {
  return client.call(passwordForgotVerifyOtp, { body, signal });
}

/**
 * Trades a passwordForgotToken and its code, once, for an accountResetToken (hex, 64 digits); what was proven with the
 * token before goes along (auth-api §6.5).
 */
export async function verifyForgotCode(
  client: AuthClient,
  passwordForgotToken: string,
  body: BodyOf<typeof passwordForgotVerifyCode>,
  signal?: AbortSignal,
): Promise<string> {
  const request = { token: { passwordForgotToken }, body, signal };
  const { accountResetToken } = await client.call(passwordForgotVerifyCode, request);
  return accountResetToken;
}
