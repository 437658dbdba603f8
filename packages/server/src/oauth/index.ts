/**
 * OAuth 2 and OpenID Connect: clients, codes, tokens, signing keys.
 * oauth-devices §1, §2.1, §7; RFC 6749, 7009, 7636, 7662, 8414, 9068.
 */
export { authorizationRedirect } from './authorization-redirect.js';
export type { OAuthClient } from './client.js';
export { countSyncGrants } from './count-sync-grants.js';
export { oauthServerMetadata, openidConfiguration } from './discovery.js';
export { addClient, listClients, type NewClient, removeClient } from './manage-clients.js';
export { pruneOAuth } from './prune.js';
export { registerClients } from './register-clients.js';
export { deleteOAuthData, revokeAccountTokens } from './revoke-account.js';
export { rotateSigningKeys } from './signing-key-rotation.js';
export { createSigningKeys, type SigningKeys } from './signing-keys.js';
export { type AccessToken, verifyAccessToken } from './verify-access-token.js';
