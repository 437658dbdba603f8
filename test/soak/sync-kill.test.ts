import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { openTables } from '../../packages/sync-server/src/tables/index.js';
import { describePostgres } from '../support/postgres.js';
import { killAtRandom, startDoomed } from './doomed-process.js';
import { seededRandom } from './seeded-random.js';
import { settings } from './settings.js';

const WRITER = fileURLToPath(new URL('sync-writer.mjs', import.meta.url));
/** As the writer has it. */
const RECORDS = 120;
/** Milliseconds of work until the latest kill. */
const LONGEST_LIFE = 400;

const folder = mkdtempSync(join(tmpdir(), 'foxden-sync-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('Sync on SQLite', () => killed(async () => `sqlite:${join(folder, 'sync')}`, settings.rounds));

describePostgres(
  'Sync on PostgreSQL',
  // PostgreSQL itself lives on, so that fewer rounds do.
  (createDatabase) => killed(createDatabase, Math.ceil(settings.rounds / 5)),
  { durable: true },
);

/** What a user's records are: all of one batch, if all is well. */
interface Kept {
  readonly uid: number;
  readonly payload: string;
  readonly count: number;
  readonly times: number;
}

function killed(createDatabase: () => Promise<string>, rounds: number): void {
  test(`a batch is there whole or not at all through ${rounds} kills, and time never goes back`, async () => {
    const url = await createDatabase();
    const random = seededRandom(settings.seed);
    const confirmed = new Map<number, { number: number; time: number }>();
    let commits = 0;
    for (let round = 1; round <= rounds; round++) {
      const where = `round ${round}, seed ${settings.seed}`;
      const lines = await killAtRandom(startDoomed(WRITER, [url, String(round * 1_000_000)]), random, LONGEST_LIFE);
      for (const line of lines) {
        const [, uid = 0, number = 0, time = 0] = line.split(' ').map(Number);
        expect(time, where).toBeGreaterThan(confirmed.get(uid)?.time ?? 0);
        confirmed.set(uid, { number, time });
      }
      commits += lines.length;
      const kept = await readKept(url);
      expect(kept.map(({ uid }) => uid).sort(), where).toEqual([...new Set(kept.map(({ uid }) => uid))].sort());
      for (const { uid, payload, count, times } of kept) {
        expect([count, times], `${where}, user ${uid}`).toEqual([RECORDS, 1]);
        // The last one confirmed, or one that was written but not confirmed any more.
        const last = confirmed.get(uid)?.number ?? 0;
        const later = Number(payload) === last + 1 || Number(payload) === round * 1_000_000;
        expect(Number(payload) === last || later, `${where}, user ${uid}: ${payload} after ${last}`).toBe(true);
      }
      for (const uid of confirmed.keys())
        expect(
          kept.map((each) => each.uid),
          where,
        ).toContain(uid);
    }
    console.log(`${rounds} kills, ${commits} confirmed batches, none in part`);
  });
}

async function readKept(url: string): Promise<Kept[]> {
  const tables = await openTables(url);
  try {
    const kept: Kept[] = [];
    for (const { db } of tables.storages) {
      const { rows } = await sql<Kept>`
        select uid, payload, count(*) as count, count(distinct modified) as times
        from sync_bsos group by uid, payload`.execute(db);
      kept.push(...rows);
    }
    return kept;
  } finally {
    await tables.close();
  }
}
