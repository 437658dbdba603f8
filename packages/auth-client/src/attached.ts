import {
  accountAuthorizationDestroy,
  accountAuthorizations,
  attachedClientDestroy,
  attachedClients,
  type BodyOf,
  type ResponseOf,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** Devices, sessions and applications of the account as one list (oauth-devices §3.2). */
export function getAttachedClients(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof attachedClients>> {
  return client.call(attachedClients, { token: { sessionToken }, signal });
}

/** Disconnects one entry of that list, named by the ids it has; `UNKNOWN_DEVICE` when its device is gone. */
export async function disconnectClient(
  client: AuthClient,
  sessionToken: string,
  body: BodyOf<typeof attachedClientDestroy>,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(attachedClientDestroy, { token: { sessionToken }, body, signal });
}

/** What the person has allowed, by application and service. */
export function getAuthorizations(
  client: AuthClient,
  sessionToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof accountAuthorizations>> {
  return client.call(accountAuthorizations, { token: { sessionToken }, signal });
}

/** Takes scopes away from an application, or all that it was allowed; the tokens that have them end. */
export async function revokeAuthorization(
  client: AuthClient,
  sessionToken: string,
  body: BodyOf<typeof accountAuthorizationDestroy>,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(accountAuthorizationDestroy, { token: { sessionToken }, body, signal });
}
