// The schema's history: numbered migrations as data, written for both engines from one description, and their runner.
// `schema.ts` is what they add up to; the storage tests compare the two.
import { foundation } from './0001-foundation.js';
import { secondFactors } from './0002-second-factors.js';
import { recovery } from './0003-recovery.js';
import { addresses } from './0004-addresses.js';
import { bouncesAndReminders } from './0005-bounces-and-reminders.js';
import { authorizations } from './0006-authorizations.js';
import { devicesAndProfiles } from './0007-devices-and-profiles.js';
import { commandsAndPush } from './0008-commands-and-push.js';
import type { Migration } from './migration.js';

export { migrate } from './migrate.js';
export type { Migration } from './migration.js';

export const MIGRATIONS: readonly Migration[] = [
  foundation,
  secondFactors,
  recovery,
  addresses,
  bouncesAndReminders,
  authorizations,
  devicesAndProfiles,
  commandsAndPush,
];
