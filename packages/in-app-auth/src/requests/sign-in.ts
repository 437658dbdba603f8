import { type AuthClient, isAuthError, signUp } from '@foxden/auth-client';
import { accountLogin, bytesToHex, stretchPasswordV1 } from '@foxden/protocol';
import type { AuthorizationParams } from '../relying-party/relying-party.js';

/** Who signs in. */
export interface Person {
  /** As typed, or as the server spells it once that is known. */
  readonly email: string;
  /** What was typed, once the server spelled it otherwise. */
  readonly originalLoginEmail?: string | undefined;
  readonly password: string;
}

/** What a sign-in or a sign-up is answered with, as far as it can be made sense of. */
export interface SignInAnswer {
  /** hex, 64 digits */
  readonly sessionToken: string;
  readonly verified: boolean;
  readonly verificationMethod: string | undefined;
}

export interface SignedIn {
  readonly answer: SignInAnswer;
  /** With the spelling that the server accepted. */
  readonly person: Person;
}

/** hex, 64 digits (in-app-auth §5.1) */
export async function authPWOf({ email, password }: Pick<Person, 'email' | 'password'>): Promise<string> {
  return bytesToHex((await stretchPasswordV1(email, password)).authPW);
}

/**
 * Signs in (in-app-auth §4, A2); where the server spells the address otherwise, once more with its spelling (§7, errno
 * 120).
 * @throws AuthClientError
 * @throws TypeError when the answer holds no session
 */
export async function login(
  client: AuthClient,
  params: AuthorizationParams,
  person: Person,
  unblockCode: string | undefined,
): Promise<SignedIn> {
  const send = async (of: Person): Promise<SignedIn> => {
    const { email, originalLoginEmail } = of;
    const body = {
      ...common(params),
      email,
      authPW: await authPWOf(of),
      reason: 'signin',
      skipErrorCase: true,
      ...(originalLoginEmail !== undefined && { originalLoginEmail }),
      ...(unblockCode !== undefined && { unblockCode }),
    };
    return { answer: readAnswer(await client.call(accountLogin, { body })), person: of };
  };
  try {
    return await send(person);
  } catch (error) {
    const spelling = isAuthError(error, 'INCORRECT_EMAIL_CASE') ? error.body['email'] : undefined;
    if (typeof spelling !== 'string' || person.originalLoginEmail !== undefined) throw error;
    return send({ ...person, email: spelling, originalLoginEmail: person.email });
  }
}

/**
 * Creates the account (in-app-auth §4, A3), with the version 2 credentials that newer clients sign in with besides.
 * @throws AuthClientError
 * @throws TypeError when the answer holds no session
 */
export async function create(client: AuthClient, params: AuthorizationParams, person: Person): Promise<SignedIn> {
  const { email, password } = person;
  return { answer: readAnswer(await signUp(client, { ...common(params), email, password })), person };
}

function common({ clientId, metricsContext }: AuthorizationParams) {
  return {
    service: clientId,
    verificationMethod: 'email-otp',
    ...(metricsContext !== undefined && { metricsContext }),
  } as const;
}

/** Servers that create an account leave out that it is not verified; older ones answer with less than they promise. */
function readAnswer(answer: object): SignInAnswer {
  const { sessionToken, verified, verificationMethod } = answer as Readonly<Record<string, unknown>>;
  if (typeof sessionToken !== 'string' || !/^[0-9a-f]{64}$/i.test(sessionToken)) {
    throw new TypeError('The server answered without a session');
  }
  return {
    sessionToken,
    verified: verified === true,
    verificationMethod: typeof verificationMethod === 'string' ? verificationMethod : undefined,
  };
}
