import type { Migration } from './migration.js';

/** Authenticators and those being set up, backup codes, the digits that allow a change of the account. */
export const secondFactors: Migration = {
  version: 2,
  name: 'second factors',
  steps: [
    {
      table: 'totpTokens',
      columns: { uid: 'bytes', sealedSecret: 'bytes', lastStep: 'integer', createdAt: 'time' },
      key: ['uid'],
      clustered: true,
    },
    {
      table: 'pendingTotpSecrets',
      columns: {
        uid: 'bytes',
        sessionTokenHash: 'bytes',
        sealedSecret: 'bytes',
        acceptedStep: 'integer?',
        createdAt: 'time',
      },
      key: ['uid', 'sessionTokenHash'],
      clustered: true,
    },
    { indexOn: 'pendingTotpSecrets', columns: ['createdAt'] },
    {
      table: 'backupCodes',
      columns: { uid: 'bytes', slot: 'integer', codeHash: 'bytes', createdAt: 'time' },
      key: ['uid', 'slot'],
      clustered: true,
    },
    {
      table: 'stepUpCodes',
      columns: {
        uid: 'bytes',
        sessionTokenHash: 'bytes',
        action: 'text',
        seed: 'bytes',
        attempts: 'integer',
        createdAt: 'time',
      },
      key: ['uid', 'sessionTokenHash', 'action'],
      clustered: true,
    },
    { indexOn: 'stepUpCodes', columns: ['createdAt'] },
  ],
};
