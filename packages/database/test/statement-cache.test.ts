import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSqliteDriver, type SqliteDatabase } from '../src/sqlite/load-driver.js';
import { StatementCache } from '../src/sqlite/statement-cache.js';

let database: SqliteDatabase;

beforeEach(async () => {
  const { DatabaseSync } = await loadSqliteDriver();
  database = new DatabaseSync(':memory:');
});

afterEach(() => database.close());

test('a text is prepared once', () => {
  const cache = new StatementCache(database, 3);
  expect(cache.prepare('select 1')).toBe(cache.prepare('select 1'));
  expect(cache.size).toBe(1);
});

test('past the limit, the statement unused for longest goes', () => {
  const cache = new StatementCache(database, 3);
  const [one, two] = ['select 1', 'select 2', 'select 3'].map((sql) => cache.prepare(sql));
  cache.prepare('select 1');
  cache.prepare('select 4');
  expect(cache.size).toBe(3);
  expect(cache.prepare('select 1')).toBe(one);
  expect(cache.prepare('select 2')).not.toBe(two);
});

test('a text that is not SQL throws and takes no place', () => {
  const cache = new StatementCache(database, 3);
  expect(() => cache.prepare('select from')).toThrow('syntax error');
  expect(cache.size).toBe(0);
});

test('a statement works again after it failed, and after the schema changed', () => {
  const cache = new StatementCache(database, 3);
  database.exec('create table t (k integer primary key) strict');
  const insert = 'insert into t (k) values (?) returning k';
  cache.prepare(insert).all(1);
  expect(() => cache.prepare(insert).all(1)).toThrow('UNIQUE');
  database.exec('alter table t add column extra text');
  expect(cache.prepare(insert).all(2)).toHaveLength(1);
  const select = cache.prepare('select * from t where k = 2');
  expect(Object.keys(select.all()[0] as object)).toEqual(['k', 'extra']);
});
