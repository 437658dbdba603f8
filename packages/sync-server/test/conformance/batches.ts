import { expect, test } from 'vitest';
import { modifiedText, type StorageClient } from '../support/storage-client.js';
import type { Subject } from '../support/subject.js';

const all = async (client: StorageClient, collection = 'c') =>
  Object.fromEntries(
    (await client.get(`/storage/${collection}?full=1`)).json.map(({ id, payload }: { id: string; payload: string }) => [
      id,
      payload,
    ]),
  );

async function open(client: StorageClient, body: unknown, collection = 'c'): Promise<string> {
  const answer = await client.post(`/storage/${collection}?batch=true`, body);
  expect(answer.status).toBe(202);
  return encodeURIComponent(answer.json.batch);
}

/** Cases of sync §7.1 about batches. */
export function batchConformance(subject: () => Subject): void {
  test('S35 nobody sees a batch before its commit, then all of it at one time', async () => {
    const client = subject().client();
    const before = modifiedText(await client.post('/storage/c', [{ id: 'a', payload: 'old' }]));
    const first = await client.post('/storage/c?batch=true', [
      { id: 'a', payload: 'one' },
      { id: 'b', payload: 'one' },
    ]);
    expect([first.status, first.lastModified, first.json.success]).toEqual([202, before, ['a', 'b']]);
    expect(first.text).not.toContain('modified');
    expect(await all(client)).toEqual({ a: 'old' });
    expect((await client.get('/info/collections')).text).toBe(`{"c":${before}}`);
    expect((await client.get('/info/quota')).json[0]).toBe(3 / 1024);
    const commit = await client.post(`/storage/c?batch=${encodeURIComponent(first.json.batch)}&commit=true`, [
      { id: 'b', payload: 'two' },
      { id: 'c', payload: 'two' },
      { id: 'd', payload: 'two' },
    ]);
    expect([commit.status, commit.json.success]).toEqual([200, ['b', 'c', 'd']]);
    expect(await all(client)).toEqual({ a: 'one', b: 'two', c: 'two', d: 'two' });
    const list = await client.get('/storage/c?full=1');
    const time = modifiedText(commit);
    expect(new Set([...list.text.matchAll(/"modified":([\d.]+)/g)].map(([, it]) => it))).toEqual(new Set([time]));
    expect([commit.lastModified, list.lastModified]).toEqual([time, time]);
    expect((await client.get('/info/collections')).text).toBe(`{"c":${time}}`);

    const batch = await open(client, [{ id: 'e', payload: 'late' }]);
    subject().clock.advance(1000);
    const empty = await client.post(`/storage/c?batch=${batch}&commit=true`, []);
    expect(modifiedText(await client.get('/storage/c/e'))).toBe(modifiedText(empty));
    expect((await client.post(`/storage/c?batch=${batch}&commit=true`, [])).status).toBe(400);
  });

  test('S36 the commit wins over the batch', async () => {
    const client = subject().client();
    const batch = await open(client, [{ id: 'a', payload: 'one' }]);
    const { json } = await client.post(`/storage/c?batch=${batch}&commit=true`, [{ id: 'a', payload: 'two' }]);
    expect([json.success, json.failed]).toEqual([['a'], {}]);
    expect(await all(client)).toEqual({ a: 'two' });
  });

  test('S37 a batch changes what it names and nothing else', async () => {
    const client = subject().client();
    const before = modifiedText(
      await client.post('/storage/c', [
        { id: 'a', payload: 'old', sortindex: 5 },
        { id: 'b', payload: 'old' },
      ]),
    );
    const batch = await open(client, [{ id: 'a', payload: 'new' }]);
    await client.post(`/storage/c?batch=${batch}`, [{ id: 'c', sortindex: 3 }]);
    const time = modifiedText(await client.post(`/storage/c?batch=${batch}&commit=true`, [{ id: 'c', payload: 'x' }]));
    const text = async (id: string) => (await client.get(`/storage/c/${id}`)).text;
    expect(await text('a')).toBe(`{"id":"a","modified":${time},"payload":"new","sortindex":5}`);
    expect(await text('b')).toBe(`{"id":"b","modified":${before},"payload":"old"}`);
    expect(await text('c')).toBe(`{"id":"c","modified":${time},"payload":"x","sortindex":3}`);
  });

  test('S38 a ttl set by a batch counts from the commit', async () => {
    const { clock } = subject();
    const client = subject().client();
    const before = modifiedText(
      await client.post('/storage/c', [
        { id: 'a', payload: 'x' },
        { id: 'b', payload: 'y' },
      ]),
    );
    const batch = await open(client, [{ id: 'a', ttl: 5 }]);
    const added = await client.post(`/storage/c?batch=${batch}`, [{ id: 'b', ttl: 5 }]);
    expect([added.status, added.lastModified]).toEqual([202, before]);
    clock.advance(10_000);
    await client.post(`/storage/c?batch=${batch}&commit=true`, []);
    expect(await all(client)).toEqual({ a: 'x', b: 'y' });
    clock.advance(5000);
    expect(await all(client)).toEqual({});
  });

  test('S39 opened and committed at once it is a POST', async () => {
    const client = subject().client();
    const answer = await client.post('/storage/c?batch=true&commit=true', [{ id: 'a', payload: 'x' }]);
    expect([answer.status, Object.keys(answer.json)]).toEqual([200, ['modified', 'success', 'failed']]);
    expect(answer.lastModified).toBe(modifiedText(answer));
    expect((await client.get('/info/collections')).text).toBe(`{"c":${modifiedText(answer)}}`);
  });

  test('S40 a batch belongs to its collection and its user, and not for ever', async () => {
    const client = subject().client();
    const batch = await open(client, [{ id: 'a', payload: 'x' }]);
    expect((await client.post(`/storage/d?batch=${batch}`, [])).status).toBe(400);
    expect((await client.post(`/storage/d?batch=${batch}&commit=true`, [])).status).toBe(400);
    expect((await subject().client().post(`/storage/c?batch=${batch}`, [])).status).toBe(400);
    expect((await client.post('/storage/c?batch=unknown', [])).status).toBe(400);
    expect((await client.post('/storage/c?commit=true', [])).status).toBe(400);
    expect((await client.post(`/storage/c?batch=${batch}&commit=yes`, [])).status).toBe(400);
    expect((await client.post(`/storage/c?batch=${batch}&commit=true`, [])).status).toBe(200);
    expect(await all(client)).toEqual({ a: 'x' });
    const late = await open(client, []);
    subject().clock.advance(2 * 3600 * 1000);
    const { status } = await subject().client(client.uid).post(`/storage/c?batch=${late}&commit=true`, []);
    expect(status).toBe(400);
  });

  test('S42 a commit may be empty, in the right way', async () => {
    const client = subject().client();
    const commit = async (contentType: string, body: string) => {
      const batch = await open(client, []);
      return (await client.send('POST', `/storage/c?batch=${batch}&commit=true`, { contentType, body })).status;
    };
    const statuses = [];
    for (const body of ['[]', '{}', '']) statuses.push(await commit('application/json', body));
    for (const body of ['', '\n', '{}', '[]']) statuses.push(await commit('application/newlines', body));
    expect(statuses).toEqual([200, 400, 400, 200, 400, 400, 400]);
  });
}
