import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { loadSqliteDriver } from '../../../database/src/sqlite/load-driver.js';
import { checkSqliteDriver } from '../../../database/src/sqlite/self-check.js';
import { type Database, type Durability, openStorage, type Storage } from '../../src/storage/index.js';
import { storageConformance } from './conformance.js';
import { limit } from './rows.js';

const folder = mkdtempSync(join(tmpdir(), 'foxden-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const newFile = (): string => join(folder, `${++files}.db`);

async function withStorage<T>(url: string, work: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage(url);
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

describe('SQLite in memory', () => {
  storageConformance({ open: () => openStorage('sqlite::memory:'), shared: false });
});

describe('SQLite in a file', () => {
  const file = newFile();
  storageConformance({ open: () => openStorage(`sqlite:${file}`), shared: true });
});

describe('an SQLite file', () => {
  test('is made with its folder, both for the owner only, and so are the files beside it', async () => {
    const file = join(folder, 'new', 'deep', 'foxden.db');
    await withStorage(`sqlite:${file}`, async ({ db }) => {
      await db.insertInto('limits').values(limit('a')).execute();
      for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777, suffix).toBe(0o600);
    });
    expect(statSync(join(folder, 'new', 'deep')).mode & 0o777).toBe(0o700);
  });

  test('that exists keeps its mode', async () => {
    const file = newFile();
    writeFileSync(file, '');
    chmodSync(file, 0o640);
    await withStorage(`sqlite:${file}`, async () => undefined);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test('may be named relative to the working directory', async () => {
    const file = newFile();
    await withStorage(`sqlite:${relative(process.cwd(), file)}`, async () => undefined);
    expect(existsSync(file)).toBe(true);
  });

  test('uses a write-ahead log, foreign keys, and no wait that stops the event loop', async () => {
    await withStorage(`sqlite:${newFile()}`, async ({ db }) => {
      expect(await pragma(db, 'journal_mode')).toBe('wal');
      expect(await pragma(db, 'foreign_keys')).toBe(1);
      expect(await pragma(db, 'busy_timeout')).toBe(0);
    });
  });

  test('that is no database is refused', async () => {
    const file = newFile();
    writeFileSync(file, 'Dear diary, '.repeat(100));
    await expect(openStorage(`sqlite:${file}`)).rejects.toThrow('file is not a database');
  });

  test('that is a folder is refused', async () => {
    const file = newFile();
    mkdirSync(file);
    await expect(openStorage(`sqlite:${file}`)).rejects.toThrow('unable to open database file');
  });
});

describe('durability on SQLite', () => {
  const NORMAL = 1;
  const FULL = 2;

  test.each<[Durability | undefined, number]>([
    ['full', FULL],
    ['relaxed', NORMAL],
    [undefined, FULL],
  ])('of a transaction that asks for %s; what comes after it is relaxed', async (durability, expected) => {
    await withStorage(`sqlite:${newFile()}`, async (storage) => {
      const inside = await storage.transaction((tx) => pragma(tx, 'synchronous'), durability);
      expect(inside).toBe(expected);
      expect(await pragma(storage.db, 'synchronous')).toBe(NORMAL);
      await expect(storage.transaction((tx) => sql`nonsense`.execute(tx), durability)).rejects.toThrow();
      expect(await pragma(storage.db, 'synchronous')).toBe(NORMAL);
    });
  });
});

describe('a lock of another process', () => {
  test('is waited for without stopping the event loop, by statements and transactions alike', async () => {
    const file = newFile();
    await withStorage(`sqlite:${file}`, async (storage) => {
      const { DatabaseSync } = await loadSqliteDriver();
      const other = new DatabaseSync(file);
      other.exec('begin immediate');
      const statement = storage.db.insertInto('limits').values(limit('a')).execute();
      const transaction = storage.transaction((tx) => tx.insertInto('limits').values(limit('b')).execute());
      // The lock is let go from the event loop, which therefore has to turn.
      setTimeout(() => other.exec('commit'), 30);
      await Promise.all([statement, transaction]);
      expect(await storage.db.selectFrom('limits').select('key').execute()).toHaveLength(2);
      other.close();
    });
  });
});

describe('the start', () => {
  test('refuses a driver that changes bytes', async () => {
    const { DatabaseSync } = await loadSqliteDriver();
    class Forgetful extends (DatabaseSync as new (path: string) => InstanceType<typeof DatabaseSync>) {
      override prepare(statement: string) {
        const prepared = super.prepare(statement);
        return {
          all: (...values: Parameters<typeof prepared.all>) =>
            prepared.all(...values).map((row) => ({ ...(row as object), k: new Uint8Array([1, 2, 3]) })),
          run: (...values: Parameters<typeof prepared.run>) => prepared.run(...values),
        };
      }
    }
    expect(() => checkSqliteDriver({ DatabaseSync: Forgetful })).toThrow('SQLite does not work in this Node');
    expect(() => checkSqliteDriver({ DatabaseSync })).not.toThrow();
  });

  test.each(['mysql://localhost/foxden', 'sqlite:', 'foxden.db', ''])('refuses %j as a database', async (url) => {
    await expect(openStorage(url)).rejects.toThrow('The database must be named by');
  });

  test('takes the SQLite of Node where there is one', async () => {
    const driver = await loadSqliteDriver();
    const builtin = process.getBuiltinModule('node:sqlite') as unknown;
    expect(driver === builtin).toBe(builtin !== undefined);
  });
});

test('a transaction cannot begin behind the back of the storage', async () => {
  await withStorage('sqlite::memory:', async ({ db }) => {
    await expect(db.transaction().execute(async () => undefined)).rejects.toThrow('storage.transaction');
    await db.selectFrom('limits').selectAll().execute();
  });
});

async function pragma(db: Database, name: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db);
  return Object.values(rows[0] ?? {})[0];
}
