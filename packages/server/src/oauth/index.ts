/**
 * OAuth 2 and OpenID Connect: clients, codes, tokens, signing keys.
 * oauth-devices §1, §2.1, §7; RFC 6749, 7009, 7636, 7662, 8414, 8693, 9068, 9207; OpenID Connect RP-Initiated Logout 1.0.
 */
export { authenticateRefreshToken, type RefreshTokenHolder } from './authenticate-refresh-token.js';
export { authorizationRedirect, FORM_PAGES, formRedirect } from './authorization-redirect.js';
export { type AuthorizedClient, listAuthorizedClients, refreshTokenUses } from './authorized-clients.js';
export type { OAuthClient } from './client.js';
export { countSyncGrants } from './count-sync-grants.js';
export { revokeClient, revokeDeviceTokens, revokeRefreshToken } from './disconnect.js';
export { oauthServerMetadata, openidConfiguration } from './discovery.js';
export { addClient, listClients, type NewClient, removeClient } from './manage-clients.js';
export { pruneOAuth } from './prune.js';
export { registerClients } from './register-clients.js';
export { deleteOAuthData, revokeAccountTokens } from './revoke-account.js';
export { SETTINGS as SETTINGS_CLIENT } from './seeds.js';
export { rotateSigningKeys } from './signing-key-rotation.js';
export { createSigningKeys, type SigningKeys } from './signing-keys.js';
export { holdRefreshToken } from './store/refresh-tokens.js';
export { subjectOfToken } from './subject.js';
export { type AccessToken, verifyAccessToken } from './verify-access-token.js';
