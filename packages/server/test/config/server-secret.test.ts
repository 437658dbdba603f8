import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, createConfig, loadServerSecret } from '../../src/config/index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foxden-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = () => createConfig({ dataDir: join(folder, 'data') });

describe('the server secret', () => {
  test('is made once, with folder and file for the owner alone, and read again after that', async () => {
    const config = inFolder();
    const first = await loadServerSecret(config);
    expect(first).toHaveLength(32);
    expect(statSync(config.dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(config.secretFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(config.dataDir)).toEqual(['secret']);
    expect(await loadServerSecret(config)).toEqual(first);
  });

  test('is one for all processes that start at the same time', async () => {
    const config = inFolder();
    const secrets = await Promise.all(Array.from({ length: 8 }, () => loadServerSecret(config)));
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
    expect(readdirSync(config.dataDir)).toEqual(['secret']);
  });

  test.each([0o640, 0o604, 0o620])('is refused when its mode is %o', async (mode) => {
    const config = inFolder();
    await loadServerSecret(config);
    chmodSync(config.secretFile, mode);
    await expect(loadServerSecret(config)).rejects.toThrow(
      new ConfigError(
        `The server secret ${config.secretFile} can be read by others; run: chmod 600 ${config.secretFile}`,
      ),
    );
  });

  test.each(['', 'ab', 'z'.repeat(64), 'a'.repeat(66)])('is refused when the file holds %j', async (content) => {
    const config = inFolder();
    mkdirSync(config.dataDir);
    writeFileSync(config.secretFile, content, { mode: 0o600 });
    await expect(loadServerSecret(config)).rejects.toThrow(/must hold 64 hex digits/);
  });

  test('that cannot be made is reported in one sentence', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(loadServerSecret(createConfig({ dataDir: join(file, 'data') }))).rejects.toThrow(ConfigError);
  });

  test('of a database in memory is fresh and touches no disk', async () => {
    const config = createConfig({ dataDir: join(folder, 'data'), databaseUrl: 'sqlite::memory:' });
    const first = await loadServerSecret(config);
    expect(first).toHaveLength(32);
    expect(await loadServerSecret(config)).not.toEqual(first);
    expect(existsSync(config.dataDir)).toBe(false);
  });
});
