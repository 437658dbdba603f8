import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.js';
import { withoutFirefox } from './support/firefox.js';
import { type FirefoxStage, openFirefoxStage } from './support/firefox-stage.js';

const CLIENT_ID = 'e0e1e2e3e4e5e6e7';
const PAGE = '<!doctype html><title>Page</title><body><script type="module" src="/page.js"></script>';

/** What the page does: begins a flow, cancels it, and shows the URL and the states it came through. */
const SCRIPT = `
  import { FirefoxAccount } from '@foxden/fxa-client';
  const config = { server: { Custom: SERVER }, clientId: CLIENT_ID, redirectUri: location.href };
  const account = new FirefoxAccount(config);
  const deviceConfig = { name: 'Page', deviceType: 'Desktop', capabilities: [] };
  const states = [
    await account.processEvent({ type: 'Initialize', deviceConfig }),
    await account.processEvent({ type: 'BeginOAuthFlow', scopes: ['profile'], entrypoint: 'page' }),
    await account.processEvent({ type: 'CancelOAuthFlow' }),
  ];
  document.body.textContent = JSON.stringify(states);
`;

let stage: FirefoxStage;
let files: Server;
let page: string;

beforeAll(async () => {
  if (withoutFirefox) return;
  let script = '';
  files = createServer(({ url }, response) => {
    const [type, body] = url === '/page.js' ? ['text/javascript', script] : ['text/html', PAGE];
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  files.listen(0, '127.0.0.1');
  await once(files, 'listening');
  page = `http://127.0.0.1:${(files.address() as AddressInfo).port}/`;
  const application = { id: CLIENT_ID, name: 'Page', redirectUris: [page], publicClient: true, trusted: true };
  stage = await openFirefoxStage({}, [application]);
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    define: { SERVER: JSON.stringify(stage.url), CLIENT_ID: JSON.stringify(CLIENT_ID) },
  });
  script = outputFiles[0]?.text ?? '';
});
afterAll(async () => {
  await stage?.close();
  files?.close();
});

describe.skipIf(withoutFirefox)('the account library, bundled, in a page of a stock Firefox', () => {
  it('begins a sign-in that our pages take, and cancels it', async () => {
    const firefox = await stage.firefox();
    await firefox.open(page);
    const states = await until('the page to be through', async () => {
      const text = await firefox.inPage(() => document.body.textContent);
      return text ? JSON.parse(text) : undefined;
    });
    expect(states).toMatchObject([{ type: 'Disconnected' }, { type: 'Authenticating' }, { type: 'Disconnected' }]);
    const { oauthUrl } = states[1];
    expect(new URL(oauthUrl).searchParams.get('redirect_uri')).toBe(page);
    await firefox.open(oauthUrl);
    await firefox.type('[name=email]', 'rosa@example.org');
    expect(firefox.refused).toEqual([]);
  });
});
