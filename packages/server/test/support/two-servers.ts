import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startTestServer, type TestServer } from './test-server.js';

/** Two servers in two processes on one database: this process's, with all that tests need, and another one. */
export interface TwoServers {
  readonly server: TestServer;
  readonly urls: readonly [string, string];
  close(): Promise<void>;
}

/** @param databaseUrl undefined for a SQLite file of its own */
export async function startTwoServers(
  databaseUrl: string | undefined,
  settings: Parameters<typeof startTestServer>[0] = {},
): Promise<TwoServers> {
  const dataDir = mkdtempSync(join(tmpdir(), 'foxden-two-'));
  const shared = {
    ...settings,
    dataDir,
    databaseUrl: databaseUrl ?? `sqlite:${join(dataDir, 'foxden.db')}`,
    listen: { host: '127.0.0.1', port: 0 },
    mailboxListen: { host: '127.0.0.1', port: 0 },
    rateLimits: false,
  };
  const server = await startTestServer(shared);
  const script = join(import.meta.dirname, 'server-process.mjs');
  const other = spawn(process.execPath, [script, JSON.stringify({ settings: shared, now: server.clock.now() })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(other, 'exit');
  const [url] = await once(createInterface(other.stdout), 'line');
  return {
    server,
    urls: [server.url, String(url)],
    async close() {
      other.stdin.end();
      await ended;
      await server.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
