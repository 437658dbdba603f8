import { GRANT_TYPES } from '@foxden/protocol';
import type { Config } from '../config/index.js';

type PublicUrl = Pick<Config, 'publicUrl'>;

const AUTHENTICATION_METHODS = ['client_secret_post', 'client_secret_basic', 'none'];

/** OAuth 2.0 Authorization Server Metadata (RFC 8414): `/.well-known/oauth-authorization-server`. */
export function oauthServerMetadata({ publicUrl }: PublicUrl) {
  return {
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/authorization`,
    token_endpoint: `${publicUrl}/v1/token`,
    jwks_uri: `${publicUrl}/v1/jwks`,
    introspection_endpoint: `${publicUrl}/v1/introspect`,
    // `/v1/destroy` answers an error for a token that is gone; this one is as RFC 7009 wants it.
    revocation_endpoint: `${publicUrl}/v1/oauth/destroy`,
    scopes_supported: ['openid', 'profile', 'email'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: [...GRANT_TYPES],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    token_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
    revocation_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
    introspection_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
  };
}

/**
 * OpenID Connect Discovery: `/.well-known/openid-configuration` (oauth-devices §7.1). Rust clients fail to read it
 * without the endpoints of authorization, introspection, token and userinfo, `issuer` and `jwks_uri`.
 */
export function openidConfiguration(config: PublicUrl) {
  return {
    ...oauthServerMetadata(config),
    userinfo_endpoint: `${config.publicUrl}/v1/profile`,
    verify_endpoint: `${config.publicUrl}/v1/verify`,
    end_session_endpoint: `${config.publicUrl}/logout`,
    subject_types_supported: ['public', 'pairwise'],
    prompt_values_supported: ['none', 'login', 'consent'],
    acr_values_supported: ['AAL1', 'AAL2'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['acr', 'amr', 'aud', 'auth_time', 'email', 'exp', 'iat', 'iss', 'nonce', 'sub'],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    // Absent would mean true (OpenID Connect Discovery §3).
    request_uri_parameter_supported: false,
  };
}
