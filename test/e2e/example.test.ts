import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openAdministration } from '@foxden/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from './support/chromium.js';
import { heading, newAddress, signUp, submit } from './support/people.js';
import { openStage, type Stage } from './support/stage.js';

const EXAMPLE = 'examples/openid-client-web-app.mjs';

describe.skipIf(withoutChromium)('the example web application, on the library openid-client', () => {
  let stage: Stage;
  let folder: string;
  const databaseUrl = () => `sqlite:${join(folder, 'foxden.db')}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foxden-example-'));
    stage = await openStage({ databaseUrl: databaseUrl() });
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  it('signs a new person in, who is asked whether it may, and learns the address', async () => {
    const port = await freePort();
    const administration = await openAdministration({
      FOXDEN_DATABASE_URL: databaseUrl(),
      FOXDEN_DATA_DIR: folder,
    });
    const { id, secret = '' } = await administration.clients.add({
      name: 'Example',
      redirectUris: [`http://127.0.0.1:${port}/callback`],
    });
    await administration.close();

    const environment = { FOXDEN_URL: stage.url, CLIENT_ID: id, CLIENT_SECRET: secret, PORT: String(port) };
    const example = spawn(process.execPath, [EXAMPLE], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(createInterface({ input: example.stdout }), 'line')) as [string];
      const page = await stage.visit();
      await page.goto(line.replace('Open ', ''));
      const email = newAddress('example');
      await signUp(stage, page, email);
      // Fluent wraps what it inserts in marks that keep its direction, so the name is looked for by itself.
      await heading(page, 'Example');
      await submit(page);
      await page.getByText(`Hello ${email}`).waitFor();
      expect(new URL(page.url()).origin).toBe(`http://127.0.0.1:${port}`);
    } finally {
      example.kill();
    }
  });

  it('is the one that the documentation shows how to start', async () => {
    const documentation = await readFile('docs/applications.md', 'utf8');
    expect(documentation).toContain(`node ${EXAMPLE}`);
    for (const name of (await readFile(EXAMPLE, 'utf8')).match(/[A-Z]+_[A-Z]+(?= = ')/g) ?? []) {
      expect(documentation).toContain(name);
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
