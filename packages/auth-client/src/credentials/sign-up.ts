import {
  accountCreate,
  type BodyOf,
  type Bytes,
  createClientSalt,
  createCredentialSet,
  hexToBytes,
  type ResponseOf,
  unwrapKb,
} from '@foxden/protocol';
import type { AuthClient } from '../client.js';
import type { KeyAccess } from './account-keys.js';
import type { AddressAndPassword } from './prove-password.js';

type CreateBody = BodyOf<typeof accountCreate>;

export interface SignUpRequest
  extends AddressAndPassword,
    Omit<CreateBody, 'email' | 'authPW' | 'authPWVersion2' | 'wrapKb' | 'wrapKbVersion2' | 'clientSalt'> {
  /** The session is for something end-to-end encrypted: it must be verified before it is of use. */
  readonly keys?: boolean | undefined;
}

export interface SignedUp extends ResponseOf<typeof accountCreate> {
  readonly email: string;
  /** bytes, 32: chosen here, so no keys need to be fetched */
  readonly kB: Bytes;
  /** For whoever fetches the keys themselves; present when keys were asked for. */
  readonly keyAccess?: KeyAccess;
}

/**
 * Creates an account with both versions of credentials and a new kB (auth-api §6.1 `/account/create`, §1.4). Unless
 * another `verificationMethod` is asked for, a code of six digits is mailed.
 * @throws AuthClientError `ACCOUNT_EXISTS`, `ACCOUNT_CREATION_REJECTED`, `FAILED_TO_SEND_EMAIL`, …
 */
export async function signUp(client: AuthClient, request: SignUpRequest): Promise<SignedUp> {
  const { email, password, keys, signal, ...rest } = request;
  const kB = new Uint8Array(client.random(32));
  const clientSalt = createClientSalt(client.random(16));
  const credentials = await createCredentialSet({ email, password, clientSalt, kB });
  const answer = await client.call(accountCreate, {
    query: keys === true ? { keys: 'true' } : {},
    body: { verificationMethod: 'email-otp', ...rest, email, ...credentials },
    signal,
  });
  const { keyFetchTokenVersion2: keyFetchToken } = answer;
  if (keyFetchToken === undefined) return { ...answer, email, kB };
  // Wrapping is its own reverse: what was wrapped with the one gives the other.
  const unwrapBKey = unwrapKb(hexToBytes(credentials.wrapKbVersion2), kB);
  return { ...answer, email, kB, keyAccess: { keyFetchToken, unwrapBKey } };
}
