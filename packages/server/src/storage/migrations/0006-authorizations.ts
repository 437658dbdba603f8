import type { Migration } from './migration.js';

/** What people allowed to applications and took back, exchanged refresh tokens, where applications send the signed-out. */
export const authorizations: Migration = {
  version: 6,
  name: 'authorizations',
  steps: [
    {
      table: 'authorizations',
      columns: {
        uid: 'bytes',
        clientId: 'text',
        service: 'text',
        scope: 'text',
        createdAt: 'time',
        authorizedAt: 'time',
      },
      key: ['uid', 'clientId', 'service'],
      clustered: true,
    },
    {
      table: 'revokedScopes',
      columns: { uid: 'bytes', clientId: 'text', scope: 'text', revokedAt: 'time' },
      key: ['uid', 'clientId', 'scope'],
      clustered: true,
    },
    {
      table: 'exchangedTokens',
      columns: {
        uid: 'bytes',
        tokenHash: 'bytes',
        clientId: 'text',
        addedScope: 'text',
        successorHash: 'bytes',
        grantId: 'bytes',
        exchangedAt: 'time',
      },
      key: ['uid', 'tokenHash'],
      clustered: true,
    },
    { indexOn: 'exchangedTokens', columns: ['tokenHash'], unique: true },
    { indexOn: 'exchangedTokens', columns: ['exchangedAt'] },
    { addTo: 'refreshTokens', column: 'sessionTokenHash', type: 'bytes?' },
    { addTo: 'oauthClients', column: 'postLogoutRedirectUris', type: 'text?' },
    { addTo: 'oauthClients', column: 'pairwise', type: 'integer?' },
  ],
};
