import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountLogin, sessionStatus } from '@foxden/protocol';
import { afterAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../packages/server/test/support/test-server.js';
import { killAtRandom, startDoomed } from './doomed-process.js';
import { seededRandom } from './seeded-random.js';
import { settings } from './settings.js';

const WRITER = fileURLToPath(new URL('http-writer.mjs', import.meta.url));
/** Milliseconds of work until the latest kill. */
const LONGEST_LIFE = 700;

const folder = mkdtempSync(join(tmpdir(), 'foxden-kill-server-'));
afterAll(() => rmSync(folder, { recursive: true }));

test(`a server killed ${settings.rounds} times has every account it answered for, and no session it ended`, async () => {
  const databaseUrl = `sqlite:${join(folder, 'foxden.db')}`;
  const random = seededRandom(settings.seed);
  let answered = 0;
  for (let round = 1; round <= settings.rounds; round++) {
    const writer = startDoomed(WRITER, [databaseUrl, folder, String(round)]);
    const lines = await killAtRandom(writer, random, LONGEST_LIFE);
    const server = await startTestServer({ databaseUrl, dataDir: folder, mailboxListen: null, logLevel: 'silent' });
    try {
      for (const line of lines) await check(server, line.split(' '), `round ${round}, seed ${settings.seed}: ${line}`);
    } finally {
      await server.close();
    }
    answered += lines.length;
  }
  console.log(`${settings.rounds} kills, ${answered} answered writes, all there`);
});

async function check(server: TestServer, [kind, ...words]: string[], where: string): Promise<void> {
  if (kind === 'account') {
    const [email = '', authPW = '', sessionToken = ''] = words;
    expect((await server.call(accountLogin, { body: { email, authPW } })).status, where).toBe(200);
    const session = await server.call(sessionStatus, { token: ['sessionToken', sessionToken] });
    expect(session.status, where).toBe(200);
  } else {
    const ended = await server.call(sessionStatus, { token: ['sessionToken', words[0] ?? ''] });
    expect(ended.status, where).toBe(401);
  }
}
