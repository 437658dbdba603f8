import {
  mfaRecoveryCodesCreate,
  mfaRecoveryCodesUpdate,
  mfaTotpCreate,
  mfaTotpDestroy,
  mfaTotpReplaceConfirm,
  mfaTotpReplaceStart,
  mfaTotpSetupComplete,
  mfaTotpSetupVerify,
  type ResponseOf,
} from '@foxden/protocol';
import type { AuthClient } from './client.js';

// Each takes a step-up token of the action `2fa` (auth-api §6.10, §6.11, §6.14).

/** A secret for a new authenticator: base32, and a picture of it; `TOTP_EXISTS` when there is one in use. */
export function createTotp(
  client: AuthClient,
  stepUpToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof mfaTotpCreate>> {
  return client.call(mfaTotpCreate, { token: { 'mfa:2fa': stepUpToken }, body: {}, signal });
}

/** Proves that the new authenticator makes the right codes; `INVALID_TOTP_CODE` when it does not. */
export async function verifyTotpSetup(
  client: AuthClient,
  stepUpToken: string,
  code: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(mfaTotpSetupVerify, { token: { 'mfa:2fa': stepUpToken }, body: { code }, signal });
}

/** Turns two-step authentication on, with an authenticator that was proven. */
export async function completeTotpSetup(client: AuthClient, stepUpToken: string, signal?: AbortSignal): Promise<void> {
  await client.call(mfaTotpSetupComplete, { token: { 'mfa:2fa': stepUpToken }, body: {}, signal });
}

/** A secret for another authenticator; the one in use goes on to work. `TOTP_SECRET_NOT_FOUND` when there is none. */
export function beginTotpReplacement(
  client: AuthClient,
  stepUpToken: string,
  signal?: AbortSignal,
): Promise<ResponseOf<typeof mfaTotpReplaceStart>> {
  return client.call(mfaTotpReplaceStart, { token: { 'mfa:2fa': stepUpToken }, signal });
}

/** Puts the other authenticator in the place of the one in use; `INVALID_TOTP_CODE` when it makes another code. */
export async function confirmTotpReplacement(
  client: AuthClient,
  stepUpToken: string,
  code: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(mfaTotpReplaceConfirm, { token: { 'mfa:2fa': stepUpToken }, body: { code }, signal });
}

/** Turns two-step authentication off; the backup codes go with it. */
export async function destroyTotp(client: AuthClient, stepUpToken: string, signal?: AbortSignal): Promise<void> {
  await client.call(mfaTotpDestroy, { token: { 'mfa:2fa': stepUpToken }, signal });
}

/** Sets the backup codes of an authenticator that is being set up. */
export async function setFirstBackupCodes(
  client: AuthClient,
  stepUpToken: string,
  codes: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const body = { recoveryCodes: [...codes] };
  await client.call(mfaRecoveryCodesCreate, { token: { 'mfa:2fa': stepUpToken }, body, signal });
}

/** Replaces the backup codes; `UNVERIFIED_SESSION` where the session has not proven the second factor. */
export async function replaceBackupCodes(
  client: AuthClient,
  stepUpToken: string,
  codes: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const body = { recoveryCodes: [...codes] };
  await client.call(mfaRecoveryCodesUpdate, { token: { 'mfa:2fa': stepUpToken }, body, signal });
}
