import { expect, test } from 'vitest';
import { modifiedText, type StorageAnswer, TIME } from '../support/storage-client.js';
import type { Subject } from '../support/subject.js';

const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => String(from + index).padStart(2, '0'));

const records = (from: number, count: number, members: object = {}) =>
  ids(from, count).map((id) => ({ id, payload: `payload ${id}`, ...members }));

/** Times of a list of records, as they were written. */
const times = ({ text }: StorageAnswer): string[] =>
  [...text.matchAll(/"modified":([^,}]*)/g)].map(([, time = '']) => time);

/** Cases of sync §7.1 about reading. */
export function readingConformance(subject: () => Subject): void {
  test('S01 info/collections has the times of the POSTs, and moves with each', async () => {
    const client = subject().client();
    const first = modifiedText(await client.post('/storage/one', records(0, 3)));
    const second = modifiedText(await client.post('/storage/two', records(0, 5)));
    const info = await client.get('/info/collections');
    expect(info.text).toBe(`{"one":${first},"two":${second}}`);
    expect(info.headers.get('x-weave-records')).toBe('2');
    const third = modifiedText(await client.post('/storage/one', records(0, 1)));
    expect((await client.get('/info/collections')).text).toBe(`{"one":${third},"two":${second}}`);
    expect(Number(third)).toBeGreaterThan(Number(second));
    expect(Number(second)).toBeGreaterThan(Number(first));
  });

  test('S02 info/collection_counts counts', async () => {
    const client = subject().client();
    await client.post('/storage/one', records(0, 3));
    await client.post('/storage/two', records(0, 5));
    expect((await client.get('/info/collection_counts')).json).toEqual({ one: 3, two: 5 });
  });

  test('S03 a new collection is there at once', async () => {
    const client = subject().client();
    await client.put('/storage/one/a', { payload: 'x' });
    expect(Object.keys((await client.get('/info/collections')).json)).toEqual(['one']);
    await client.put('/storage/brand.new-1/a', { payload: 'x' });
    expect(Object.keys((await client.get('/info/collections')).json).sort()).toEqual(['brand.new-1', 'one']);
  });

  test('S04 lists nothing for an unknown collection, known ids only, and strictly newer and older', async () => {
    const client = subject().client();
    expect((await client.get('/storage/nothing')).json).toEqual([]);
    const a = (await client.put('/storage/c/a', { payload: 'x' })).text;
    subject().clock.advance(1000);
    const b = (await client.put('/storage/c/b', { payload: 'x' })).text;
    const list = async (query: string) => (await client.get(`/storage/c?sort=oldest&${query}`)).json;
    expect(await list('ids=a,unknown')).toEqual(['a']);
    const before = (time: string) => (Number(time) - 0.01).toFixed(2);
    expect(await list(`newer=${before(a)}`)).toEqual(['a', 'b']);
    expect(await list(`newer=${a}`)).toEqual(['b']);
    expect(await list(`newer=${before(b)}`)).toEqual(['b']);
    expect(await list(`newer=${b}`)).toEqual([]);
    expect(await list(`older=${a}`)).toEqual([]);
    expect(await list(`older=${b}`)).toEqual(['a']);
    expect(await list(`newer=${before(a)}&older=${b}`)).toEqual(['a']);
    expect(await list(`newer=${a}&older=${b}`)).toEqual([]);
  });

  test('S05 pages fit together in every order', async () => {
    const client = subject().client();
    for (const [index, id] of ids(0, 10).entries()) {
      await client.post('/storage/c', [{ id, payload: 'x', sortindex: (index * 7) % 10 }]);
    }
    for (const sort of ['&sort=index', '&sort=newest', '&sort=oldest', '']) {
      const whole = (await client.get(`/storage/c?full=1${sort}`)).json;
      expect(whole).toHaveLength(10);
      const collected = [];
      let offset = '';
      for (const limit of [2, 3, 5, 10_000]) {
        const page = await client.get(`/storage/c?full=1&limit=${limit}${sort}${offset}`);
        collected.push(...page.json);
        expect(page.headers.get('x-weave-records')).toBe(String(page.json.length));
        const next = page.headers.get('x-weave-next-offset');
        if (next === null) break;
        expect(next).toMatch(/^[\w-]+$/);
        offset = `&offset=${encodeURIComponent(next)}`;
      }
      expect(collected, sort).toEqual(whole);
    }
    await client.put('/storage/plain/a', { payload: 'x' });
    expect(Object.keys((await client.get('/storage/plain?full=1')).json[0] ?? {})).toEqual([
      'id',
      'modified',
      'payload',
    ]);
  });

  test('S06 sorts by time and by index', async () => {
    const client = subject().client();
    for (const [id, sortindex] of Object.entries({ first: -1, second: 34, third: 12 })) {
      await client.put(`/storage/c/${id}`, { payload: 'x', sortindex });
    }
    await client.put('/storage/c/unset', { payload: 'x' });
    expect((await client.get('/storage/c?sort=newest')).json).toEqual(['unset', 'third', 'second', 'first']);
    expect((await client.get('/storage/c?sort=oldest')).json).toEqual(['first', 'second', 'third', 'unset']);
    expect((await client.get('/storage/c?sort=index')).json).toEqual(['second', 'third', 'first', 'unset']);
  });

  test('S07 answers JSON or lines, as it is asked', async () => {
    const client = subject().client();
    await client.post('/storage/c', records(0, 2));
    const asked = async (accept: string) => {
      const { status, headers, text } = await client.get('/storage/c?sort=oldest', { accept });
      return [status, headers.get('content-type'), text];
    };
    const asJson = [200, 'application/json', '["00","01"]'];
    expect(await asked('application/json')).toEqual(asJson);
    expect(await asked('*/*')).toEqual(asJson);
    expect(await asked('application/json;q=0.9,*/*;q=0.2')).toEqual(asJson);
    expect(await asked('application/newlines')).toEqual([200, 'application/newlines', '"00"\n"01"\n']);
    expect(await asked('application/json;q=0.1, application/newlines;q=0.2')).toEqual([
      200,
      'application/newlines',
      '"00"\n"01"\n',
    ]);
    expect(await asked('x/yy')).toEqual([406, 'application/json', '0']);
  });

  test('S08 reads a record, unless it is not there or not newer', async () => {
    const client = subject().client();
    const time = (await client.put('/storage/c/a', { payload: 'x' })).text;
    const found = await client.get('/storage/c/a');
    expect(found.text).toBe(`{"id":"a","modified":${time},"payload":"x"}`);
    expect(found.lastModified).toBe(time);
    const missing = await client.get('/storage/c/b');
    expect([missing.status, missing.text]).toEqual([404, '0']);
    const since = async (header: string) => {
      const { status, text, lastModified } = await client.get('/storage/c/a', { 'x-if-modified-since': header });
      return [status, status === 200 ? '' : text, lastModified];
    };
    expect(await since(time)).toEqual([304, '', time]);
    expect(await since((Number(time) + 5).toFixed(2))).toEqual([304, '', time]);
    expect(await since((Number(time) - 0.01).toFixed(2))).toEqual([200, '', time]);
  });

  test('S13 measures collections in kilobytes', async () => {
    const client = subject().client();
    await client.post('/storage/c', [
      { id: 'a', payload: 'x'.repeat(512) },
      { id: 'b', payload: 'é'.repeat(256) },
    ]);
    await client.put('/storage/d/a', { payload: 'x'.repeat(2048) });
    const usage = (await client.get('/info/collection_usage')).numbers;
    expect(usage['c']).toBeCloseTo(1, 2);
    expect(usage['d']).toBeCloseTo(2, 2);
  });

  test('S16 X-Weave-Timestamp is the time of the server', async () => {
    const client = subject().client();
    const now = subject().clock.now() / 1000;
    for (const answer of [
      await client.get('/info/collections'),
      await client.put('/storage/c/a', { payload: 'x' }),
      await client.post('/storage/c', records(0, 1)),
      await client.get('/storage/c/missing'),
    ]) {
      const time = answer.headers.get('x-weave-timestamp') ?? '';
      expect(time).toMatch(TIME);
      expect(Number(time)).toBeGreaterThanOrEqual(now);
      expect(Number(time)).toBeLessThan(now + 1);
    }
  });

  test('S17 info/quota grows by what is stored', async () => {
    const client = subject().client();
    const used = async () => (await client.get('/info/quota')).json;
    expect(await used()).toEqual([0, null]);
    await client.put('/storage/c/a', { payload: 'x'.repeat(1536) });
    expect(await used()).toEqual([1.5, null]);
  });

  test('S20 refuses numbers that are none; ids may be unknown, and so may parameters', async () => {
    const client = subject().client();
    for (const query of ['newer=abc', 'older=1.2.3', 'limit=x', 'sort=size', 'offset=zz', 'newer=NaN', 'older=1e3']) {
      const { status, text } = await client.get(`/storage/c?${query}`);
      expect([status, text], query).toEqual([400, '0']);
    }
    const unknown = Array.from({ length: 100 }, (_, index) => `random-${index}`).join(',');
    expect((await client.get(`/storage/c?ids=${unknown}`)).json).toEqual([]);
    expect((await client.get('/storage/c?nobody=knows')).status).toBe(200);
  });

  test('S22 times have two decimals, and newer takes them as they are', async () => {
    const client = subject().client();
    const written: string[] = [];
    for (const id of ids(0, 5)) written.push((await client.put(`/storage/c/${id}`, { payload: 'x' })).text);
    const all = await client.get('/storage/c?full=1&sort=oldest');
    expect(times(all)).toEqual(written);
    for (const time of written) expect(time).toMatch(TIME);
    const last = await client.get(`/storage/c?full=1&sort=oldest&newer=${written[2]}`);
    expect(times(last)).toEqual(written.slice(3));
    expect((await client.get(`/storage/c?newer=${Number(written[2])}`)).json).toHaveLength(2);
    expect((await client.get(`/storage/c?newer=${written[2]}9`)).json).toHaveLength(2);
  });

  test('S23 newer than a POST has none of it and all of the next', async () => {
    const client = subject().client();
    const time = modifiedText(await client.post('/storage/c', records(0, 5)));
    await client.post('/storage/c', records(5, 5));
    expect((await client.get(`/storage/c?newer=${time}&sort=oldest`)).json).toEqual(ids(5, 5));
  });

  test('S26 takes a hundred ids and not one more', async () => {
    const client = subject().client();
    const asked = async (count: number) =>
      (await client.get(`/storage/c?ids=${Array.from({ length: count }, (_, index) => index).join(',')}`)).status;
    expect([await asked(99), await asked(100), await asked(101)]).toEqual([200, 200, 400]);
  });

  test('S28 X-Last-Modified is on every success', async () => {
    const client = subject().client();
    const time = (await client.put('/storage/c/a', { payload: 'x' })).text;
    for (const path of [
      '/info/collections',
      '/info/collection_counts',
      '/info/collection_usage',
      '/info/quota',
      '/storage/c',
      '/storage/c/a',
    ]) {
      expect((await client.get(path)).lastModified, path).toBe(time);
    }
    expect((await client.get('/info/configuration')).lastModified).toBe('0.00');
  });

  test('S30 refuses negative times and numbers, but for sortindex', async () => {
    const client = subject().client();
    const statuses = [
      (await client.put('/storage/c/a', { payload: 'x', ttl: -1 })).status,
      (await client.get('/storage/c?limit=-1')).status,
      (await client.get('/storage/c', { 'x-if-modified-since': '-3' })).status,
      (await client.put('/storage/c/a', { payload: 'x' }, { 'x-if-unmodified-since': '-3' })).status,
      (await client.put('/storage/c/a', { payload: 'x', sortindex: -42 })).status,
    ];
    expect(statuses).toEqual([400, 400, 400, 400, 200]);
  });

  test('S31 meta/global comes and is as it was put', async () => {
    const client = subject().client();
    expect((await client.get('/storage/meta/global')).status).toBe(404);
    expect((await client.get('/storage/meta')).json).toEqual([]);
    const put = await client.put('/storage/meta/global', { id: 'global', payload: 'x', modified: 12 });
    expect((await client.get('/storage/meta')).json).toEqual(['global']);
    const { text } = await client.get('/storage/meta/global');
    expect(text).toBe(`{"id":"global","modified":${put.headers.get('x-weave-timestamp')},"payload":"x"}`);
    expect(put.text).toMatch(TIME);
    expect([put.lastModified, put.headers.get('x-weave-timestamp')]).toEqual([put.text, put.text]);
  });

  test('S32 an unknown path is 404, as JSON', async () => {
    const client = subject().client();
    for (const path of ['/nothing/here', '/storage/in valid', '/storage/c/a/b', `/storage/${'c'.repeat(33)}`]) {
      const { status, headers, text } = await client.get(path.replaceAll(' ', '%20'));
      expect([status, headers.get('content-type'), text], path).toEqual([404, 'application/json', '0']);
    }
  });

  test('S33 shows no ttl and nothing of its own', async () => {
    const client = subject().client();
    await client.put('/storage/c/a', { payload: 'x', ttl: 100, sortindex: 3 });
    const keys = ['id', 'modified', 'payload', 'sortindex'];
    expect(Object.keys((await client.get('/storage/c/a')).json)).toEqual(keys);
    expect(Object.keys((await client.get('/storage/c?full=1')).json[0] ?? {})).toEqual(keys);
  });

  test('S34 pages by time are in order, and have every later record once', async () => {
    const client = subject().client();
    const posted: string[] = [];
    for (const start of [0, 4, 8]) posted.push(modifiedText(await client.post('/storage/c', records(start, 4))));
    for (const [index, newer] of posted.entries()) {
      for (const limit of [2, 3, 4, 5, 6]) {
        const seen: string[] = [];
        const seenTimes: string[] = [];
        for (let offset: string | null = '0'; offset !== null; ) {
          const page: StorageAnswer = await client.get(
            `/storage/c?full=1&sort=oldest&newer=${newer}&limit=${limit}&offset=${offset}`,
          );
          seen.push(...page.json.map(({ id }: { id: string }) => id));
          seenTimes.push(...times(page));
          offset = page.headers.get('x-weave-next-offset');
        }
        expect(seen).toEqual(ids(0, 12).slice((index + 1) * 4));
        expect(seenTimes).toEqual([...seenTimes].sort());
      }
    }
  });

  test.each([99, 100, 101])('%d records are read whole, and at the time of their collection', async (count) => {
    const client = subject().client();
    await client.post('/storage/c', records(0, Math.min(count, 100)));
    if (count > 100) await client.post('/storage/c', records(100, count - 100));
    // Later than any record that is left.
    await client.put('/storage/c/gone', { payload: 'x' });
    const { lastModified } = await client.delete('/storage/c?ids=gone');
    for (const query of ['full=1', 'full=1&limit=100', 'full=1&newer=0', 'full=1&limit=101']) {
      const page = await client.get(`/storage/c?sort=oldest&${query}`);
      const cut = query.endsWith('=100') && count > 100;
      expect(page.json.map(({ id }: { id: string }) => id)).toEqual(ids(0, cut ? 100 : count));
      expect(page.headers.get('x-weave-next-offset') !== null).toBe(cut);
      expect(page.lastModified).toBe(lastModified);
    }
    expect((await client.get(`/storage/c?full=1&newer=${lastModified}`)).lastModified).toBe(lastModified);
  });
}
