import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { STATE_NAMES } from '@foxden/in-app-auth';
import { accountStatus } from '@foxden/protocol';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, turnTotpOn } from '../../packages/server/test/support/authenticator.js';
import { signIn, signUp } from '../../packages/server/test/support/person.js';
import { APP_CLIENT, type LiveStage, openLiveStage } from '../in-app-auth/support/live-stage.js';
import { launchChromium, withoutChromium } from './support/chromium.js';

const FOLDER = 'examples/in-app-web';
const PASSWORD = 'correct horse battery staple';

it('the web example has a screen for every state', async () => {
  const script = await readFile(`${FOLDER}/main.js`, 'utf8');
  expect(STATE_NAMES.filter((name) => !script.includes(`case '${name}':`))).toEqual([]);
});

describe.skipIf(withoutChromium)('the web example, in Chromium', () => {
  let stage: LiveStage;
  let browser: Browser;
  let site: Server;
  let origin: string;
  /** The paths of the site that were asked for. */
  const asked: string[] = [];
  beforeAll(async () => {
    stage = await openLiveStage({ blockTestAddresses: true });
    browser = await launchChromium();
    site = await serveExample(asked);
    origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser.close();
    await new Promise((resolve) => site.close(resolve));
    await stage.close();
  });

  const visit = async (parameters: Readonly<Record<string, string>> = {}): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    const query = {
      server: stage.accounts.url,
      client_id: APP_CLIENT.id,
      redirect_uri: APP_CLIENT.redirectUri,
      ...parameters,
    };
    await page.goto(`${origin}/?${new URLSearchParams(query)}`);
    return page;
  };
  const heading = (page: Page, text: string) => page.locator('h1', { hasText: text }).waitFor();
  const enter = async (page: Page, text: string) => {
    await page.fill('[name=value]', text);
    await page.click('form button');
  };

  it('signs up, and loads the list of common passwords only when one is chosen', async () => {
    const email = 'lena@example.com';
    const page = await visit();
    await heading(page, 'Who are you?');
    await enter(page, email);
    await heading(page, 'Create an account');
    const before = asked.length;
    await enter(page, 'password');
    await page.getByText('Everybody tries that one first.').waitFor();
    expect(asked.length).toBeGreaterThan(before);
    await enter(page, PASSWORD);
    await heading(page, 'Look into your mail');
    await enter(page, await stage.code(email));
    await heading(page, 'You are signed in.');
  });

  it('signs in with an authenticator, after a wrong password, and deletes the account', async () => {
    const email = 'mila@example.com';
    await signUp(stage.accounts, email);
    const { sessionToken } = await signIn(stage.accounts, email);
    const secret = await turnTotpOn(stage.accounts, sessionToken);
    const page = await visit();
    await enter(page, email);
    await heading(page, 'Welcome back');
    await enter(page, 'not the password');
    await page.getByText('That is not the password of this account.').waitFor();
    await enter(page, PASSWORD);
    await heading(page, 'One more step');
    await enter(page, codeOf(secret, stage.accounts.clock.now()));
    await heading(page, 'You are signed in.');

    stage.accounts.clock.advance(30_000);
    const leaving = await visit({ delete: email });
    await heading(leaving, 'Welcome back');
    expect(await leaving.getByText('Use another address').count()).toBe(0);
    await enter(leaving, PASSWORD);
    await heading(leaving, 'One more step');
    await enter(leaving, codeOf(secret, stage.accounts.clock.now()));
    await heading(leaving, 'Delete the account?');
    await leaving.click('text=Delete it for good');
    await heading(leaving, 'The account is deleted.');
    expect(await stage.accounts.ok(accountStatus, { body: { email } })).toMatchObject({ exists: false });
  });

  it('goes back to the question for the address from the unblock code', async () => {
    const email = 'block-mila@example.com';
    await signUp(stage.accounts, email);
    const page = await visit();
    await enter(page, email);
    await heading(page, 'Welcome back');
    await enter(page, PASSWORD);
    await heading(page, 'This sign-in is blocked');
    await page.click('text=Use another address');
    await heading(page, 'Who are you?');
    expect(await page.inputValue('[name=value]')).toBe('');
  });
});

/** Serves the example as a bundler makes it, at a port of its own. */
async function serveExample(asked: string[]): Promise<Server> {
  const { outputFiles } = await build({
    entryPoints: [`${FOLDER}/main.js`],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: '/',
    write: false,
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path, Buffer.from(contents)]));
  files.set('/', await readFile(`${FOLDER}/index.html`));
  files.set('/style.css', await readFile(`${FOLDER}/style.css`));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(pathname);
    const type = pathname.endsWith('.js') ? 'text/javascript' : pathname.endsWith('.css') ? 'text/css' : 'text/html';
    const content = files.get(pathname);
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': type }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
