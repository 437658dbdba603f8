import { expect, test } from 'vitest';
import { modifiedText } from '../support/storage-client.js';
import type { Subject } from '../support/subject.js';

const MAX_POST_RECORDS = 100;
const MAX_POST_BYTES = 2_621_440;

/** Cases of sync §7.1 about writing and deleting. */
export function writingConformance(subject: () => Subject): void {
  test('S09 the last PUT counts', async () => {
    const client = subject().client();
    await client.put('/storage/c/a', { payload: 'one' });
    await client.put('/storage/c/a', { payload: 'two' });
    expect((await client.get('/storage/c/a')).json.payload).toBe('two');
  });

  test('S10 a POST writes what is good, and says what is not', async () => {
    const client = subject().client();
    await client.post('/storage/c', [
      { id: 'a', payload: 'one' },
      { id: 'b', payload: 'one' },
    ]);
    await client.post('/storage/c', [
      { id: 'b', payload: 'two' },
      { id: 'c', payload: 'two' },
    ]);
    const payloads = (await client.get('/storage/c?full=1&sort=oldest')).json.map(
      ({ id, payload }: { id: string; payload: string }) => [id, payload],
    );
    expect(payloads.sort()).toEqual([
      ['a', 'one'],
      ['b', 'two'],
      ['c', 'two'],
    ]);
    const { json } = await client.post('/storage/c', [
      { id: 'd', payload: 'x' },
      { id: 'e', payload: 'x', sortindex: 'FAIL' },
    ]);
    expect([json.success, Object.keys(json.failed)]).toEqual([['d'], ['e']]);
    expect((await client.get('/storage/c/e')).status).toBe(404);
  });

  test('S11 takes lines, and no type it does not know', async () => {
    const client = subject().client();
    const send = (contentType: string | null, body: string) => client.send('POST', '/storage/c', { contentType, body });
    const lines = '{"id":"a","payload":"x"}\n{"id":"b","payload":"y"}\n';
    expect((await send('application/newlines', lines)).json.success).toEqual(['a', 'b']);
    expect((await send('text/plain; charset=utf-8', '[{"id":"c","payload":"x"}]')).json.success).toEqual(['c']);
    for (const type of ['application/octet-stream', null]) {
      const { status, text } = await send(type, '[{"id":"d","payload":"x"}]');
      expect([status, text]).toEqual([415, '0']);
    }
    expect((await client.get('/storage/c?sort=oldest')).json).toHaveLength(3);
  });

  test('S12 payloads with newlines come back as they were', async () => {
    const client = subject().client();
    const payload = 'a\nb\r\n\u2028"c"';
    const body = `${JSON.stringify({ id: 'a', payload })}\n`;
    await client.send('POST', '/storage/c', { contentType: 'application/newlines', body });
    expect((await client.get('/storage/c?full=1')).json[0]?.payload).toBe(payload);
    const { text } = await client.get('/storage/c?full=1', { accept: 'application/newlines' });
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text).payload).toBe(payload);
  });

  test('S14 deletes a collection, and records by id', async () => {
    const client = subject().client();
    const fill = () =>
      client.post(
        '/storage/c',
        ['12', '13', '14'].map((id) => ({ id, payload: 'x' })),
      );
    await fill();
    await client.delete('/storage/c');
    expect((await client.get('/storage/c')).json).toEqual([]);
    expect((await client.get('/info/collections')).json).toEqual({});
    await fill();
    const deleted = await client.delete('/storage/c?ids=12,14');
    expect(deleted.lastModified).toBe(deleted.text);
    expect((await client.get('/storage/c')).json).toEqual(['13']);
    await client.delete('/storage/c?ids=13');
    expect((await client.get('/storage/c')).json).toEqual([]);
    expect((await client.get('/info/collections')).text).toMatch(/^{"c":\d+\.\d\d}$/);
  });

  test.each(['/storage', ''])('S15 deletes everything at %j, and time goes on', async (path) => {
    const client = subject().client();
    const before = (await client.put('/storage/c/a', { payload: 'x' })).text;
    const { status, text, headers } = await client.delete(path, { 'x-confirm-delete': '1' });
    expect([status, text, headers.get('content-type')]).toEqual([200, 'null', 'application/json']);
    expect((await client.get('/storage/c')).json).toEqual([]);
    expect((await client.delete('/storage/c')).status).toBe(200);
    const put = await client.put('/storage/c/a', { payload: 'x' }, { 'x-if-unmodified-since': '0' });
    expect(put.status).toBe(200);
    expect(Number(put.text)).toBeGreaterThan(Number(before));
  });

  test('S18 what has expired is gone; a new ttl counts from its write', async () => {
    const { clock } = subject();
    const client = subject().client();
    await client.put('/storage/c/gone', { payload: 'x', ttl: 0 });
    expect((await client.get('/storage/c')).json).toEqual([]);
    await client.put('/storage/c/a', { payload: 'x', ttl: 2 });
    clock.advance(1500);
    await client.put('/storage/c/a', { payload: 'y', ttl: 2 });
    clock.advance(1990);
    expect((await client.get('/storage/c')).json).toEqual(['a']);
    clock.advance(10);
    expect((await client.get('/storage/c')).json).toEqual([]);
    expect((await client.get('/info/collection_counts')).json).toEqual({});
  });

  test('S19 writes up to the limits of a POST, and fails the rest', async () => {
    const client = subject().client();
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `${index}`, payload: 'x' }));
    const below = (await client.post('/storage/c', many(MAX_POST_RECORDS - 5))).json;
    expect([below.success.length, below.failed]).toEqual([MAX_POST_RECORDS - 5, {}]);
    const above = (await client.post('/storage/c', many(MAX_POST_RECORDS + 5))).json;
    expect(above.success).toHaveLength(MAX_POST_RECORDS);
    expect(above.failed).toEqual(
      Object.fromEntries([100, 101, 102, 103, 104].map((index) => [`${index}`, 'retry bso'])),
    );
    const large = (last: number) =>
      Array.from({ length: 10 }, (_, index) => ({
        id: `large-${index}`,
        payload: 'x'.repeat(index < 9 ? MAX_POST_BYTES / 10 : last),
      }));
    expect((await client.post('/storage/c', large(MAX_POST_BYTES / 10))).json.failed).toEqual({});
    expect((await client.post('/storage/c', large(MAX_POST_BYTES / 10 + 1))).json.failed).toEqual({
      'large-9': 'retry bytes',
    });
  });

  test('S21 deletes by ids with dashes, also percent-encoded', async () => {
    const client = subject().client();
    const ids = ['6820f3ca-6e8a-4ff4-8af7-8b3625d7d65', '6820f3ca-6e8a-4ff4-8af7-8b3625d7d66', '{a b}', 'stays'];
    await client.post(
      '/storage/c',
      ids.map((id) => ({ id, payload: 'x' })),
    );
    expect((await client.get(`/storage/c/${encodeURIComponent('{a b}')}`)).json.id).toBe('{a b}');
    await client.delete(`/storage/c?ids=${ids[0]},${ids[1]}`);
    await client.delete(`/storage/c?ids=${encodeURIComponent('{a b},unknown')}`);
    expect((await client.get('/storage/c')).json).toEqual(['stays']);
  });

  test('S24 refuses what is no record, and a list with something else in it', async () => {
    const client = subject().client();
    for (const body of ['"text"', '42', '{"id":["a"],"payload":{"x":1}}', '[]', 'nonsense', '']) {
      const { status, text } = await client.send('PUT', '/storage/c/a', { body });
      expect([status, text], body).toEqual([400, '8']);
    }
    for (const body of ['"text"', '42', '{}', '[{"id":"a"},"text"]', '[{"payload":"x"}]', '[{"id":"a"},{"id":"a"}]']) {
      const { status, text } = await client.send('POST', '/storage/c', { body });
      expect([status, text], body).toEqual([400, '8']);
    }
    const { json } = await client.post('/storage/c', [
      { id: 'a', payload: 'x' },
      { id: 'b', payload: 42 },
    ]);
    expect([json.success, Object.keys(json.failed)]).toEqual([['a'], ['b']]);
    const zero = JSON.stringify({ IV: 'AAAAAAAAAAAAAAAAAAAAAA==', ciphertext: 'x' });
    expect((await client.put('/storage/crypto/keys', { payload: zero })).text).toBe('8');
    expect((await client.post('/storage/crypto', [{ id: 'keys', payload: zero }])).text).toBe('8');
    expect((await client.put('/storage/other/keys', { payload: zero })).status).toBe(200);
  });

  test('S25 refuses records with bad members, alone', async () => {
    const client = subject().client();
    for (const id of ['a\nb', 'a\n', '\na', 'a\tb', '', 'a'.repeat(65), 'ü']) {
      const { status, json } = await client.post('/storage/c', [{ id, payload: 'x' }]);
      expect([status, json.success, Object.keys(json.failed)], JSON.stringify(id)).toEqual([200, [], [id]]);
      if (id === '') continue;
      const put = await client.put(`/storage/c/${encodeURIComponent(id)}`, { payload: 'x' });
      expect([put.status, put.text], JSON.stringify(id)).toEqual([400, '8']);
    }
    for (const members of [
      { sortindex: 'text' },
      { sortindex: '2.6' },
      { sortindex: 2.6 },
      { sortindex: 1_000_000_000 },
      { sortindex: true },
      { payload: 42 },
      { ttl: 'text' },
      { ttl: '4.2' },
      { ttl: 1_000_000_000 },
      { unknown: 1 },
    ]) {
      const { json } = await client.post('/storage/c', [{ id: 'a', payload: 'x', ...members }]);
      expect(Object.keys(json.failed), JSON.stringify(members)).toEqual(['a']);
      const put = await client.put('/storage/c/a', { payload: 'x', ...members });
      expect([put.status, put.text], JSON.stringify(members)).toEqual([400, '8']);
    }
    expect((await client.get('/storage/c')).json).toEqual([]);
    const edges = { id: 'a'.repeat(64), payload: 'x', sortindex: 999_999_999, ttl: 999_999_999, modified: 'any' };
    expect((await client.post('/storage/c', [edges])).json.failed).toEqual({});
  });

  test('S27 what has expired can be made anew, and nothing of it leaks', async () => {
    const client = subject().client();
    await client.put('/storage/c/a', { payload: 'old', sortindex: 7, ttl: 0 });
    expect((await client.get('/storage/c/a')).status).toBe(404);
    const put = await client.put('/storage/c/a', { ttl: 100 }, { 'x-if-unmodified-since': '0' });
    expect((await client.get('/storage/c/a')).text).toBe(`{"id":"a","modified":${put.text},"payload":""}`);
  });

  test('S29 a ttl alone changes neither payload nor time of a record', async () => {
    const { clock } = subject();
    const client = subject().client();
    await client.post('/storage/c', [
      { id: 'kept', payload: 'x', ttl: 10 },
      { id: 'expiring', payload: 'x', ttl: 10 },
    ]);
    clock.advance(1000);
    const touched = await client.put('/storage/c/kept', { ttl: 100 });
    await client.put('/storage/c/expiring', { sortindex: 1 });
    const made = await client.put('/storage/c/made', { ttl: 100 });
    const kept = await client.get('/storage/c/kept');
    expect(kept.json.payload).toBe('x');
    expect(Number(modifiedText(kept))).toBeLessThan(Number(touched.text));
    expect(Number(modifiedText(await client.get('/storage/c/expiring')))).toBeGreaterThan(Number(touched.text));
    expect((await client.get('/storage/c/made')).text).toBe(`{"id":"made","modified":${made.text},"payload":""}`);
    expect((await client.get('/info/collections')).text).toBe(`{"c":${made.text}}`);
    clock.advance(9000);
    expect((await client.get('/storage/c?sort=oldest')).json).toEqual(['kept', 'made']);
  });

  test('S41 a ttl of null never ends', async () => {
    const client = subject().client();
    expect((await client.put('/storage/c/a', { payload: 'x', ttl: null, sortindex: null })).status).toBe(200);
    expect((await client.get('/storage/c')).json).toEqual(['a']);
  });

  test('S43 refuses methods it does not know', async () => {
    const client = subject().client();
    expect((await client.send('PATCH', '/storage/c', { body: '[]' })).status).toBe(405);
    expect((await client.send('PUT', '/storage/c', { body: '[]' })).status).toBe(405);
    expect((await client.send('POST', '/info/collections', { body: '[]' })).status).toBe(405);
  });
}
