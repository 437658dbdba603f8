import { accountDestroy, accountStatus, accountStatusGet, type BodyOf, type ResponseOf } from '@foxden/protocol';
import type { AuthClient } from './client.js';
import { type AddressAndPassword, provePassword } from './credentials/prove-password.js';

/** Whether an address has an account, and how it signs in (auth-api §6.1). */
export function getAccountStatus(
  client: AuthClient,
  body: BodyOf<typeof accountStatus>,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof accountStatus>> {
  return client.call(accountStatus, { body, signal });
}

/** Whether the account of a uid (hex, 32 digits) still exists: tells a deleted account from a changed password. */
export async function accountExists(client: AuthClient, uid: string, signal?: AbortSignal): Promise<boolean> {
  const { exists } = await client.call(accountStatusGet, { query: { uid }, signal });
  return exists;
}

/**
 * Deletes the account and everything it has (auth-api §6.1 `/account/destroy`).
 * @throws AuthClientError `INCORRECT_PASSWORD`, `UNVERIFIED_SESSION`, …
 */
export async function destroyAccount(
  client: AuthClient,
  sessionToken: string,
  request: AddressAndPassword,
): Promise<void> {
  const { signal } = request;
  await provePassword(client, request, ({ email, authPW }) =>
    client.call(accountDestroy, { token: { sessionToken }, body: { email, authPW }, signal }),
  );
}
