import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describePostgres } from '../../../test/support/postgres.js';
import { modifiedText, type StorageClient } from './support/storage-client.js';
import { type Subject, startSubject } from './support/subject.js';
import { claimsOf, newUid, requestToken, users } from './support/token-client.js';

const WRITERS = 20;
const ROUNDS = 5;
const USERS = 200;

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('at once, on SQLite', () => concurrency(async () => 'sqlite'));
describePostgres('at once, on PostgreSQL', (createDatabase) => concurrency(createDatabase));

function concurrency(createDatabase: () => Promise<string>): void {
  let subject: Subject;
  beforeAll(async () => {
    subject = await startSubject('alone', await createDatabase(), { logLevel: 'error' });
  });
  afterAll(() => subject.close());

  test(`${WRITERS} writers to one user lose nothing, and no two writes share a time`, async () => {
    const client = subject.client();
    const times = await Promise.all(
      range(WRITERS).map(async (writer) => {
        const own: string[] = [];
        for (const round of range(ROUNDS)) {
          const records = [
            { id: `${writer}-${round}`, payload: 'x' },
            { id: 'shared', payload: `${writer}` },
          ];
          const answer = await client.post(`/storage/${writer % 3}`, records);
          expect(answer.status).toBe(200);
          own.push(modifiedText(answer));
        }
        return own;
      }),
    );
    expect(new Set(times.flat()).size).toBe(WRITERS * ROUNDS);
    for (const own of times) expect(own).toEqual([...own].sort());
    const counts = (await client.get('/info/collection_counts')).numbers;
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(WRITERS * ROUNDS + 3);
    const newest = Math.max(...times.flat().map(Number));
    expect(Number((await client.get('/info/collections')).lastModified)).toBe(newest);
  });

  test(`${WRITERS} writers who read first count to ${WRITERS * ROUNDS}: no update is lost`, async () => {
    const client = subject.client();
    await client.put('/storage/c/counter', { payload: '0' });
    await Promise.all(
      range(WRITERS).map(async () => {
        for (const _ of range(ROUNDS)) await increment(client);
      }),
    );
    expect((await client.get('/storage/c/counter')).json.payload).toBe(`${WRITERS * ROUNDS}`);
  });

  test('of writers who all saw the same, one wins', async () => {
    const client = subject.client();
    const time = (await client.put('/storage/c/a', { payload: '0' })).text;
    const statuses = await Promise.all(
      range(WRITERS).map(async (writer) => {
        const body = [{ id: 'a', payload: `${writer}` }];
        return (await client.post('/storage/c', body, { 'x-if-unmodified-since': time })).status;
      }),
    );
    expect(statuses.sort()).toEqual([200, ...range(WRITERS - 1).map(() => 412)]);
  });

  test(`${USERS} users at once each keep what they wrote`, async () => {
    const clients = range(USERS).map((user) => subject.client(1000 + user));
    await Promise.all(
      clients.map(async (client, user) => {
        const records = range(10).map((id) => ({ id: `${id}`, payload: `${user}-${id}` }));
        expect((await client.post('/storage/c', records)).status).toBe(200);
        expect((await client.put('/storage/c/0', { payload: `${user}-new` })).status).toBe(200);
      }),
    );
    for (const [user, client] of clients.entries()) {
      const list = (await client.get('/storage/c?full=1')).json;
      expect(list.map(({ payload }) => payload).sort()).toEqual(
        [...range(9).map((id) => `${user}-${id + 1}`), `${user}-new`].sort(),
      );
    }
  });

  test('commits of one batch at once apply it once', async () => {
    const client = subject.client();
    const { json } = await client.post('/storage/c?batch=true', [{ id: 'a', payload: 'x' }]);
    const path = `/storage/c?batch=${encodeURIComponent(json.batch)}&commit=true`;
    const statuses = await Promise.all(range(8).map(async () => (await client.post(path, [])).status));
    expect(statuses.sort()).toEqual([200, ...range(7).map(() => 400)]);
  });

  test('the first requests of an account at once make one user', async () => {
    const uid = newUid();
    const answers = await Promise.all(range(10).map(() => requestToken(subject, { uid, generation: 1234 })));
    expect(new Set(answers.map((answer) => claimsOf(answer).uid)).size).toBe(1);
    expect(await users(subject, uid)).toHaveLength(1);
  });
}

/** Reads a number and writes the next one, again while others come between. */
async function increment(client: StorageClient): Promise<void> {
  for (;;) {
    const { json, lastModified } = await client.get('/storage/c/counter');
    const payload = `${Number(json.payload) + 1}`;
    const { status } = await client.put(
      '/storage/c/counter',
      { payload },
      { 'x-if-unmodified-since': lastModified ?? '' },
    );
    if (status === 200) return;
    expect(status).toBe(412);
  }
}
