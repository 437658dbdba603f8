import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../../test/support/postgres.js';
import {
  COMMANDS_KEPT,
  enqueueCommand,
  insertDevice,
  listCommands,
  pruneCommands,
  UNDESCRIBED,
} from '../../src/devices/index.js';
import { parseUserAgent } from '../../src/sessions/index.js';
import { openStorage, type Storage } from '../../src/storage/index.js';
import { StillClock } from '../limits/limits-fixture.js';

const UID = 'ab'.repeat(16);
const DEVICE = 'cd'.repeat(16);
const OTHER_DEVICE = 'ce'.repeat(16);
const HOUR = 60 * 60 * 1000;
/** The soak test sends ten thousand (test/soak/commands.test.ts). */
const COMMANDS = 300;

const folder = mkdtempSync(join(tmpdir(), 'foxden-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function addDevice({ db }: Storage, id = DEVICE): Promise<void> {
  await insertDevice(db, {
    ...UNDESCRIBED,
    uid: UID,
    id,
    sessionTokenHash: new Uint8Array(32).fill(id === DEVICE ? 1 : 2),
    createdAt: 0,
    userAgent: parseUserAgent(''),
  });
}

function leave(storage: Storage, now: number, payload: string, ttl = HOUR, id = DEVICE): Promise<number | undefined> {
  const command = { command: 'open', payload, sender: null, expiresAt: now + ttl };
  return storage.transaction((tx) => enqueueCommand(tx, UID, id, now, command));
}

const read = (storage: Storage, now: number, from = 0, limit = 1000) =>
  listCommands(storage.db, UID, DEVICE, { from, now, limit });

function conformance(createUrl: () => Promise<string>): void {
  test('indices rise through pruning and restarts; none is lost, none comes twice', async () => {
    const url = await createUrl();
    const clock = new StillClock();
    let storage = await openStorage(url);
    await addDevice(storage);
    const seen: string[] = [];
    let last = 0;
    for (let count = 0; count < COMMANDS; count += 1) {
      const index = (await leave(storage, clock.time, String(count))) ?? 0;
      expect(index).toBeGreaterThan(last);
      if (count % 3 === 0) {
        for (const command of await read(storage, clock.time, last + 1)) seen.push(command.payload);
      } else {
        seen.push((await read(storage, clock.time, index)).map(({ payload }) => payload).join());
      }
      last = index;
      if (count % 50 === 0) {
        clock.time += 2 * HOUR;
        await pruneCommands(storage.db, clock.time);
        expect(await read(storage, clock.time)).toEqual([]);
      }
      if (count % 75 === 0) {
        await storage.close();
        storage = await openStorage(url);
      }
      // A clock that was set back.
      if (count % 60 === 0) clock.time -= HOUR;
    }
    expect(seen).toEqual(Array.from({ length: COMMANDS }, (_, count) => String(count)));
    await storage.close();
  });

  test('commands that are left at the same time get indices of their own, in the order of their commits', async () => {
    const storage = await openStorage(await createUrl());
    await addDevice(storage);
    const now = new StillClock().time;
    const indices = await Promise.all(Array.from({ length: 40 }, (_, count) => leave(storage, now, String(count))));
    expect(new Set(indices).size).toBe(40);
    expect((await read(storage, now)).map(({ index }) => index)).toEqual([...indices].sort((a = 0, b = 0) => a - b));
    await storage.close();
  });

  test('a command is there until the moment that it expires, and pruning takes no other', async () => {
    const storage = await openStorage(await createUrl());
    await addDevice(storage);
    const now = new StillClock().time;
    await leave(storage, now, 'short', 1000);
    await leave(storage, now, 'long', 2000);
    expect(await read(storage, now + 999)).toHaveLength(2);
    expect(await read(storage, now + 1000)).toMatchObject([{ payload: 'long' }]);
    expect(await pruneCommands(storage.db, now + 999)).toBe(0);
    expect(await pruneCommands(storage.db, now + 1000)).toBe(1);
    await storage.close();
  });

  test('a device keeps so many; with one more the oldest is gone, and that of no other device', async () => {
    const storage = await openStorage(await createUrl());
    await addDevice(storage);
    await addDevice(storage, OTHER_DEVICE);
    const now = new StillClock().time;
    await leave(storage, now, 'of another device', HOUR, OTHER_DEVICE);
    await storage.transaction(async (tx) => {
      for (let count = 0; count < COMMANDS_KEPT; count += 1) {
        const command = { command: 'open', payload: String(count), sender: null, expiresAt: now + HOUR };
        await enqueueCommand(tx, UID, DEVICE, now, command);
      }
    });
    const full = await read(storage, now, 0, 2 * COMMANDS_KEPT);
    expect(full).toHaveLength(COMMANDS_KEPT);
    const index = (await leave(storage, now, 'one more')) ?? 0;
    expect(index).toBeGreaterThan(full.at(-1)?.index ?? 0);
    const then = await read(storage, now, 0, 2 * COMMANDS_KEPT);
    expect(then).toEqual([...full.slice(1), { index, command: 'open', payload: 'one more', sender: null }]);
    expect(await listCommands(storage.db, UID, OTHER_DEVICE, { from: 0, now, limit: 2 })).toHaveLength(1);
    await storage.close();
  });

  test('a device that is not there gets none', async () => {
    const storage = await openStorage(await createUrl());
    expect(await leave(storage, 1, 'lost')).toBeUndefined();
    expect(await read(storage, 0)).toEqual([]);
    await storage.close();
  });
}

describe('commands on SQLite', () => {
  let files = 0;
  const file = () => join(folder, `${++files}.db`);
  conformance(async () => `sqlite:${file()}`);

  test('indices also rise past those that a backup does not remember', async () => {
    const [path, backup] = [file(), file()];
    const clock = new StillClock();
    let storage = await openStorage(`sqlite:${path}`);
    await addDevice(storage);
    await leave(storage, clock.time, 'before the backup');
    await storage.close();
    // With what is in the log beside it.
    for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, backup + end);
    storage = await openStorage(`sqlite:${path}`);
    let last = 0;
    for (let count = 0; count < 100; count += 1) {
      clock.time += 10;
      last = (await leave(storage, clock.time, 'after the backup')) ?? 0;
    }
    await storage.close();
    storage = await openStorage(`sqlite:${backup}`);
    expect(await read(storage, clock.time)).toMatchObject([{ payload: 'before the backup' }]);
    clock.time += 10;
    const index = await leave(storage, clock.time, 'after the restore');
    expect(index).toBeGreaterThan(last);
    expect(await read(storage, clock.time, last + 1)).toMatchObject([{ index, payload: 'after the restore' }]);
    await storage.close();
  });
});

describePostgres('commands on PostgreSQL', conformance);
