import type { Migration } from './migration.js';

/** Device records, and what people show of themselves: a name and a picture. */
export const devicesAndProfiles: Migration = {
  version: 7,
  name: 'devices-and-profiles',
  steps: [
    {
      // Not clustered: the commands make long rows.
      table: 'devices',
      columns: {
        uid: 'bytes',
        id: 'bytes',
        sessionTokenHash: 'bytes?',
        refreshTokenHash: 'bytes?',
        name: 'text?',
        type: 'text?',
        pushCallback: 'text?',
        pushPublicKey: 'text?',
        pushAuthKey: 'text?',
        pushEndpointExpired: 'integer',
        availableCommands: 'text',
        createdAt: 'time',
        uaBrowser: 'text?',
        uaBrowserVersion: 'text?',
        uaOS: 'text?',
        uaOSVersion: 'text?',
        uaDeviceType: 'text?',
        uaFormFactor: 'text?',
      },
      key: ['uid', 'id'],
    },
    { indexOn: 'devices', columns: ['uid', 'sessionTokenHash'], unique: true, present: true },
    { indexOn: 'devices', columns: ['uid', 'refreshTokenHash'], unique: true, present: true },
    { table: 'profiles', columns: { uid: 'bytes', displayName: 'text?', avatarId: 'bytes?' }, key: ['uid'] },
    {
      table: 'avatars',
      columns: { uid: 'bytes', id: 'bytes', contentType: 'text', image: 'bytes', createdAt: 'time' },
      key: ['uid', 'id'],
    },
    { indexOn: 'avatars', columns: ['id'], unique: true },
  ],
};
