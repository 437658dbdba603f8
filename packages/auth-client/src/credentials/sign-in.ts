import { accountLogin, type BodyOf, type ResponseOf, type StretchedPassword, sessionReauth } from '@foxden/protocol';
import type { AuthClient } from '../client.js';
import type { KeyAccess } from './account-keys.js';
import { type AddressAndPassword, type PasswordProof, provePassword } from './prove-password.js';

type LoginBody = BodyOf<typeof accountLogin>;

export interface SignInRequest extends AddressAndPassword, Omit<LoginBody, 'email' | 'authPW' | 'originalLoginEmail'> {
  /** Also ask for a keyFetchToken; a server may then want the session verified by a code. */
  readonly keys?: boolean | undefined;
}

/** What both kinds of signing in add to the server's answer. */
export interface ProvenAccount {
  /** The account's own spelling of the address. */
  readonly email: string;
  /** For {@link accountKeys}; present when keys were asked for. */
  readonly keyAccess?: KeyAccess;
}

export interface SignedIn extends ResponseOf<typeof accountLogin>, ProvenAccount {
  /** Why version 2 credentials could not be added to an account that lacks them; the sign-in stands all the same. */
  readonly upgradeError?: unknown;
}

export interface Reauthenticated extends ResponseOf<typeof sessionReauth>, ProvenAccount {}

/**
 * Signs in with an address and a password, and gives older accounts version 2 credentials on the way
 * (auth-api §6.1 `/account/login`, §1.7).
 * @throws AuthClientError `INCORRECT_PASSWORD`, `UNKNOWN_ACCOUNT`, `THROTTLED`, `REQUEST_BLOCKED`, …
 */
export async function signIn(client: AuthClient, request: SignInRequest): Promise<SignedIn> {
  const { email: _, password, keys, signal, ...rest } = request;
  const proven = await provePassword(client, request, (proof) =>
    client.call(accountLogin, { query: keysQuery(keys), body: loginBody(rest, proof), signal }),
  );
  const { answer } = proven;
  const signedIn: SignedIn = { ...answer, ...provenAccount(proven) };
  if (!proven.upgradeNeeded || !answer.verified) return signedIn;
  try {
    // Few accounts need it, so bundles for browsers keep it apart.
    const { upgradeCredentials } = await import('./upgrade-credentials.js');
    await upgradeCredentials(client, { email: proven.email, password, sessionToken: answer.sessionToken, signal });
    return signedIn;
  } catch (upgradeError) {
    return { ...signedIn, upgradeError };
  }
}

/**
 * Proves the password again in an existing session, and with `keys` gets a new keyFetchToken (auth-api §6.7
 * `/session/reauth`).
 * @throws AuthClientError as {@link signIn}, and `INVALID_TOKEN` when the session is gone
 */
export async function reauthenticate(
  client: AuthClient,
  sessionToken: string,
  request: SignInRequest,
): Promise<Reauthenticated> {
  const { email: _, password: __, keys, signal, ...rest } = request;
  const token = { sessionToken };
  const proven = await provePassword(client, request, (proof) =>
    client.call(sessionReauth, { token, query: keysQuery(keys), body: loginBody(rest, proof), signal }),
  );
  return { ...proven.answer, ...provenAccount(proven) };
}

const loginBody = (rest: Partial<LoginBody>, proof: PasswordProof): LoginBody => ({
  reason: 'signin',
  ...rest,
  ...proof,
});

const keysQuery = (keys = false): { keys?: 'true' } => (keys ? { keys: 'true' } : {});

function provenAccount(proven: {
  readonly answer: { readonly keyFetchToken?: string | undefined; readonly keyFetchTokenVersion2?: string | undefined };
  readonly email: string;
  readonly stretched: StretchedPassword;
  readonly version: 1 | 2;
}): ProvenAccount {
  const { answer, email, stretched, version } = proven;
  const keyFetchToken = version === 2 ? answer.keyFetchTokenVersion2 : answer.keyFetchToken;
  if (keyFetchToken === undefined) return { email };
  return { email, keyAccess: { keyFetchToken, unwrapBKey: stretched.unwrapBKey } };
}
