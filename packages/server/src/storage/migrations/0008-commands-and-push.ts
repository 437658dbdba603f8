import type { Migration } from './migration.js';

/** Commands that wait for devices, and messages that are on their way to push services. */
export const commandsAndPush: Migration = {
  version: 8,
  name: 'commands-and-push',
  steps: [
    { addTo: 'devices', column: 'lastCommandIndex', type: 'time?' },
    {
      // Not clustered: payloads are long.
      table: 'commands',
      columns: {
        uid: 'bytes',
        deviceId: 'bytes',
        index: 'time',
        command: 'text',
        payload: 'text',
        sender: 'bytes?',
        expiresAt: 'time',
      },
      key: ['uid', 'deviceId', 'index'],
    },
    { indexOn: 'commands', columns: ['expiresAt'] },
    {
      table: 'pushMessages',
      columns: {
        uid: 'bytes',
        deviceId: 'bytes',
        id: 'bytes',
        endpoint: 'text',
        publicKey: 'text?',
        authKey: 'text?',
        body: 'text',
        ttl: 'integer',
        createdAt: 'time',
        attempts: 'integer',
        nextAttemptAt: 'time',
        lastError: 'text?',
      },
      key: ['uid', 'deviceId', 'id'],
    },
    { indexOn: 'pushMessages', columns: ['nextAttemptAt'] },
  ],
};
