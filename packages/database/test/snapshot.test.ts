import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../test/support/postgres.js';
import { openDatabase, type Storage } from '../src/index.js';

interface Schema {
  books: { title: string };
}

const folder = mkdtempSync(join(tmpdir(), 'foxden-snapshot-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a snapshot on SQLite', () => conformance(async () => `sqlite:${join(folder, 'books.db')}`));
describePostgres('a snapshot on PostgreSQL', (createDatabase) => conformance(createDatabase));

function conformance(createDatabase: () => Promise<string>): void {
  test('sees one moment, whatever another process commits meanwhile', async () => {
    const url = await createDatabase();
    const storage = await openDatabase<Schema>(url);
    const other = await openDatabase<Schema>(url);
    await sql`create table books (title text)`.execute(storage.db);
    const add = (to: Storage<Schema>, title: string) => to.db.insertInto('books').values({ title }).execute();
    await add(storage, 'a');
    const seen = await storage.snapshot(async (tx) => {
      const before = await tx.selectFrom('books').select('title').execute();
      await add(other, 'b');
      return [before.length, (await tx.selectFrom('books').select('title').execute()).length];
    });
    expect(seen).toEqual([1, 1]);
    expect(await storage.db.selectFrom('books').select('title').execute()).toHaveLength(2);
    await storage.close();
    await other.close();
  });
}
