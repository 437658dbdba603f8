/** What Sync can keep alike, by the names that browsers and pages exchange (webchannel §5.1). */
export const SYNC_ENGINES = [
  'bookmarks',
  'history',
  'passwords',
  'addons',
  'tabs',
  'prefs',
  'addresses',
  'creditcards',
] as const;

export type SyncEngine = (typeof SYNC_ENGINES)[number];

/** What every browser of the `fx_desktop_v3` context syncs; its capabilities name only what comes on top (§5.3). */
export const DESKTOP_V3_ENGINES: readonly SyncEngine[] = [
  'bookmarks',
  'history',
  'passwords',
  'addons',
  'tabs',
  'prefs',
];

/** What was offered when a person chose what to sync, and what of it they declined: a part of the former. */
export interface SyncEngineChoice {
  readonly offeredEngines: readonly string[];
  readonly declinedEngines: readonly string[];
}
