import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from './support/chromium.js';
import { heading, newAddress, signUp, submit } from './support/people.js';
import { openStage, type Stage } from './support/stage.js';

const CLIENT_ID = 'd0d1d2d3d4d5d6d7';

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe.skipIf(withoutChromium)('the examples of the account library', () => {
  let stage: Stage;
  let files: Server;
  let page: string;
  let scriptPort: number;
  let folder: string;
  const served = new Map<string, readonly [type: string, body: string]>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foxden-example-'));
    files = createServer((request, response) => {
      const [type, body] = served.get(new URL(request.url ?? '', page).pathname) ?? ['text/plain', ''];
      response.writeHead(body === '' ? 404 : 200, { 'Content-Type': type }).end(body);
    });
    page = `http://127.0.0.1:${await listen(files)}/`;
    const unused = createServer();
    scriptPort = await listen(unused);
    unused.close();
    const redirectUris = [page, `http://127.0.0.1:${scriptPort}/signed-in`];
    stage = await openStage({}, [{ id: CLIENT_ID, name: 'Example', redirectUris, publicClient: true, trusted: true }]);
    const { outputFiles } = await build({
      entryPoints: ['examples/account-page/page.mjs'],
      bundle: true,
      format: 'esm',
      write: false,
      define: { SERVER: JSON.stringify(stage.url), CLIENT_ID: JSON.stringify(CLIENT_ID) },
    });
    served.set('/', ['text/html', await readFile('examples/account-page/index.html', 'utf8')]);
    served.set('/page.js', ['text/javascript', outputFiles[0]?.text ?? '']);
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
    files.close();
    await rm(folder, { recursive: true });
  });

  it('a page signs a new person in, stays signed in when it is loaded again, and signs out', async () => {
    const visitor = await stage.visit();
    await visitor.goto(page);
    await visitor.getByRole('button', { name: 'Sign in' }).click();
    const email = newAddress('page');
    await visitor.waitForSelector('[name=email]');
    await signUp(stage, visitor, email);
    await visitor.getByText(`Signed in as ${email}`).waitFor();
    expect(visitor.url()).toBe(page);
    await visitor.reload();
    await visitor.getByText(`Signed in as ${email}`).waitFor();
    await visitor.getByRole('button', { name: 'Sign out' }).click();
    await visitor.getByText('Nobody is signed in.').waitFor();
    const kept = await visitor.evaluate(() => localStorage.getItem('foxden.account') ?? '');
    expect(JSON.parse(kept)).toMatchObject({ refresh_token: null, access_token_cache: {} });
    await visitor.getByRole('button', { name: 'Sign in' }).click();
    // No scope of the example has keys, so nothing is to be typed.
    await heading(visitor, 'Continue to');
    await submit(visitor);
    await visitor.getByText(`Signed in as ${email}`).waitFor();
  });

  it('a script signs a new person in once, and needs nobody the second time', async () => {
    const env = {
      ...process.env,
      FOXDEN_URL: stage.url,
      CLIENT_ID,
      PORT: String(scriptPort),
      FILE: join(folder, 'a.json'),
    };
    const run = () => {
      const script = spawn(process.execPath, ['examples/account-script.mjs'], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      return { script, lines: createInterface({ input: script.stdout })[Symbol.asyncIterator]() };
    };
    const first = run();
    const visitor = await stage.visit();
    const { value: open = '' } = await first.lines.next();
    await visitor.goto(String(open).replace('Open ', ''));
    const email = newAddress('script');
    await signUp(stage, visitor, email);
    expect(await first.lines.next()).toMatchObject({ value: `Signed in as ${email}` });
    expect(await run().lines.next()).toMatchObject({ value: `Signed in as ${email}` });
  });
});
