import {
  accountCredentialsStatus,
  bytesToHex,
  type StretchedPassword,
  stretchPasswordV1,
  stretchPasswordV2,
} from '@foxden/protocol';
import type { AuthClient } from '../client.js';
import { AuthClientError, isAuthError } from '../http/error.js';

export interface AddressAndPassword {
  /** As typed; the account's own spelling is found out. */
  readonly email: string;
  readonly password: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a request that proves the password sends. */
export interface PasswordProof {
  readonly email: string;
  /** hex, 64 digits */
  readonly authPW: string;
  /** What was typed, where `email` is the server's spelling of it. */
  readonly originalLoginEmail?: string;
}

export interface ProvenPassword<T> {
  readonly answer: T;
  /** The spelling that the server accepted. */
  readonly email: string;
  readonly stretched: StretchedPassword;
  readonly version: 1 | 2;
  /** The account has version 1 credentials only. */
  readonly upgradeNeeded: boolean;
}

/**
 * Stretches the password as the account asks for, sends the proof, and on errno 120 sends it once more with the
 * server's spelling of the address (auth-api §1.1, §1.2, §1.7).
 * @throws AuthClientError of the status call and of `send`
 */
export async function provePassword<T>(
  client: AuthClient,
  { email, password, signal }: AddressAndPassword,
  send: (proof: PasswordProof) => Promise<T>,
): Promise<ProvenPassword<T>> {
  const { clientSalt, upgradeNeeded } = await credentialsStatus(client, email, signal);
  const version = clientSalt === undefined ? 1 : 2;
  const stretch = (spelling: string) =>
    clientSalt === undefined ? stretchPasswordV1(spelling, password) : stretchPasswordV2(clientSalt, password);
  const prove = async (stretched: StretchedPassword, spelling: string): Promise<ProvenPassword<T>> => {
    const proof = { email: spelling, authPW: bytesToHex(stretched.authPW) };
    const answer = await send(spelling === email ? proof : { ...proof, originalLoginEmail: email });
    return { answer, email: spelling, stretched, version, upgradeNeeded };
  };

  const stretched = await stretch(email);
  try {
    return await prove(stretched, email);
  } catch (error) {
    const spelling = isAuthError(error, 'INCORRECT_EMAIL_CASE') ? error.body['email'] : undefined;
    if (typeof spelling !== 'string' || spelling === email) throw error;
    // The salt of version 2 is not the address, so the slow part need not be done again.
    return prove(version === 2 ? stretched : await stretch(spelling), spelling);
  }
}

interface CredentialsStatus {
  /** Present when the account signs in with version 2. */
  readonly clientSalt?: string | undefined;
  readonly upgradeNeeded: boolean;
}

async function credentialsStatus(client: AuthClient, email: string, signal?: AbortSignal): Promise<CredentialsStatus> {
  try {
    const status = await client.call(accountCredentialsStatus, { body: { email }, signal });
    if (status.currentVersion === 'v2' && !status.upgradeNeeded) {
      return { clientSalt: status.clientSalt, upgradeNeeded: false };
    }
    // A salt without a version 2 wrap is a half-made account: version 1 opens it, and no upgrade can mend it.
    return { upgradeNeeded: status.upgradeNeeded && status.clientSalt === undefined };
  } catch (error) {
    if (knowsNoVersion2(error)) return { upgradeNeeded: false };
    throw error;
  }
}

/** An unknown address goes on with version 1, so that the real request decides; older servers lack the route. */
function knowsNoVersion2(error: unknown): boolean {
  return error instanceof AuthClientError && (error.errorName === 'UNKNOWN_ACCOUNT' || isMissingRoute(error.status));
}

const isMissingRoute = (status: number | undefined): boolean => status === 404 || status === 410;
