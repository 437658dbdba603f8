/** The grants of the token endpoints, one a file. oauth-devices §1.7. */
import type { GrantType } from '@foxden/protocol';
import { authorizationCode } from './authorization-code.js';
import { fxaCredentials } from './fxa-credentials.js';
import { refreshToken } from './refresh-token.js';
import { tokenExchange } from './token-exchange.js';
import type { GrantHandler } from './token-request.js';

export type { GrantHandler, TokenRequest } from './token-request.js';

/** Grants of `/oauth/token`, by `grant_type`. */
export const GRANTS: Readonly<Record<GrantType, GrantHandler>> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  'fxa-credentials': fxaCredentials,
  'urn:ietf:params:oauth:grant-type:token-exchange': tokenExchange,
};

/** Grants of `/token`, which knows no sessions and so no `fxa-credentials`. */
export const SESSIONLESS_GRANTS: Readonly<Record<string, GrantHandler>> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  'urn:ietf:params:oauth:grant-type:token-exchange': tokenExchange,
};
