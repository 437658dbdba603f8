import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { openStorage } from '../../packages/server/dist/storage/index.js';
import { describePostgres } from '../support/postgres.js';
import { ConfirmedWrites } from './confirmed-writes.js';
import { killAtRandom, startDoomed } from './doomed-process.js';
import { seededRandom } from './seeded-random.js';
import { settings } from './settings.js';

const WRITER = fileURLToPath(new URL('storage-writer.mjs', import.meta.url));
/** Milliseconds of work until the latest kill. */
const LONGEST_LIFE = 500;

const folder = mkdtempSync(join(tmpdir(), 'foxden-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a storage on SQLite', () => {
  killed(async () => `sqlite:${join(folder, 'foxden.db')}`, settings.rounds);
});

describePostgres(
  'a storage on PostgreSQL',
  // PostgreSQL itself lives on, so that fewer rounds do.
  (createDatabase) => killed(createDatabase, Math.ceil(settings.rounds / 5)),
  { durable: true },
);

function killed(createDatabase: () => Promise<string>, rounds: number): void {
  test(`keeps every confirmed write and no half transaction through ${rounds} kills`, async () => {
    const url = await createDatabase();
    const random = seededRandom(settings.seed);
    const confirmed = new ConfirmedWrites();
    for (let round = 1; round <= rounds; round++) {
      const lines = await killAtRandom(startDoomed(WRITER, [url, String(round)]), random, LONGEST_LIFE);
      for (const line of lines) confirmed.add(line);
      const storage = await openStorage(url);
      try {
        expect(await confirmed.contradictions(storage), `round ${round}, seed ${settings.seed}`).toEqual([]);
        if (storage.engine === 'sqlite') {
          const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(storage.db);
          expect(rows.map((row) => row.integrity_check)).toEqual(['ok']);
        }
      } finally {
        await storage.close();
      }
    }
    console.log(`${rounds} kills, ${confirmed.count} confirmed writes, all there`);
  });
}
