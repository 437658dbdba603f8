import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import { openPostgres } from '../../../database/src/postgres/index.js';
import { openSqlite } from '../../../database/src/sqlite/index.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { MIGRATIONS, type Migration, migrate } from '../../src/storage/migrations/index.js';
import { limit } from './rows.js';

const folder = mkdtempSync(join(tmpdir(), 'foxden-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FIRST: Migration = {
  version: 1,
  name: 'first',
  steps: [
    { table: 'books', columns: { isbn: 'text', title: 'text', read: 'time?' }, key: ['isbn'] },
    { indexOn: 'books', columns: ['title'], unique: true },
  ],
};
const SECOND: Migration = {
  version: 2,
  name: 'second',
  steps: [{ table: 'shelves', columns: { id: 'bytes', size: 'integer' }, key: ['id'], clustered: true }],
};
const BROKEN: Migration = {
  version: 2,
  name: 'broken',
  steps: [...SECOND.steps, { indexOn: 'nowhere', columns: ['nothing'] }],
};

test('migrations are numbered from 1 without gaps', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('no two indices and no two tables share a name', () => {
  const names = MIGRATIONS.flatMap(({ steps }) =>
    steps.flatMap((step) => {
      if ('table' in step) return [step.table];
      return 'indexOn' in step ? [`${step.indexOn}_${step.columns.join('_')}`] : [];
    }),
  );
  expect(names).toEqual([...new Set(names)]);
});

describe('migrations on SQLite', () => {
  let files = 0;
  conformance(
    async () => `sqlite:${join(folder, `${++files}.db`)}`,
    (url) => openSqlite(url.slice('sqlite:'.length)),
  );
});

describePostgres('migrations on PostgreSQL', (createDatabase) => {
  conformance(createDatabase, (url) => openPostgres(url));
});

function conformance(createDatabase: () => Promise<string>, open: (url: string) => Promise<Storage>): void {
  let url: string;
  let storage: Storage;

  beforeEach(async () => {
    url = await createDatabase();
    storage = await open(url);
  });

  afterEach(() => storage.close());

  const applied = async (): Promise<unknown[]> => {
    const { rows } = await sql<object>`select * from "schemaVersion" order by "version"`.execute(storage.db);
    return rows.map((row) => ({ ...row }));
  };

  test('an empty database gets all of them in order, and their numbers are kept', async () => {
    await migrate(storage, [FIRST, SECOND]);
    await sql`insert into books ("isbn", "title") values ('1', 'a')`.execute(storage.db);
    await sql`insert into shelves ("id", "size") values (${new Uint8Array(1)}, 3)`.execute(storage.db);
    expect(await applied()).toEqual([
      { version: 1, name: 'first' },
      { version: 2, name: 'second' },
    ]);
  });

  test('an older database gets only what is new, and keeps its rows', async () => {
    await migrate(storage, [FIRST]);
    await sql`insert into books ("isbn", "title") values ('1', 'a')`.execute(storage.db);
    await migrate(storage, [FIRST, SECOND]);
    await migrate(storage, [FIRST, SECOND]);
    const { rows } = await sql<{ title: string }>`select "title" from books`.execute(storage.db);
    expect(rows.map(({ title }) => title)).toEqual(['a']);
    expect(await applied()).toHaveLength(2);
  });

  test('a newer database is refused in one sentence and left as it is', async () => {
    await migrate(storage, [FIRST, SECOND]);
    await expect(migrate(storage, [FIRST])).rejects.toThrow(
      'The database has schema version 2, but this Foxden knows only up to 1: ' +
        'start the newer Foxden again, or restore a backup from before the upgrade.',
    );
    expect(await applied()).toHaveLength(2);
  });

  test('one that fails leaves nothing behind', async () => {
    await migrate(storage, [FIRST]);
    await expect(migrate(storage, [FIRST, BROKEN])).rejects.toThrow('nowhere');
    expect(await applied()).toEqual([{ version: 1, name: 'first' }]);
    await migrate(storage, [FIRST, SECOND]);
  });

  test('unique and partial indices hold', async () => {
    await migrate(storage, [FIRST]);
    const insert = (isbn: string) => sql`insert into books ("isbn", "title") values (${isbn}, 'same')`;
    await insert('1').execute(storage.db);
    await expect(insert('2').execute(storage.db)).rejects.toThrow(/unique/i);
  });

  test('storages that open an empty database at once all open, and it is migrated once', async () => {
    const opened = await Promise.all(Array.from({ length: 6 }, () => openStorage(url)));
    expect(await applied()).toHaveLength(MIGRATIONS.length);
    await Promise.all(
      opened.map(({ transaction }, i) =>
        transaction((tx) =>
          tx
            .insertInto('limits')
            .values(limit(`${i}`))
            .execute(),
        ),
      ),
    );
    expect(await storage.db.selectFrom('limits').select('key').execute()).toHaveLength(6);
    await Promise.all(opened.map((each) => each.close()));
  });

  test('a storage refuses a database of a newer Foxden', async () => {
    await (await openStorage(url)).close();
    await sql`insert into "schemaVersion" values (1000, 'from the future')`.execute(storage.db);
    await expect(openStorage(url)).rejects.toThrow('The database has schema version 1000');
  });
}
