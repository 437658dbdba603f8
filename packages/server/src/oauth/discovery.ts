import { GRANT_TYPES } from '@foxden/protocol';
import type { Config } from '../config/index.js';

const AUTHENTICATION_METHODS = ['client_secret_post', 'client_secret_basic', 'none'];

/**
 * OpenID Connect Discovery and Authorization Server Metadata in one (RFC 8414, oauth-devices §7.1), for
 * `/.well-known/openid-configuration` and `/.well-known/oauth-authorization-server`. Rust clients fail to read it without
 * the endpoints of authorization, introspection, token and userinfo, `issuer` and `jwks_uri`.
 */
export function openidConfiguration({ publicUrl }: Pick<Config, 'publicUrl'>) {
  return {
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/authorization`,
    token_endpoint: `${publicUrl}/v1/token`,
    userinfo_endpoint: `${publicUrl}/v1/profile`,
    jwks_uri: `${publicUrl}/v1/jwks`,
    introspection_endpoint: `${publicUrl}/v1/introspect`,
    // `/v1/destroy` answers an error for a token that is gone; this one is as RFC 7009 wants it.
    revocation_endpoint: `${publicUrl}/v1/oauth/destroy`,
    verify_endpoint: `${publicUrl}/v1/verify`,
    scopes_supported: ['openid', 'profile', 'email'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: [...GRANT_TYPES],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['acr', 'amr', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sub'],
    token_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
    revocation_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
    introspection_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    // Absent would mean true (OpenID Connect Discovery §3).
    request_uri_parameter_supported: false,
  };
}
