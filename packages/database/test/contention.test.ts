import { expect, test } from 'vitest';
import { isContention } from '../src/index.js';
import { Turns } from '../src/sqlite/turns.js';

test('others in the way are contention', async () => {
  const turns = new Turns(1);
  await turns.take();
  expect(isContention(await turns.take().catch((error: unknown) => error))).toBe(true);
  expect(isContention(new Error('database is locked'))).toBe(true);
  for (const code of ['40001', '40P01', '55P03', '57014']) {
    expect(isContention(Object.assign(new Error('from PostgreSQL'), { code })), code).toBe(true);
  }
});

test('mistakes are not', () => {
  expect(isContention(new Error('no such table: books'))).toBe(false);
  expect(isContention(Object.assign(new Error('from PostgreSQL'), { code: '23505' }))).toBe(false);
  expect(isContention('database is locked')).toBe(false);
});
