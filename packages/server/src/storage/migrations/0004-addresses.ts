import type { Migration } from './migration.js';

/**
 * Second addresses, unblock codes, service notifications. Whose an address is stands in `emails` alone from here on: an
 * account may give up the address it was made with, and somebody else sign up with it.
 */
export const addresses: Migration = {
  version: 4,
  name: 'addresses',
  steps: [
    { dropIndexOn: 'accounts', columns: ['normalizedEmail'] },
    {
      table: 'emailReservations',
      columns: { uid: 'bytes', email: 'text', normalizedEmail: 'text', emailCode: 'bytes', createdAt: 'time' },
      key: ['uid', 'normalizedEmail'],
      clustered: true,
    },
    { indexOn: 'emailReservations', columns: ['normalizedEmail'], unique: true },
    { indexOn: 'emailReservations', columns: ['createdAt'] },
    {
      table: 'unblockCodes',
      columns: { uid: 'bytes', codeHash: 'bytes', createdAt: 'time' },
      key: ['uid', 'codeHash'],
      clustered: true,
    },
    { indexOn: 'unblockCodes', columns: ['createdAt'] },
    {
      table: 'notifications',
      columns: {
        id: 'bytes',
        url: 'text',
        uid: 'bytes',
        event: 'text',
        details: 'text',
        createdAt: 'time',
        attempts: 'integer',
        nextAttemptAt: 'time?',
        lastError: 'text?',
      },
      key: ['id'],
    },
    { indexOn: 'notifications', columns: ['nextAttemptAt'], present: true },
  ],
};
