import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { SCOPE_OLDSYNC, SCOPE_PROFILE, SCOPE_RELAY, SCOPE_SESSION_TOKEN, SCOPE_VPN } from '@foxden/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../packages/cli/test/cli-fixture.js';
import { withoutChromium } from './support/chromium.js';
import { heading, newAddress, PASSWORD, signUp, submit } from './support/people.js';
import { openStage, type Stage } from './support/stage.js';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The demonstration of application-services’ pull request 7306, with our command line, server and pages. */
describe.skipIf(withoutChromium)('foxden account', () => {
  let stage: Stage;
  let redirectUri: string;
  beforeAll(async () => {
    redirectUri = `http://127.0.0.1:${await freePort()}/signed-in`;
    const commandLine = {
      id: 'c0c1c2c3c4c5c6c7',
      name: 'Foxden command line',
      redirectUris: [redirectUri],
      publicClient: true,
      trusted: true,
      canGrant: true,
      allowedScopes: [SCOPE_OLDSYNC, SCOPE_VPN, SCOPE_RELAY, SCOPE_SESSION_TOKEN],
    };
    stage = await openStage({}, [commandLine]);
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  it('adds Sync to an account that was signed in for the VPN, and keeps both', async () => {
    const { dataDir, foxden, start } = cli();
    const file = join(dirname(dataDir), 'config', 'account.json');
    const env = {
      FOXDEN_ACCOUNT_SERVER: stage.url,
      FOXDEN_ACCOUNT_CLIENT_ID: 'c0c1c2c3c4c5c6c7',
      FOXDEN_ACCOUNT_REDIRECT_URI: redirectUri,
      FOXDEN_ACCOUNT_FILE: file,
    };
    const account = (...args: readonly string[]) => foxden(['account', ...args], env);
    const login = async (page: Page, scopes: readonly string[], enter: () => Promise<void>) => {
      const asked = scopes.flatMap((scope) => ['--scope', scope]);
      const running = start(['account', 'login', '--no-browser', ...asked], env);
      const [, url = ''] = await running.printed(/Sign in at (\S+)\n/);
      await page.goto(url);
      await enter();
      await page.waitForURL((at) => at.href.startsWith(redirectUri));
      return { url: new URL(url), ...(await running.finished) };
    };

    expect(await account('disconnect')).toMatchObject({ code: 0, stdout: 'Not logged in\n' });
    expect(await account('get-access-token', SCOPE_VPN)).toMatchObject({ code: 3 });

    const page = await stage.visit();
    const email = newAddress();
    const first = await login(page, [SCOPE_PROFILE, SCOPE_VPN, SCOPE_SESSION_TOKEN], () => signUp(stage, page, email));
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('Account is logged in and authorized by the server');
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const vpn = await account('get-access-token', SCOPE_VPN, '--json');
    expect(JSON.parse(vpn.stdout)).toMatchObject({ scope: SCOPE_VPN, key: null });
    const refused = await account('get-access-token', SCOPE_OLDSYNC);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toContain('Forbidden');

    const second = await login(page, [SCOPE_PROFILE, SCOPE_OLDSYNC], async () => {
      await heading(page, 'Enter your password');
      await page.fill('[name=password]', PASSWORD);
      await submit(page);
    });
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain('Account is logged in and authorized by the server');
    expect(second.url.searchParams.get('scope')).toBe(`${SCOPE_PROFILE} ${SCOPE_OLDSYNC}`);

    const sync = JSON.parse((await account('get-access-token', SCOPE_OLDSYNC, '--json')).stdout);
    expect(sync).toMatchObject({ scope: SCOPE_OLDSYNC, key: { kty: 'oct', scope: SCOPE_OLDSYNC } });
    expect((await account('get-access-token', SCOPE_VPN)).stdout).toContain(SCOPE_VPN);
    const key = JSON.parse((await account('get-scoped-key', SCOPE_OLDSYNC, '--json')).stdout);
    expect(key).toMatchObject({ kid: sync.key.kid, k: expect.stringMatching(/^[\w-]{86}$/) });

    // No scope of these bears a key: the password is not asked for a third time.
    const third = await login(page, [SCOPE_PROFILE, SCOPE_RELAY], async () => {
      await heading(page, 'Continue to');
      await submit(page);
    });
    expect(third).toMatchObject({ code: 0, stderr: '' });
    expect(third.url.searchParams.has('keys_jwk')).toBe(true);

    const status = JSON.parse((await account('status', '--json')).stdout);
    expect(new Set(status.scopes)).toEqual(
      new Set([SCOPE_PROFILE, SCOPE_VPN, SCOPE_SESSION_TOKEN, SCOPE_OLDSYNC, SCOPE_RELAY]),
    );
    expect(JSON.parse((await account('profile', '--json')).stdout)).toMatchObject({ email });
    expect((await account('devices')).stdout).toMatch(/^[0-9a-f]{32}: Foxden on .* \(this one\)\n$/);
    expect((await account('attached-clients')).stdout).toContain('client_id: c0c1c2c3c4c5c6c7');

    expect(await account('disconnect')).toMatchObject({ code: 0, stdout: 'Not logged in\n' });
    expect(await account('status')).toMatchObject({ code: 0, stdout: 'Not logged in\n' });
    expect(await account('get-scoped-key', SCOPE_OLDSYNC)).toMatchObject({ code: 3 });
  });
});
