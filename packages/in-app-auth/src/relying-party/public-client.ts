import { type AuthClient, requestTokens } from '@foxden/auth-client';
import { bytesToBase64url, type oauthEndpoints, type ResponseOf } from '@foxden/protocol';
import { FlowFailure } from '../machine/read-failure.js';
import type { AuthorizationParams, RelyingParty } from './relying-party.js';

export type Tokens = ResponseOf<typeof oauthEndpoints.oauthToken>;

export interface PublicClientOptions {
  readonly client: AuthClient;
  /** The pages of the server, for the fallback: `https://accounts.example.org/authorization` */
  readonly authorizationUrl: string;
  /** hex, 16 digits */
  readonly clientId: string;
  /** One that is registered for the client; nobody needs to answer there. */
  readonly redirectUri: string;
  readonly scope: string;
  readonly accessType?: 'online' | 'offline';
}

/** An application without a server of its own: OAuth 2 with PKCE at the accounts server itself (in-app-auth §6). */
export function publicClient(options: PublicClientOptions): RelyingParty<Tokens> {
  const { client, clientId, redirectUri, scope, accessType = 'online' } = options;
  return {
    begin: async ({ codeChallenge }) => {
      const state = bytesToBase64url(client.random(16));
      return { clientId, state, scope, accessType, redirectUri, codeChallenge };
    },
    finish: async ({ redirect }, params) => codeIn(redirect, params),
    exchange: (code, codeVerifier, signal) => {
      const body = {
        grant_type: 'authorization_code',
        client_id: clientId,
        code,
        code_verifier: codeVerifier,
      } as const;
      return requestTokens(client, body, undefined, signal);
    },
    browserUrl({ codeChallenge, email }, { state }) {
      const url = new URL(options.authorizationUrl);
      const query = {
        client_id: clientId,
        redirect_uri: redirectUri,
        scope,
        state,
        response_type: 'code',
        access_type: accessType,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        ...(email !== undefined && { email }),
      };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return url.href;
    },
    readReturn: codeIn,
  };
}

/** The code of a redirect, if it is the answer to this request (RFC 6749 §10.12). */
function codeIn(redirect: string, params: AuthorizationParams): string {
  const query = URL.canParse(redirect) ? new URL(redirect).searchParams : new URLSearchParams();
  const code = query.get('code');
  if (code === null) throw new FlowFailure('AuthenticationError', 'The redirect has no code');
  if (query.get('state') !== params.state)
    throw new FlowFailure('AuthenticationError', 'The redirect has another state');
  return code;
}
