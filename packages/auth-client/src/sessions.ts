import {
  type BodyOf,
  type ResponseOf,
  sessionDestroy,
  sessionDuplicate,
  sessionResendCode,
  sessionStatus,
  sessionVerifyCode,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** How well a session is verified (auth-api §6.7); `INVALID_TOKEN` when it is gone. */
export function getSessionStatus(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof sessionStatus>> {
  return client.call(sessionStatus, { token: { sessionToken }, signal });
}

/** Signs the session out (auth-api §6.7). */
export async function destroySession(client: AuthClient, sessionToken: string, signal?: AbortSignal): Promise<void> {
  await client.call(sessionDestroy, { token: { sessionToken }, signal });
}

/** Another session in the same state (auth-api §6.7). */
export function duplicateSession(
  client: AuthClient,
  sessionToken: string,
  body: BodyOf<typeof sessionDuplicate> = {},
  signal?: AbortSignal,
): Promise<ResponseOf<typeof sessionDuplicate>> {
  return client.call(sessionDuplicate, { token: { sessionToken }, body, signal });
}

/** Verifies a session, and a new account with it, by the mailed digits; `INVALID_OTP_CODE` when they are wrong or old. */
export async function verifySessionCode(
  client: AuthClient,
  sessionToken: string,
  body: BodyOf<typeof sessionVerifyCode>,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(sessionVerifyCode, { token: { sessionToken }, body, signal });
}

/** Mails the digits again (auth-api §6.7). */
export async function resendSessionCode(client: AuthClient, sessionToken: string, signal?: AbortSignal): Promise<void> {
  await client.call(sessionResendCode, { token: { sessionToken }, signal });
}
