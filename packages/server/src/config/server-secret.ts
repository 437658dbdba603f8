import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from './config.js';
import { ConfigError } from './config-error.js';

const SECRET_BYTES = 32;

/**
 * The server secret (bytes, 32) from its file, which is made on the first start together with the data folder.
 * A database in memory gets a fresh secret and touches no disk.
 * @throws ConfigError when others can read the file, or when it does not hold a secret
 */
export async function loadServerSecret(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'secretFile'>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (config.databaseUrl === 'sqlite::memory:') return new Uint8Array(randomBytes(SECRET_BYTES));
  const { dataDir, secretFile } = config;
  await inClearWords(`The data folder ${dataDir} cannot be made`, () =>
    mkdir(dataDir, { recursive: true, mode: 0o700 }),
  );
  return inClearWords(`The server secret ${secretFile} cannot be read or made`, async () => {
    if (await isMissing(secretFile)) await createFile(secretFile, `${randomBytes(SECRET_BYTES).toString('hex')}\n`);
    return readSecret(secretFile);
  });
}

async function isMissing(file: string): Promise<boolean> {
  try {
    await stat(file);
    return false;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return true;
    throw error;
  }
}

/** The file appears whole or not at all; when two processes start at once, the first one's file stays. */
async function createFile(file: string, content: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file).catch((error: unknown) => {
      if (!isErrno(error, 'EEXIST')) throw error;
    });
    await syncFolder(dirname(file));
  } finally {
    await rm(draft, { force: true });
  }
}

/** The name of a new file survives a power cut only once its folder is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readSecret(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file, 'r');
  try {
    const { mode } = await handle.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new ConfigError(`The server secret ${file} can be read by others; run: chmod 600 ${file}`);
    }
    const text = (await handle.readFile('utf8')).trim();
    if (!/^[0-9a-f]{64}$/i.test(text)) {
      throw new ConfigError(`The server secret ${file} must hold ${SECRET_BYTES * 2} hex digits and nothing else.`);
    }
    return new Uint8Array(Buffer.from(text, 'hex'));
  } finally {
    await handle.close();
  }
}

async function inClearWords<T>(sentence: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    throw new ConfigError(`${sentence} (${reason}); check that this user may write there.`, { cause });
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
