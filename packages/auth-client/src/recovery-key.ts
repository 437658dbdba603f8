import {
  mfaRecoveryKeyDelete,
  type ResponseOf,
  recoveryKeyExists,
  recoveryKeyHint,
  recoveryKeyHintSet,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';
import type { Token } from './http/request.js';

/** Whether the account has a recovery key in use (auth-api §6.12). */
export function getRecoveryKeyStatus(
  client: AuthClient,
  token: Token<'sessionToken' | 'passwordForgotToken'>,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof recoveryKeyExists>> {
  return client.call(recoveryKeyExists, { token, signal });
}

/** Where the owner said the recovery key is kept; null when they did not; `RECOVERY_KEY_NOT_FOUND` without a key. */
export async function getRecoveryKeyHint(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const { hint } = await client.call(recoveryKeyHint, { token: { sessionToken }, signal });
  return hint;
}

/** Says where the recovery key is kept: 255 characters at most. */
export async function setRecoveryKeyHint(
  client: AuthClient,
  sessionToken: string,
  hint: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(recoveryKeyHintSet, { token: { sessionToken }, body: { hint }, signal });
}

/** Removes the recovery key, with a step-up token of the action `recovery_key` (auth-api §6.12, §6.14). */
export async function deleteRecoveryKey(client: AuthClient, stepUpToken: string, signal?: AbortSignal): Promise<void> {
  await client.call(mfaRecoveryKeyDelete, { token: { 'mfa:recovery_key': stepUpToken }, signal });
}
