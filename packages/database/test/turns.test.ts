import { expect, test } from 'vitest';
import { isBusy, retryWhileBusy } from '../src/sqlite/busy.js';
import { Turns } from '../src/sqlite/turns.js';

test('turns are given first come, first served', async () => {
  const turns = new Turns();
  const order: number[] = [];
  await turns.take();
  const users = [1, 2, 3, 4].map(async (user) => {
    await turns.take();
    order.push(user);
    await Promise.resolve();
    turns.give();
  });
  expect(turns.free).toBe(false);
  turns.give();
  await Promise.all(users);
  expect(order).toEqual([1, 2, 3, 4]);
  expect(turns.free).toBe(true);
});

test('who waits too long is told what is most likely wrong, and leaves the queue', async () => {
  const turns = new Turns(5);
  await turns.take();
  await expect(turns.take()).rejects.toThrow('must run on the transaction, not on the storage');
  turns.give();
  expect(turns.free).toBe(true);
  await turns.take();
});

test('after close nobody gets a turn, neither who waits nor who comes', async () => {
  const turns = new Turns();
  await turns.take();
  const closed = turns.close();
  const waiting = expect(turns.take()).rejects.toThrow('closed');
  turns.give();
  await closed;
  await waiting;
  await expect(turns.take()).rejects.toThrow('closed');
  expect(turns.free).toBe(false);
});

test('a busy database is tried again, and other errors are not', async () => {
  let tries = 0;
  const result = await retryWhileBusy(() => {
    if (++tries < 4) throw new Error('database is locked');
    return tries;
  });
  expect(result).toBe(4);
  await expect(
    retryWhileBusy(() => {
      tries++;
      throw new Error('disk I/O error');
    }),
  ).rejects.toThrow('disk I/O error');
  expect(tries).toBe(5);
});

test('patience with a busy database ends', async () => {
  const busy = new Error('database is locked');
  expect(isBusy(busy)).toBe(true);
  await expect(
    retryWhileBusy(() => {
      throw busy;
    }, -1),
  ).rejects.toBe(busy);
});
