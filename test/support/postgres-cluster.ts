import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const DEBIAN = '/usr/lib/postgresql';

/** A PostgreSQL server for tests, in a temporary folder, reachable through a socket in that folder only. */
export interface PostgresCluster {
  /** Of a superuser on the database `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's programs: on the PATH, or the newest where Debian puts them. */
export function findPostgres(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return [...folders, ...debianFolders()].find((folder) => isProgram(join(folder, 'initdb')));
}

function debianFolders(): string[] {
  try {
    const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(DEBIAN, version, 'bin'));
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes and starts a cluster.
 * @param programs the folder `findPostgres` found
 * @param durable write through to the disk; tests that do not cut the power need no such wait
 */
export async function startPostgres(programs: string, durable = false): Promise<PostgresCluster> {
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'foxden-pg-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), [`--pgdata=${data}`, ...options], { ...user, cwd: folder, stdio: 'pipe' });

  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: durable ? 'on' : 'off',
    // Tests of deadlocks would wait a second each.
    deadlock_timeout: '20ms',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...flags], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = (): boolean => server.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    await end(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres:///postgres?host=${encodeURIComponent(folder)}&user=postgres`, stop };
}

/** PostgreSQL refuses to run as root, so root runs it as `postgres`. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Reads the server's log until it says that it is ready. */
async function ready(server: ChildProcess): Promise<void> {
  if (server.stderr === null) throw new Error('The log of PostgreSQL cannot be read.');
  const log: string[] = [];
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log.join('\n')}`)));
    // Read to the end of its days: a full pipe would stop the server.
    createInterface({ input: server.stderr as NonNullable<typeof server.stderr> }).on('line', (line) => {
      if (log.length < 100) log.push(line);
      if (line.includes('database system is ready to accept connections')) resolve();
    });
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  // Fast shutdown: tells the sessions to end, and does not wait for them.
  server.kill('SIGINT');
  await exited;
}
