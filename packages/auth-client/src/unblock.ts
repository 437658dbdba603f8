import {
  type BodyOf,
  rejectUnblockCode as rejectUnblockCodeEndpoint,
  sendUnblockCode as sendUnblockCodeEndpoint,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** Mails a code that lets one blocked sign-in pass, as `unblockCode` of a sign-in (auth-api §6.2). */
export async function sendUnblockCode(client: AuthClient, email: string, signal?: AbortSignal): Promise<void> {
  await client.call(sendUnblockCodeEndpoint, { body: { email }, signal });
}

/** Makes an unblock code useless that its receiver did not ask for; `INVALID_UNBLOCK_CODE` when it is so already. */
export async function rejectUnblockCode(
  client: AuthClient,
  body: BodyOf<typeof rejectUnblockCodeEndpoint>,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(rejectUnblockCodeEndpoint, { body, signal });
}
