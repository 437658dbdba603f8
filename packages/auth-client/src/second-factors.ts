import {
  type BodyOf,
  type ResponseOf,
  sessionVerifyRecoveryCode,
  sessionVerifyTotp,
  totpExists,
  totpVerify,
  totpVerifyRecoveryCode,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';
import type { Token } from './http/request.js';

/** Whether the account has an authenticator (`verified`), or is setting one up (`exists`); auth-api §6.10. */
export function getTotpStatus(
  client: AuthClient,
  token: Token<'sessionToken' | 'passwordForgotToken'>,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof totpExists>> {
  return client.call(totpExists, { token, signal });
}

/** Verifies a session by a code of the authenticator; false when the code is wrong, old or used (auth-api §6.7). */
export async function verifySessionTotp(
  client: AuthClient,
  sessionToken: string,
  body: BodyOf<typeof sessionVerifyTotp>,
  signal?: AbortSignal,
): Promise<boolean> {
  const { success } = await client.call(sessionVerifyTotp, { token: { sessionToken }, body, signal });
  return success;
}

/** Verifies a session by a backup code and gives how many are left; `BACKUP_CODE_NOT_FOUND` when it is none. */
export async function verifySessionBackupCode(
  client: AuthClient,
  sessionToken: string,
  code: string,
  signal?: AbortSignal,
): Promise<number> {
  const request = { token: { sessionToken }, body: { code }, signal };
  const { remaining } = await client.call(sessionVerifyRecoveryCode, request);
  return remaining;
}

/** Proves the authenticator within a password reset; false when the code is wrong, old or used (auth-api §6.6). */
export async function verifyResetTotp(
  client: AuthClient,
  passwordForgotToken: string,
  code: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { success } = await client.call(totpVerify, { token: { passwordForgotToken }, body: { code }, signal });
  return success;
}

/** The same by a backup code; gives how many are left, `BACKUP_CODE_NOT_FOUND` when it is none. */
export async function verifyResetBackupCode(
  client: AuthClient,
  passwordForgotToken: string,
  code: string,
  signal?: AbortSignal,
): Promise<number> {
  const request = { token: { passwordForgotToken }, body: { code }, signal };
  const { remaining } = await client.call(totpVerifyRecoveryCode, request);
  return remaining;
}
