import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { openDatabase, type Storage } from '@foxden/database';
import { type Config, createServer, createStandalone, type MountFactory, type Server } from '@foxden/server';
import { createRemoteVerifier } from '@foxden/sync-server';
import { standaloneSync, syncMount } from '../../../cli/src/sync-mount.js';
import { type TestClock, testClock } from '../../../server/test/support/test-server.js';
import type { UserTables } from '../../src/tables/index.js';
import { foreignToken, StorageClient } from './storage-client.js';

export const SECRET = 'a master secret for tests';
export const DOMAIN = 'accounts.example.com';
const SCOPE = 'https://identity.mozilla.com/apps/oldsync';

/** What an access token is to stand for. */
export interface ClaimedAccount {
  readonly uid: string;
  readonly generation?: number;
  readonly scope?: string;
}

/** A running Sync server: mounted in an accounts server or alone. */
export interface Subject {
  readonly url: string;
  /** Where the files of SQLite are. */
  readonly folder: string;
  readonly clock: TestClock;
  readonly log: readonly string[];
  /** Of the accounts, where Sync is mounted. */
  readonly accounts: Server | undefined;
  /** The token server's tables, on a connection of another process's kind. */
  readonly users: Storage<UserTables>;
  /** Makes a token that the accounts server vouches for. */
  grant(account: ClaimedAccount): string;
  /** A client of a user nobody had before. */
  client(uid?: number): StorageClient;
  close(): Promise<void>;
}

export type Mode = 'mounted' | 'alone';

/** Starts a Sync server on a database: `sqlite` makes files of its own, otherwise the URL of PostgreSQL. */
export async function startSubject(
  mode: Mode,
  database: 'sqlite' | string,
  settings: Partial<Config> = {},
  clock: TestClock = testClock(),
): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'foxden-sync-'));
  const syncDatabaseUrl = database === 'sqlite' ? `sqlite:${join(folder, 'sync')}` : database;
  const granted = new Map<string, ClaimedAccount>();
  const log: string[] = [];
  const config: Partial<Config> = {
    listen: { host: '127.0.0.1', port: 0 },
    databaseUrl: 'sqlite::memory:',
    mailboxListen: { host: '127.0.0.1', port: 0 },
    rateLimits: false,
    syncDatabaseUrl,
    syncMasterSecret: SECRET,
    syncEmailDomain: DOMAIN,
    ...settings,
  };
  const surroundings = { clock, write: (text: string) => log.push(text) };
  const started =
    mode === 'mounted'
      ? await startMounted(config, surroundings, granted)
      : await startAlone(config, surroundings, granted);
  const users = await openDatabase<UserTables>(
    database === 'sqlite' ? `sqlite:${join(folder, 'sync', 'users.db')}` : database,
  );
  const { url } = started;
  return {
    url,
    folder,
    clock,
    log,
    accounts: started.accounts,
    users,
    grant(account) {
      const token = randomBytes(32).toString('hex');
      granted.set(token, account);
      return token;
    },
    client(uid = randomBytes(4).readUInt32BE()) {
      const expires = Math.floor(clock.now() / 1000) + 3600;
      return new StorageClient(url, uid, foreignToken(SECRET, { uid, expires, node: url }), () => clock.now());
    },
    async close() {
      await users.close();
      await started.close();
      rmSync(folder, { recursive: true });
    },
  };
}

type Surroundings = NonNullable<Parameters<typeof createServer>[1]>;

async function startMounted(
  config: Partial<Config>,
  surroundings: Surroundings,
  granted: ReadonlyMap<string, ClaimedAccount>,
) {
  // Besides its own tokens, which it verifies as ever, the server vouches for those that a test grants.
  const mount: MountFactory = (own) =>
    syncMount({
      ...own,
      async verifyAccessToken(token) {
        const account = granted.get(token);
        if (account === undefined) return own.verifyAccessToken(token);
        return { uid: account.uid, scopes: (account.scope ?? SCOPE).split(' '), generation: account.generation ?? 0 };
      },
    });
  const accounts = await createServer(config, { ...surroundings, mounts: [mount] });
  return { url: await accounts.listen(), accounts, close: () => accounts.close() };
}

async function startAlone(
  config: Partial<Config>,
  surroundings: Surroundings,
  granted: ReadonlyMap<string, ClaimedAccount>,
) {
  const oauth = await startOAuthStub(granted);
  const sync = standaloneSync(({ clock }) => createRemoteVerifier({ accountsUrl: oauth.url, fetch, clock }));
  const server = await createStandalone(config, sync, surroundings);
  return {
    url: await server.listen(),
    accounts: undefined,
    async close() {
      await server.close();
      await oauth.close();
    },
  };
}

/** An OAuth server whose keys cannot be used and who knows the granted tokens. */
async function startOAuthStub(granted: ReadonlyMap<string, ClaimedAccount>) {
  const server = createHttpServer(async (request, response) => {
    if (request.url !== '/v1/verify') return response.writeHead(500).end('{}');
    const { token } = (await json(request)) as { token: string };
    const account = granted.get(token);
    if (account === undefined) return response.writeHead(400).end('{}');
    const { uid: user, generation, scope = SCOPE } = account;
    return response.end(JSON.stringify({ user, client_id: 'c0', scope: scope.split(' '), generation }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
