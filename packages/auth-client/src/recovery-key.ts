import { type ResponseOf, recoveryKeyExists } from '@foxden/protocol';
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
