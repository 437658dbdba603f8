import type { Migration } from './migration.js';

/** The ways back from a forgotten password: tokens, mailed digits, the account recovery key. */
export const recovery: Migration = {
  version: 3,
  name: 'recovery',
  steps: [
    {
      table: 'passwordForgotTokens',
      columns: {
        uid: 'bytes',
        tokenHash: 'bytes',
        reqHMACkey: 'bytes',
        seed: 'bytes',
        email: 'text',
        tries: 'integer',
        verificationMethod: 'integer?',
        createdAt: 'time',
      },
      key: ['uid', 'tokenHash'],
      clustered: true,
    },
    { indexOn: 'passwordForgotTokens', columns: ['tokenHash'], unique: true },
    { indexOn: 'passwordForgotTokens', columns: ['createdAt'] },
    {
      table: 'passwordForgotOtps',
      columns: { uid: 'bytes', codeHash: 'bytes', tries: 'integer', createdAt: 'time' },
      key: ['uid'],
      clustered: true,
    },
    { indexOn: 'passwordForgotOtps', columns: ['createdAt'] },
    {
      table: 'accountResetTokens',
      columns: {
        uid: 'bytes',
        tokenHash: 'bytes',
        reqHMACkey: 'bytes',
        verificationMethod: 'integer?',
        recoveryKeyPrompt: 'integer',
        createdAt: 'time',
      },
      key: ['uid', 'tokenHash'],
      clustered: true,
    },
    { indexOn: 'accountResetTokens', columns: ['tokenHash'], unique: true },
    { indexOn: 'accountResetTokens', columns: ['createdAt'] },
    {
      // Not clustered: `recoveryData` makes long rows.
      table: 'recoveryKeys',
      columns: {
        uid: 'bytes',
        keyIdHash: 'bytes',
        recoveryData: 'text',
        hint: 'text?',
        enabled: 'integer',
        createdAt: 'time',
      },
      key: ['uid'],
    },
  ],
};
