import {
  mfaRecoveryEmailCreate,
  mfaRecoveryEmailDestroy,
  mfaRecoveryEmailSecondaryResendCode,
  mfaRecoveryEmailSecondaryVerifyCode,
  mfaRecoveryEmailSetPrimary,
  type ResponseOf,
  recoveryEmails,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** The addresses of the account, with those that wait for their proof (auth-api §6.9). */
export function getEmails(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof recoveryEmails>> {
  return client.call(recoveryEmails, { token: { sessionToken }, signal });
}

// Each of the following takes a step-up token of the action `email` (auth-api §6.9, §6.14).

/** Asks to have another address too: digits are mailed to it; `EMAIL_EXISTS`, `TOO_MANY_SECONDARY_EMAILS`, … */
export async function addEmail(
  client: AuthClient,
  stepUpToken: string,
  email: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(mfaRecoveryEmailCreate, { token: { 'mfa:email': stepUpToken }, body: { email }, signal });
}

/** Proves an added address by its digits; `INVALID_VERIFICATION_CODE` when they are wrong or old. */
export async function verifyAddedEmail(
  client: AuthClient,
  stepUpToken: string,
  body: { readonly email: string; readonly code: string },
  signal?: AbortSignal,
): Promise<void> {
  await client.call(mfaRecoveryEmailSecondaryVerifyCode, { token: { 'mfa:email': stepUpToken }, body, signal });
}

/** Mails the digits of an added address again. */
export async function resendAddedEmailCode(
  client: AuthClient,
  stepUpToken: string,
  email: string,
  signal?: AbortSignal,
): Promise<void> {
  const token = { 'mfa:email': stepUpToken };
  await client.call(mfaRecoveryEmailSecondaryResendCode, { token, body: { email }, signal });
}

/** Takes an address off the account. */
export async function removeEmail(
  client: AuthClient,
  stepUpToken: string,
  email: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(mfaRecoveryEmailDestroy, { token: { 'mfa:email': stepUpToken }, body: { email }, signal });
}

/** Makes an address of the account the one to sign in with. */
export async function setPrimaryEmail(
  client: AuthClient,
  stepUpToken: string,
  email: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(mfaRecoveryEmailSetPrimary, { token: { 'mfa:email': stepUpToken }, body: { email }, signal });
}
