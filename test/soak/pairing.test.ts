import { expect, test } from 'vitest';
import { from, refusal, type Visitor, visit } from '../../packages/server/test/support/pairing.js';
import { startTestServer, type TestServer } from '../../packages/server/test/support/test-server.js';

const ATTEMPTS = 10_000;
const AT_ONCE = 200;
const CHANNELS = 1000;
/** What the process, which also holds the clients, may grow by; a kilobyte kept of each channel is ten times less. */
const GROWTH = 64 * 1024 * 1024;

test('ten thousand who open channels, each from an address of its own, get as many as there may be', async () => {
  const server = await startTestServer({ trustedProxies: ['127.0.0.1'], pairingChannels: CHANNELS });
  const opened: Visitor[] = [];
  await inBatches(async (attempt) => {
    const visitor = visit(server, '/v1/ws/', from(addressOf(attempt)));
    const id = await visitor.id().catch(() => undefined);
    if (id !== undefined) opened.push(visitor);
  });
  expect(opened).toHaveLength(CHANNELS);
  expect(await refusal(server, '/v1/ws/', from(addressOf(ATTEMPTS)))).toMatchObject({ status: 503 });
  await Promise.all(opened.map((visitor) => visitor.leave()));
  await comeAndGo(server, ATTEMPTS);
  await server.close();
});

test('ten thousand channels that came and went leave nothing behind', async () => {
  const server = await startTestServer({ trustedProxies: ['127.0.0.1'], pairingChannels: CHANNELS });
  await inBatches((attempt) => comeAndGo(server, attempt), 2000);
  const before = process.memoryUsage.rss();
  await inBatches((attempt) => comeAndGo(server, attempt));
  const growth = process.memoryUsage.rss() - before;
  console.log(`grew by ${Math.round(growth / 1024 / 1024)} MiB`);
  expect(growth).toBeLessThan(GROWTH);
  await server.close();
});

async function comeAndGo(server: TestServer, attempt: number): Promise<void> {
  const visitor = visit(server, '/v1/ws/', from(addressOf(attempt)));
  await visitor.id();
  visitor.socket.send('x'.repeat(1000));
  await visitor.leave();
}

async function inBatches(run: (attempt: number) => Promise<void>, attempts = ATTEMPTS): Promise<void> {
  for (let start = 0; start < attempts; start += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => run(start + index)));
  }
}

function addressOf(attempt: number): string {
  return `10.${attempt >> 16}.${(attempt >> 8) & 255}.${attempt & 255}`;
}
