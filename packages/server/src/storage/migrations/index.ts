// The schema's history: numbered migrations as data, written for both engines from one description, and their runner.
// `schema.ts` is what they add up to; the storage tests compare the two.
import { foundation } from './0001-foundation.js';
import { authorizations } from './0010-authorizations.js';
import { devicesAndProfiles } from './0011-devices-and-profiles.js';
import type { Migration } from './migration.js';

export { migrate } from './migrate.js';
export type { Migration } from './migration.js';

export const MIGRATIONS: readonly Migration[] = [foundation, authorizations, devicesAndProfiles];
