/**
 * OAuth 2 and OpenID Connect: clients, codes, tokens, signing keys.
 * oauth-devices §1, §2.1, §7; RFC 6749, 7009, 7636, 7662, 8414, 9068.
 */
export { authenticateAccessToken } from './authenticate-access-token.js';
export { authorizationRedirect } from './authorization-redirect.js';
export type { OAuthClient } from './client.js';
export { openidConfiguration } from './discovery.js';
export { addClient, listClients, type NewClient, removeClient } from './manage-clients.js';
export { pruneOAuth } from './prune.js';
export { deleteOAuthData, revokeAccountTokens } from './revoke-account.js';
export { seedClients } from './seed-clients.js';
export { rotateSigningKeys } from './signing-key-rotation.js';
export { createSigningKeys, type SigningKeys } from './signing-keys.js';
export type { AccessToken } from './verify-access-token.js';
