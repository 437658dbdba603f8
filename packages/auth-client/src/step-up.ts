import { type MfaAction, mfaOtpRequest, mfaOtpVerify } from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** Mails digits that allow one kind of change to the account (auth-api §6.14). */
export async function requestStepUpCode(
  client: AuthClient,
  sessionToken: string,
  action: MfaAction,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(mfaOtpRequest, { token: { sessionToken }, body: { action }, signal });
}

/** Trades the digits for a token that allows such changes for some minutes; `INVALID_OTP_CODE` when they are wrong. */
export async function verifyStepUpCode(
  client: AuthClient,
  sessionToken: string,
  of: { readonly action: MfaAction; readonly code: string },
  signal?: AbortSignal,
): Promise<string> {
  const { accessToken } = await client.call(mfaOtpVerify, { token: { sessionToken }, body: of, signal });
  return accessToken;
}
