import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  enqueueCommand,
  insertDevice,
  listCommands,
  pruneCommands,
  UNDESCRIBED,
} from '../../packages/server/dist/devices/index.js';
import { parseUserAgent } from '../../packages/server/dist/sessions/index.js';
import { openStorage, type Storage } from '../../packages/server/dist/storage/index.js';
import { describePostgres } from '../support/postgres.js';

const UID = 'ab'.repeat(16);
const DEVICE = 'cd'.repeat(16);
const COMMANDS = 10_000;
/** Between two prunings, restarts, restores from a backup. */
const [PRUNE, RESTART, RESTORE] = [500, 1000, 2500];
const HOUR = 60 * 60 * 1000;

const folder = mkdtempSync(join(tmpdir(), 'foxden-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function addDevice({ db }: Storage): Promise<void> {
  await insertDevice(db, {
    ...UNDESCRIBED,
    uid: UID,
    id: DEVICE,
    sessionTokenHash: new Uint8Array(32).fill(1),
    createdAt: 0,
    userAgent: parseUserAgent(''),
  });
}

/** Leaves commands in bursts and reads as a client does: whatever is above the last index that it saw. */
async function conversation(url: string, backup?: { make(): void; restore(): string }): Promise<void> {
  let storage = await openStorage(url);
  await addDevice(storage);
  let now = Date.UTC(2026, 0, 1);
  let seen = 0;
  const received: string[] = [];
  const receive = async () => {
    for (const { index, payload } of await listCommands(storage.db, UID, DEVICE, { from: seen + 1, now, limit: 100 })) {
      expect(index).toBeGreaterThan(seen);
      seen = index;
      received.push(payload);
    }
  };
  let place = url;
  const reopen = async () => {
    await storage.close();
    storage = await openStorage(place);
  };
  // Of the beginning: whatever index is given from now on, a restore forgets.
  await storage.close();
  backup?.make();
  storage = await openStorage(place);
  for (let count = 1; count <= COMMANDS; count += 1) {
    const command = { command: 'open', payload: String(count), sender: null, expiresAt: now + HOUR };
    await storage.transaction((tx) => enqueueCommand(tx, UID, DEVICE, now, command), 'relaxed');
    if (count % 50 === 0) {
      now += 1000;
      await receive();
    }
    if (count % PRUNE === 0) {
      now += 2 * HOUR;
      await pruneCommands(storage.db, now);
    }
    if (count % RESTART === 0) await reopen();
    if (count % RESTORE === 0) {
      place = backup?.restore() ?? url;
      await reopen();
    }
  }
  expect(received).toEqual(Array.from({ length: COMMANDS }, (_, count) => String(count + 1)));
  await storage.close();
}

/** With what is in the log beside it. */
function copyDatabase(from: string, to: string): void {
  for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, to + end);
}

describe('commands on SQLite', () => {
  test('ten thousand through prunings, restarts and restores: none is lost, none comes twice', async () => {
    const [path, copy] = [join(folder, 'foxden.db'), join(folder, 'backup.db')];
    let restores = 0;
    await conversation(`sqlite:${path}`, {
      make: () => copyDatabase(path, copy),
      restore() {
        restores += 1;
        const restored = join(folder, `restored-${restores}.db`);
        copyDatabase(copy, restored);
        return `sqlite:${restored}`;
      },
    });
  }, 300_000);
});

describePostgres('commands on PostgreSQL', (createDatabase) => {
  test('ten thousand through prunings and restarts: none is lost, none comes twice', async () => {
    await conversation(await createDatabase());
  }, 300_000);
});
