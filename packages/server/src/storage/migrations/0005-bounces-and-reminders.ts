import type { Migration } from './migration.js';

/** Mails that came back, and mails to write later. */
export const bouncesAndReminders: Migration = {
  version: 5,
  name: 'bounces-and-reminders',
  steps: [
    {
      table: 'bounces',
      columns: { normalizedEmail: 'text', kind: 'text', bouncedAt: 'time' },
      key: ['normalizedEmail', 'kind'],
      clustered: true,
    },
    { indexOn: 'bounces', columns: ['bouncedAt'] },
    {
      table: 'reminders',
      columns: { uid: 'bytes', template: 'text', dueAt: 'time' },
      key: ['uid', 'template'],
      clustered: true,
    },
    { indexOn: 'reminders', columns: ['dueAt'] },
  ],
};
