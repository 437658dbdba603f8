import { profileEndpoints, type ResponseOf } from '@foxden/protocol';
import type { AuthClient } from './client.js';

/** Sets the name that applications show, or clears it with the empty text (oauth-devices §5). */
export async function setDisplayName(
  client: AuthClient,
  accessToken: string,
  displayName: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(profileEndpoints.displayNameChange, { token: { accessToken }, body: { displayName }, signal });
}

/** Sets the picture: a file of type PNG or JPEG, of 1 MiB at most; `INVALID_PARAMETER` for any other. */
export function uploadAvatar(
  client: AuthClient,
  accessToken: string,
  file: Blob,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof profileEndpoints.avatarUpload>> {
  return client.upload(profileEndpoints.avatarUpload, { accessToken }, file, signal);
}

/** Where the picture is, and its id: hex, 32 digits. */
export function getAvatar(
  client: AuthClient,
  accessToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof profileEndpoints.avatar>> {
  return client.call(profileEndpoints.avatar, { token: { accessToken }, signal });
}

/** Goes back to the picture of people who have set none. */
export async function deleteAvatar(
  client: AuthClient,
  accessToken: string,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(profileEndpoints.avatarDelete, { token: { accessToken }, params: { id }, signal });
}
