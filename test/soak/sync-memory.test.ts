import { expect, test } from 'vitest';
import { type Subject, startSubject } from '../../packages/sync-server/test/support/subject.js';
import { describePostgres } from '../support/postgres.js';
import { settings } from './settings.js';

const USERS = 20;
const RECORDS = 100;
/** What the process, which also holds the clients, may grow by after its warm-up; a leak passes this in minutes. */
const GROWTH = 64 * 1024 * 1024;

test('memory of Sync on SQLite stays flat', () => expectFlat('sqlite'));

describePostgres('Sync on PostgreSQL', (createDatabase) => {
  test('memory stays flat', async () => expectFlat(await createDatabase()));
});

/** Users who write and read for as long as FOXDEN_SOAK_SECONDS says. */
async function expectFlat(database: string): Promise<void> {
  const clock = { now: () => Date.now(), advance: () => undefined };
  const subject = await startSubject('alone', database, { logLevel: 'silent' }, clock);
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  let warm: number | undefined;
  let requests = 0;
  await Promise.all(
    Array.from({ length: USERS }, async (_, user) => {
      while (seconds() < settings.seconds) {
        const done = await work(subject, 1 + user);
        requests += done;
        if (seconds() > settings.seconds / 3) warm ??= process.memoryUsage.rss();
      }
    }),
  );
  const growth = process.memoryUsage.rss() - (warm ?? 0);
  console.log(`${requests} requests; grew by ${Math.round(growth / 1024 / 1024)} MiB since the warm-up`);
  await subject.close();
  expect(growth).toBeLessThan(GROWTH);
}

/** Some writing and reading of a user, with a token of its own each time, as after each hour. */
async function work(subject: Subject, uid: number): Promise<number> {
  const client = subject.client(uid);
  const records = Array.from({ length: RECORDS }, (_, id) => ({ id: `${id}`, payload: 'x'.repeat(450) }));
  const answers = [
    await client.post('/storage/c', records),
    await client.get('/storage/c?full=1'),
    await client.post('/storage/c?batch=true', records.slice(0, 10)),
    await client.get('/info/collections'),
    await client.delete('/storage/c?ids=1,2,3'),
  ];
  for (const { status, text } of answers) if (status >= 300) throw new Error(`${status} ${text}`);
  return answers.length;
}
