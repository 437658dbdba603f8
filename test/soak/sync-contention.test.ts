import pg from 'pg';
import { expect, test } from 'vitest';
import { loadSqliteDriver } from '../../packages/database/src/sqlite/load-driver.js';
import { type Subject, startSubject } from '../../packages/sync-server/test/support/subject.js';
import { describePostgres } from '../support/postgres.js';

/** Whose data another connection holds on to. */
const UID = 7;

describePostgres('a row that somebody else holds', (createDatabase) => {
  test('makes a write 503 with Retry-After, and leaves nothing of it', async () => {
    const url = await createDatabase();
    const subject = await startSubject('alone', url);
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await expectConflict(subject, async () => {
      await other.query(`begin; select * from sync_users where uid = ${UID} for update`);
      return () => other.end();
    });
  });
});

test('a file that somebody else holds makes a write 503 with Retry-After, and leaves nothing of it', async () => {
  const subject = await startSubject('alone', 'sqlite');
  const { DatabaseSync } = await loadSqliteDriver();
  const other = new DatabaseSync(`${subject.folder}/sync/storage-${UID}.db`);
  await expectConflict(subject, async () => {
    other.exec('begin immediate');
    return async () => other.close();
  });
});

/** @param hold takes the lock, and gives what lets it go */
async function expectConflict(subject: Subject, hold: () => Promise<() => Promise<void>>): Promise<void> {
  const client = subject.client(UID);
  const before = (await client.put('/storage/c/a', { payload: 'before' })).text;
  const letGo = await hold();
  const refused = await client.post('/storage/c', [
    { id: 'a', payload: 'lost' },
    { id: 'b', payload: 'lost' },
  ]);
  expect([refused.status, refused.text, refused.headers.get('retry-after')]).toEqual([503, '0', '10']);
  await letGo();
  const kept = await client.get('/storage/c?full=1');
  expect(kept.text).toBe(`[{"id":"a","modified":${before},"payload":"before"}]`);
  expect((await client.put('/storage/c/b', { payload: 'after' })).status).toBe(200);
  await subject.close();
}
