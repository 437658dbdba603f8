/** The error catalogue: auth-api §4.2, oauth-devices §1.9 and §5. Server, clients, documentation and tests read it. */
export { AUTH_ERRORS, type AuthErrorName } from './auth.js';
export { ERROR_INFO_URL, type ErrorBody, type ErrorDefinition } from './definition.js';
export { OAUTH_ERRORS, type OAuthErrorName } from './oauth.js';
export { oauthErrorAsAuthError } from './oauth-to-auth.js';
export { PROFILE_ERRORS, type ProfileErrorName } from './profile.js';
