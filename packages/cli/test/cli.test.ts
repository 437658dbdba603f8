import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { explainConfig } from '@foxden/server';
import { describe, expect, test } from 'vitest';
import { cli } from './cli-fixture.js';

const NOTES = ['client', 'add', 'My Notes', '--redirect-uri', 'https://notes.example.org/callback'];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('help and version', () => {
  test('without a command, the commands are listed', async () => {
    const { foxden } = cli();
    const { code, stdout, stderr } = await foxden([]);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of [
      'serve',
      'sync',
      'client add',
      'client list',
      'client remove',
      'keys rotate',
      'config explain',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${name}  +[A-Z]`, 'm'));
    }
    expect(await foxden(['help'])).toEqual({ code, stdout, stderr });
    expect(await foxden(['--help'])).toEqual({ code, stdout, stderr });
  });

  test('help of a command shows its usage, and help of a group every command of it', async () => {
    const { foxden } = cli();
    const one = await foxden(['help', 'client', 'add']);
    expect(one.stdout).toMatch(/^Usage: foxden client add <name>/);
    expect(await foxden(['client', 'add', '--help'])).toEqual(one);
    expect((await foxden(['help', 'client'])).stdout.match(/^Usage: foxden client (add|list|remove)/gm)).toHaveLength(
      3,
    );
  });

  test('the version is that of the package', async () => {
    const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    expect(await cli().foxden(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('config explain prints the settings and needs none', async () => {
    expect(await cli().foxden(['config', 'explain'])).toEqual({ code: 0, stdout: explainConfig(), stderr: '' });
  });
});

describe('called wrongly, it says so in one line and ends with 2', () => {
  test.each([
    [['clients'], '"clients" is not a command. See "foxden help".'],
    [['client'], '"client" is not a command. See "foxden help".'],
    [['help', 'me'], '"me" is not a command. See "foxden help".'],
    [['serve', 'now'], '"now" is one argument too many. See "foxden help serve".'],
    [['client', 'add'], 'The name of the client is missing. See "foxden help client add".'],
    [['client', 'add', 'Notes'], 'A client needs at least one --redirect-uri. See "foxden help client add".'],
    [
      [...NOTES, '--redirect-uri'],
      /^Option '--redirect-uri <value>' argument missing\. See "foxden help client add"\.$/,
    ],
    [[...NOTES, '--colour', 'red'], `Unknown option '--colour'. See "foxden help client add".`],
    [['client', 'remove'], 'The client_id is missing. See "foxden help client remove".'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await cli().foxden(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd()).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});

describe('clients', () => {
  test('a client is added, shown and removed; its secret is shown once', async () => {
    const { foxden } = cli();
    const added = await foxden([...NOTES, '--redirect-uri', 'http://127.0.0.1:5000/callback', '--trusted']);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    const [, id, secret] = /^client_id {6}([0-9a-f]{16})\nclient_secret {2}([0-9a-f]{64})\n/.exec(added.stdout) ?? [];
    const listed = await foxden(['client', 'list']);
    expect(listed.stdout).toContain(
      `${id}  My Notes  (with secret, trusted)\n${' '.repeat(18)}https://notes.example.org/callback\n` +
        `${' '.repeat(18)}http://127.0.0.1:5000/callback\n`,
    );
    expect(listed.stdout).not.toContain(secret);
    expect(await foxden(['client', 'remove', id ?? ''])).toMatchObject({ code: 0, stderr: '' });
    expect((await foxden(['client', 'list'])).stdout).not.toContain('My Notes');
    expect(await foxden(['client', 'remove', id ?? ''])).toEqual({
      code: 1,
      stdout: '',
      stderr: `There is no client ${id}; "foxden client list" shows them.\n`,
    });
  });

  test('a public client has no secret and may have the id that is wished for, once', async () => {
    const { foxden } = cli();
    const args = [...NOTES, '--public', '--id', 'ABCDEF0123456789'];
    expect(await foxden(args)).toEqual({ code: 0, stdout: 'client_id      abcdef0123456789\n', stderr: '' });
    expect(await foxden(args)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The id abcdef0123456789 belongs to the client "My Notes" already.\n',
    });
    expect((await foxden(['client', 'list'])).stdout).toContain('(public)');
  });

  test.each([
    ['a redirect URI that a browser would run', ['--redirect-uri', 'javascript:alert(1)'], /"redirectUris"/],
    ['an id that is none', ['--id', 'xyz'], /"id".* must be 16 hex digits/],
    ['a scope that is no URL', ['--scope', 'profile'], /"allowedScopes"/],
    ['an empty name', [], /"name".* must be a text/],
  ])('%s is refused in one line', async (what, options, message) => {
    const args = what === 'an empty name' ? ['client', 'add', '', '--redirect-uri', 'https://a.example/'] : NOTES;
    const { code, stdout, stderr } = await cli().foxden([...args, ...options]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});

test('keys rotate makes a key, waits for it to come into use, and can replace it at once', async () => {
  const { foxden } = cli();
  const kid = async (...options: string[]) =>
    /signing key is (\S+);/.exec((await foxden(['keys', 'rotate', ...options])).stdout)?.[1];
  const first = await kid();
  expect(first).toMatch(/^\d{4}-\d\d-\d\d\.1$/);
  expect(await kid()).toBe(first);
  expect(await kid('--immediately')).not.toBe(first);
});

describe('settings', () => {
  test.each([['serve'], ['client list'], ['keys rotate']])(
    '%s stops at a mistyped one, before it makes anything',
    async (name) => {
      const { foxden, dataDir } = cli();
      expect(await foxden(name.split(' '), { FOXDEN_LISTN: '127.0.0.1:0' })).toEqual({
        code: 1,
        stdout: '',
        stderr: 'FOXDEN_LISTN is not a setting; did you mean FOXDEN_LISTEN?\n',
      });
      expect(existsSync(dataDir)).toBe(false);
    },
  );

  test('administration of a database in memory is refused', async () => {
    const { code, stderr } = await cli().foxden(['client', 'list'], { FOXDEN_DATABASE_URL: 'sqlite::memory:' });
    expect([code, stderr]).toEqual([
      1,
      'FOXDEN_DATABASE_URL is sqlite::memory:, which nobody but the running server can reach.\n',
    ]);
  });
});

describe('serve', () => {
  test('says where it is, sees clients that are added beside it, and ends with 0 when told to stop', async () => {
    const { start, foxden } = cli();
    const env = { FOXDEN_LISTEN: `127.0.0.1:${await freePort()}`, FOXDEN_MAILBOX_LISTEN: '127.0.0.1:0' };
    const server = start(['serve'], env);
    const [, url] = await server.printed(/ is at (http:\/\/\S+)\n.*\/signup/);
    expect((await fetch(`${url}/__heartbeat__`)).status).toBe(200);
    const added = await foxden([...NOTES, '--public'], env);
    const id = /client_id +(\S+)/.exec(added.stdout)?.[1];
    expect(await (await fetch(`${url}/v1/client/${id}`)).json()).toMatchObject({ name: 'My Notes', trusted: false });
    server.process.kill('SIGTERM');
    expect(await server.finished).toMatchObject({ code: 0, stderr: '' });
  });

  test('serves Sync, unless it is switched off', async () => {
    for (const [setting, status] of [
      ['on', 401],
      ['off', 404],
    ] as const) {
      const { start } = cli();
      const env = {
        FOXDEN_LISTEN: `127.0.0.1:${await freePort()}`,
        FOXDEN_MAILBOX_LISTEN: 'off',
        FOXDEN_SYNC: setting,
      };
      const [, url] = await start(['serve'], env).printed(/ is at (http:\/\/\S+)\n/);
      expect((await fetch(`${url}/1.0/sync/1.5`)).status).toBe(status);
      expect((await fetch(`${url}/1.5/1/info/collections`)).status).toBe(status);
    }
  });

  test('ends with 1 and one line when its address is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve());
    });
    try {
      const { port } = taken.address() as AddressInfo;
      const { code, stderr } = await cli().foxden(['serve'], {
        FOXDEN_LISTEN: `127.0.0.1:${port}`,
        FOXDEN_MAILBOX_LISTEN: 'off',
      });
      expect(code).toBe(1);
      expect(stderr.trimEnd()).toContain(String(port));
      expect(stderr.trimEnd()).not.toContain('\n');
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
  });
});

describe('sync', () => {
  test('runs alone, and ends with 0 when told to stop', async () => {
    const env = {
      FOXDEN_LISTEN: `127.0.0.1:${await freePort()}`,
      FOXDEN_SYNC_ACCOUNTS_URL: 'https://oauth.example.com',
    };
    const { start, dataDir } = cli();
    const server = start(['sync'], env);
    const [, url] = await server.printed(/^Sync is at (http:\/\/\S+)\n/m);
    expect((await fetch(`${url}/__heartbeat__`)).status).toBe(200);
    expect((await fetch(`${url}/1.0/sync/1.5`)).status).toBe(401);
    expect((await fetch(`${url}/v1/account/status`)).status).toBe(404);
    expect(existsSync(`${dataDir}/sync/users.db`)).toBe(true);
    expect(existsSync(`${dataDir}/foxden.db`)).toBe(false);
    server.process.kill('SIGTERM');
    expect(await server.finished).toMatchObject({ code: 0, stderr: '' });
  });

  test('needs to know whose accounts may sync', async () => {
    expect(await cli().foxden(['sync'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'FOXDEN_SYNC_ACCOUNTS_URL is not set: it names the server whose accounts may sync.\n',
    });
  });
});
