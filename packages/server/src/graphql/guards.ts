import {
  requireProvenFactor,
  requireUsableSession,
  requireVerifiedAccount,
  requireVerifiedSession,
  type Session,
} from '../sessions/index.js';
import { Refusal } from './refusal.js';

/** Finds the session of a token as the server handed it out; undefined for any other text. */
type FindSession = (token: string) => Promise<Session | undefined>;

/** Who may run an operation (graphql §2.1): anybody, a session that did what was demanded of it, or any session. */
export type Guard = 'none' | 'auth' | 'unverified';

/**
 * How well the session must be verified beyond its guard, which is what the REST twin asks too (graphql §2.2): not at all;
 * as an application's sign-in asks; as changes of the settings ask; as those of two-step authentication ask.
 */
export const LEVELS = {
  session: () => undefined,
  usable: (session: Session) => {
    requireVerifiedAccount(session);
    requireUsableSession(session);
  },
  verified: requireVerifiedSession,
  secondFactor: requireProvenFactor,
} as const;

export type Level = keyof typeof LEVELS;

/**
 * The session of an Authorization header that holds a session token as the server handed it out (hex, 64 digits).
 * @throws Refusal `Unauthorized` without such a header, `Invalid token`, `Must verify`
 */
export async function guardSession(
  find: FindSession,
  header: string | undefined,
  guard: Exclude<Guard, 'none'>,
): Promise<Session> {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
  if (token === undefined) throw unauthenticated(guard === 'auth' ? 'Unauthorized' : 'Invalid token');
  const session = await find(token);
  if (session === undefined) throw unauthenticated('Invalid token');
  if (guard === 'auth') requireWhatWasDemanded(session);
  return session;
}

/** Whether a session token would pass the guard `auth`. */
export async function isGoodToken(find: FindSession, token: string): Promise<boolean> {
  const session = await find(token);
  return session !== undefined && !hasOpenDemand(session);
}

/** @throws Refusal `Must verify` */
function requireWhatWasDemanded(session: Session): void {
  if (hasOpenDemand(session)) throw unauthenticated('Must verify');
}

function hasOpenDemand({ mustVerify, tokenVerified, emailVerified }: Session): boolean {
  return mustVerify && !(tokenVerified && emailVerified);
}

function unauthenticated(message: string): Refusal {
  return new Refusal('UNAUTHENTICATED', message);
}
