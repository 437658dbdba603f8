import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import rustFile from '../../../test/fixtures/vectors/rust-account.json';
import { canBeCaught, catchRedirect } from '../src/account/redirect.js';
import { cli } from './cli-fixture.js';

/** A command line with an account file; nothing listens at its server unless a test says so. */
function accountCli(server = 'http://127.0.0.1:1') {
  const { dataDir, foxden } = cli();
  const file = join(dirname(dataDir), 'account.json');
  mkdirSync(dirname(file), { recursive: true });
  return {
    file,
    account: (...args: readonly string[]) =>
      foxden(['account', ...args], { FOXDEN_ACCOUNT_SERVER: server, FOXDEN_ACCOUNT_FILE: file }),
  };
}

describe('without an account', () => {
  test('the status is that nobody is logged in, and needs no server', async () => {
    expect(await accountCli().account('status')).toEqual({ code: 0, stdout: 'Not logged in\n', stderr: '' });
  });

  test.each([['profile'], ['devices'], ['attached-clients'], ['get-scoped-key', 's'], ['get-access-token', 's']])(
    '%s %s says that somebody has to sign in, and ends with 3',
    async (...args) => {
      const { code, stdout, stderr } = await accountCli().account(...args);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/^Authentication: /);
    },
  );

  test('with --json an error is JSON on stdout', async () => {
    const { code, stdout, stderr } = await accountCli().account('profile', '--json');
    expect([code, stderr]).toEqual([3, '']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'Authentication' } });
  });

  test('a login that finds no server ends with 5', async () => {
    const { code, stderr } = await accountCli().account('login', '--scope', 'profile', '--no-browser');
    expect([code, stderr]).toEqual([5, 'Network: The server cannot be reached\n']);
  });
});

describe('with a file of the Rust client', () => {
  test('the key is printed, by its own command only, and the file stays as it was', async () => {
    const { file, account } = accountCli('https://accounts.example.net');
    writeFileSync(file, JSON.stringify({ ...rustFile, device_capabilities: [], server_local_device_info: null }));
    const scope = 'https://identity.mozilla.com/apps/oldsync';
    const key = await account('get-scoped-key', scope, '--client-id', rustFile.config.client_id, '--json');
    expect(JSON.parse(key.stdout)).toEqual(rustFile.scoped_keys[scope]);
    expect(JSON.parse(readFileSync(file, 'utf8')).refresh_token).toEqual(rustFile.refresh_token);
  });
});

describe('called wrongly, it says so and ends with 2', () => {
  test.each([
    [['login'], 'Say what to ask for with --scope. See "foxden help account login".'],
    [['get-access-token'], 'The scope is missing. See "foxden help account get-access-token".'],
    [['send-tab', 'a', 'b'], 'The url is missing. See "foxden help account send-tab".'],
    [
      ['status', '--server', 'moon'],
      '"moon" is no server: give an address, or one of release, stable, stage, china, local-dev.',
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await accountCli().account(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('the redirect', () => {
  let close: () => Promise<void> = async () => undefined;
  afterEach(() => close());

  async function catcher() {
    const unused = createServer();
    await new Promise<void>((resolve) => {
      unused.listen(0, '127.0.0.1', () => resolve());
    });
    const { port } = unused.address() as AddressInfo;
    await new Promise((resolve) => unused.close(resolve));
    const redirectUri = `http://127.0.0.1:${port}/signed-in`;
    const caught = await catchRedirect(redirectUri);
    close = caught.close;
    return { redirectUri, caught };
  }

  test('is caught on this machine only', () => {
    const uris = [
      'http://127.0.0.1:1/a',
      'http://localhost/a',
      'http://[::1]:1/',
      'https://127.0.0.1/',
      'http://example.com/',
      'urn:x',
    ];
    expect(uris.map(canBeCaught)).toEqual([true, true, true, false, false, false]);
  });

  test('is that of the flow under way: others are turned away, and it goes on waiting', async () => {
    const { redirectUri, caught } = await catcher();
    const waiting = caught.wait('right');
    expect((await fetch(`${redirectUri}?code=evil&state=wrong`)).status).toBe(404);
    expect((await fetch(`${redirectUri}/other?code=evil&state=right`)).status).toBe(404);
    const answer = await fetch(`${redirectUri}?code=good&state=right`);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('close this page')]);
    expect(await waiting).toEqual({ code: 'good', state: 'right' });
  });

  test('that brings an error ends the sign-in with it', async () => {
    const { redirectUri, caught } = await catcher();
    const refused = expect(caught.wait('right')).rejects.toThrow('access_denied');
    await fetch(`${redirectUri}?error=access_denied&state=right`);
    await refused;
  });
});
