import type { SqliteDriver } from './load-driver.js';

/**
 * Writes and reads bytes, the largest safe integer and text in a database of its own, so that a broken or too old SQLite
 * is noticed at the start and not by a person who cannot sign in.
 * @throws Error when something comes back changed
 */
export function checkSqliteDriver(driver: SqliteDriver): void {
  const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
  const database = new driver.DatabaseSync(':memory:');
  try {
    database.exec('create table probe (k blob not null primary key, n integer, t text) strict, without rowid');
    const insert = 'insert into probe values (?, ?, ?) on conflict do update set n = excluded.n returning k';
    database.prepare(insert).all(bytes, Number.MAX_SAFE_INTEGER, 'é\u{1F98A}');
    const [row] = database.prepare('select * from probe where k = ?').all(bytes) as Record<string, unknown>[];
    const intact =
      row !== undefined &&
      row['k'] instanceof Uint8Array &&
      Buffer.compare(row['k'], bytes) === 0 &&
      row['n'] === Number.MAX_SAFE_INTEGER &&
      row['t'] === 'é\u{1F98A}';
    if (!intact) throw new Error('SQLite gave back other values than were stored.');
  } catch (cause) {
    throw new Error('SQLite does not work in this Node: its self-check failed.', { cause });
  } finally {
    database.close();
  }
}
