import type { ScopeSet } from '@foxden/protocol';
import type { Session } from '../../sessions/index.js';
import type { OAuthClient } from '../client.js';
import type { CustomScopes } from '../store/scopes.js';

/** Somebody acts for an account by a session. */
export interface SessionAttempt {
  readonly session: Session;
}

/** A session asks for a client to get a scope, by whichever grant. */
export interface ScopeAttempt extends SessionAttempt {
  readonly client: OAuthClient;
  readonly scope: ScopeSet;
  readonly customScopes: CustomScopes;
}

/** A session asks for an authorization code. */
export interface CodeAttempt extends ScopeAttempt {
  readonly redirectUri: string | undefined;
  /** Space-separated. */
  readonly acrValues: string | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: 'S256' | undefined;
  /** Milliseconds. */
  readonly now: number;
}

/** Throws the error of the catalogue that refuses an attempt. */
export type Rule<A> = (attempt: A) => void;
