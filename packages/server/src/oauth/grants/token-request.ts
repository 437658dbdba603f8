import type { BodyOf, oauthEndpoints } from '@foxden/protocol';
import type { Caller, Context } from '../../context.js';
import type { Session } from '../../sessions/index.js';
import type { ClientCredentials } from '../client-authentication.js';
import type { TokenAnswer } from '../issue-tokens.js';

/** A token request, whichever endpoint it came to. */
export interface TokenRequest {
  readonly body: Omit<BodyOf<typeof oauthEndpoints.oauthToken>, 'grant_type'>;
  readonly credentials: ClientCredentials;
  /** Only where the endpoint takes one. */
  readonly session: Session | undefined;
  readonly caller: Caller;
  /** Under which member a code with the scope `tokens/session` answers the new session (oauth-devices §1.7). */
  readonly sessionMember: 'session_token' | 'session_token_id';
}

/** Turns what a client holds into tokens. */
export type GrantHandler = (context: Context, request: TokenRequest) => Promise<TokenAnswer>;
