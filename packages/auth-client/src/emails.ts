import {
  type BodyOf,
  type ResponseOf,
  recoveryEmailResendCode,
  recoveryEmailStatus,
  recoveryEmailVerifyCode,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** Whether the address and the session are verified; clients that wait for a mailed link ask it now and then. */
export function getEmailStatus(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof recoveryEmailStatus>> {
  return client.call(recoveryEmailStatus, { token: { sessionToken }, signal });
}

/** Verifies an account or a session by a mailed link, from any machine; `INVALID_VERIFICATION_CODE` on a wrong code. */
export async function verifyEmailCode(
  client: AuthClient,
  body: BodyOf<typeof recoveryEmailVerifyCode>,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(recoveryEmailVerifyCode, { body, signal });
}

/** Mails the link again (auth-api §6.8). */
export async function resendEmailCode(
  client: AuthClient,
  sessionToken: string,
  body: BodyOf<typeof recoveryEmailResendCode> = {},
  signal?: AbortSignal,
): Promise<void> {
  await client.call(recoveryEmailResendCode, { token: { sessionToken }, body, signal });
}
