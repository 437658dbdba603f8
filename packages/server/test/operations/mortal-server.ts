import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '../../src/storage/index.js';
import { startTestServer, type TestServer, testClock } from '../support/test-server.js';

/** When a server dies: at which write of its requests, from 1, and whether that one is still made. */
export interface Doom {
  readonly write: number;
  readonly isCommitted: boolean;
}

/** A server on a database file that can die and be started again. */
export interface MortalServer {
  readonly server: TestServer;
  /** From now on it counts what requests write, and dies. */
  doom(doom: Doom): void;
  /** Starts another server on what the last one left. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startMortalServer(): Promise<MortalServer> {
  const clock = testClock();
  const dataDir = mkdtempSync(join(tmpdir(), 'foxden-mortal-'));
  const start = () => startTestServer({ dataDir, databaseUrl: `sqlite:${join(dataDir, 'foxden.db')}` }, { clock });
  let server = await start();
  return {
    get server() {
      return server;
    },
    doom(doom) {
      const { context } = server.server;
      Object.assign(context, { storage: doomed(context.storage, doom) });
    },
    async restart() {
      await server.close();
      server = await start();
    },
    async close() {
      await server.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** A storage that answers until its end has come, and never again. What it writes outside of transactions counts, too. */
function doomed(storage: Storage, { write, isCommitted }: Doom): Storage {
  let writes = 0;
  const dead = (): Error => new Error('the process is dead');
  const nextIsLast = (): boolean => {
    writes += 1;
    if (writes > write || (writes === write && !isCommitted)) throw dead();
    return writes === write;
  };
  const db = new Proxy(storage.db, {
    get(target, name) {
      if (['insertInto', 'updateTable', 'deleteFrom'].includes(String(name))) nextIsLast();
      else if (writes >= write) throw dead();
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return {
    ...storage,
    db,
    async transaction(work, durability) {
      const isLast = nextIsLast();
      const result = await storage.transaction(work, durability);
      if (isLast) throw dead();
      return result;
    },
  };
}
