import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { isUniqueViolation, openStorage, type Storage } from '../../packages/server/dist/storage/index.js';
import { seededRandom } from './seeded-random.js';
import { settings } from './settings.js';

const WORKERS = 16;
const SLOTS = 400;
/** What the process may grow by after its warm-up: caches fill, garbage waits; a leak passes this in minutes. */
const GROWTH = 64 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'foxden-driver-'));
afterAll(() => rmSync(folder, { recursive: true }));

test(`SQLite gives right answers for ${settings.seconds} s of mixed work, and memory stays flat`, async () => {
  const storage = await openStorage(`sqlite:${join(folder, 'foxden.db')}`);
  const end = performance.now() + settings.seconds * 1000;
  const warm = performance.now() + (settings.seconds * 1000) / 3;
  let operations = 0;
  let warmSize: number | undefined;
  const work = async (worker: Worker): Promise<void> => {
    while (performance.now() < end) {
      for (let i = 0; i < 50; i++) await worker.step();
      operations += 50;
      if (performance.now() > warm) warmSize ??= process.memoryUsage.rss();
      await turn();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, index) => work(new Worker(storage, settings.seed + index))));
  const growth = process.memoryUsage.rss() - (warmSize ?? 0);
  console.log(`${operations} operations, all right; grew by ${Math.round(growth / 1024 / 1024)} MiB since the warm-up`);
  expect(growth).toBeLessThan(GROWTH);
  await storage.close();
});

/** Not `expect`, which remembers every promise it was given until the test ends. */
function mustBe(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`A wrong answer: ${String(actual)}, not ${String(expected)}.`);
}

/** Works on rows of its own, which it remembers, and so knows what each answer must be. */
class Worker {
  readonly #storage: Storage;
  readonly #random: () => number;
  readonly #uid = randomBytes(16);
  readonly #hashes = Array.from({ length: SLOTS }, () => randomBytes(32));
  readonly #known = new Map<Buffer, { key: Buffer; createdAt: number }>();

  constructor(storage: Storage, seed: number) {
    this.#storage = storage;
    this.#random = seededRandom(seed);
  }

  async step(): Promise<void> {
    const hash = this.#hashes[Math.floor(this.#random() * SLOTS)] ?? Buffer.alloc(32);
    const choice = this.#random();
    if (choice < 0.5) await this.#read(hash);
    else if (choice < 0.65) await this.#insert(hash);
    else if (choice < 0.8) await this.#update(hash);
    else if (choice < 0.88) await this.#remove(hash);
    else if (choice < 0.94) await this.#undo(hash);
    else await this.#replace(hash);
  }

  async #read(tokenHash: Buffer): Promise<void> {
    const rows = await this.#storage.db
      .selectFrom('passwordChangeTokens')
      .selectAll()
      .where('tokenHash', '=', tokenHash)
      .execute();
    const known = this.#known.get(tokenHash);
    mustBe(rows.length, known === undefined ? 0 : 1);
    const [row] = rows;
    if (row === undefined || known === undefined) return;
    const right =
      Buffer.compare(row.uid, this.#uid) === 0 &&
      Buffer.compare(row.reqHMACkey, known.key) === 0 &&
      row.createdAt === known.createdAt;
    if (!right) throw new Error('A row came back changed.');
  }

  async #insert(tokenHash: Buffer): Promise<void> {
    const row = this.#row();
    const insert = this.#storage.db
      .insertInto('passwordChangeTokens')
      .values({ uid: this.#uid, tokenHash, reqHMACkey: row.key, createdAt: row.createdAt });
    const taken = await insert.execute().then(
      () => false,
      (error: unknown) => {
        if (!isUniqueViolation(error)) throw error;
        return true;
      },
    );
    mustBe(taken, this.#known.has(tokenHash));
    if (!taken) this.#known.set(tokenHash, row);
  }

  async #update(tokenHash: Buffer): Promise<void> {
    const row = this.#row();
    const { numUpdatedRows } = await this.#storage.db
      .updateTable('passwordChangeTokens')
      .set({ reqHMACkey: row.key, createdAt: row.createdAt })
      .where('uid', '=', this.#uid)
      .where('tokenHash', '=', tokenHash)
      .executeTakeFirstOrThrow();
    mustBe(numUpdatedRows, this.#known.has(tokenHash) ? 1n : 0n);
    if (numUpdatedRows === 1n) this.#known.set(tokenHash, row);
  }

  async #remove(tokenHash: Buffer): Promise<void> {
    const gone = await this.#storage.db
      .deleteFrom('passwordChangeTokens')
      .where('tokenHash', '=', tokenHash)
      .returning('createdAt')
      .execute();
    mustBe(gone.length, this.#known.has(tokenHash) ? 1 : 0);
    mustBe(gone[0]?.createdAt, this.#known.get(tokenHash)?.createdAt);
    this.#known.delete(tokenHash);
  }

  async #undo(tokenHash: Buffer): Promise<void> {
    const refusal = new Error('undo');
    const outcome = await this.#storage
      .transaction(async (tx) => {
        await tx.deleteFrom('passwordChangeTokens').where('tokenHash', '=', tokenHash).execute();
        await turn();
        throw refusal;
      }, 'relaxed')
      .catch((error: unknown) => error);
    mustBe(outcome, refusal);
  }

  async #replace(tokenHash: Buffer): Promise<void> {
    const row = this.#row();
    await this.#storage.transaction(
      async (tx) => {
        await tx.deleteFrom('passwordChangeTokens').where('tokenHash', '=', tokenHash).execute();
        await tx
          .insertInto('passwordChangeTokens')
          .values({ uid: this.#uid, tokenHash, reqHMACkey: row.key, createdAt: row.createdAt })
          .execute();
      },
      this.#random() < 0.2 ? 'full' : 'relaxed',
    );
    this.#known.set(tokenHash, row);
  }

  #row(): { key: Buffer; createdAt: number } {
    return { key: randomBytes(32), createdAt: Math.floor(this.#random() * Number.MAX_SAFE_INTEGER) };
  }
}
