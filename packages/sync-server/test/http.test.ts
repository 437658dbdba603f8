import { makeHawkHeader } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foreignToken, StorageClient, TIME } from './support/storage-client.js';
import { SECRET, type Subject, startSubject } from './support/subject.js';

let subject: Subject;
beforeAll(async () => {
  subject = await startSubject('alone', 'sqlite');
});
afterAll(() => subject.close());

const seconds = () => Math.floor(subject.clock.now() / 1000);
const withToken = (uid: number, token: { id: string; key: string }) =>
  new StorageClient(subject.url, uid, token, () => subject.clock.now());

describe('who may', () => {
  test('a token of another server with the same secret is enough', async () => {
    const client = withToken(7, foreignToken(SECRET, { uid: 7, expires: seconds() + 10.5 }));
    expect((await client.get('/info/collections')).status).toBe(200);
  });

  test('nobody without a good token, and every refusal tells the time', async () => {
    const url = `${subject.url}/1.5/7/info/collections`;
    for (const authorization of ['', 'Bearer x', 'Hawk', 'Hawk id="x"', 'hawk id="x", ts="1", nonce="a", mac="b"']) {
      const response = await fetch(url, { headers: authorization === '' ? {} : { authorization } });
      expect([response.status, await response.text()], authorization).toEqual([401, '0']);
      expect(response.headers.get('x-weave-timestamp')).toMatch(TIME);
    }
    const other = withToken(7, foreignToken('another secret', { uid: 7, expires: seconds() + 100 }));
    expect((await other.get('/info/collections')).status).toBe(401);
    const { id } = foreignToken(SECRET, { uid: 7, expires: seconds() + 100 });
    expect((await withToken(7, { id, key: 'wrong' }).get('/info/collections')).status).toBe(401);
  });

  test('a token is good for its own user only', async () => {
    const client = withToken(8, foreignToken(SECRET, { uid: 7, expires: seconds() + 100 }));
    const { status, text } = await client.get('/info/collections');
    expect([status, text]).toEqual([400, '0']);
    for (const uid of ['abc', '12345678901', '-7', '7.0']) {
      expect((await fetch(`${subject.url}/1.5/${uid}/info/collections`)).status, uid).toBe(404);
    }
  });

  test('an expired token may ask for info/collections, with a query, and nothing else', async () => {
    const expires = seconds();
    const client = withToken(9, foreignToken(SECRET, { uid: 9, expires }));
    expect((await client.get('/info/collections')).status).toBe(200);
    expect((await client.get('/info/collections?v=1.140.0')).status).toBe(200);
    for (const path of ['/info/quota', '/storage/c', '/info/collections/', '/storage/info/collections']) {
      expect((await client.get(path)).status, path).not.toBe(200);
    }
    expect((await client.put('/storage/c/a', { payload: 'x' })).status).toBe(401);
    const inTime = withToken(9, foreignToken(SECRET, { uid: 9, expires: expires + 1 }));
    expect((await inTime.get('/info/quota')).status).toBe(200);
  });

  test('a payload hash is optional, but must be right', async () => {
    const { id, key } = foreignToken(SECRET, { uid: 10, expires: seconds() + 100 });
    const url = `${subject.url}/1.5/10/storage/c/a`;
    const put = async (signed: string, sent: string) => {
      const authorization = await makeHawkHeader({
        id,
        key: Buffer.from(key, 'ascii'),
        ts: 1,
        nonce: 'n',
        method: 'PUT',
        url,
        payload: { contentType: 'application/json', body: signed },
      });
      const headers = { authorization, 'content-type': 'application/json' };
      return (await fetch(url, { method: 'PUT', headers, body: sent })).status;
    };
    expect(await put('{"payload":"x"}', '{"payload":"x"}')).toBe(200);
    expect(await put('{"payload":"x"}', '{"payload":"y"}')).toBe(401);
  });
});

describe('preconditions', () => {
  test('a write to what has changed is refused at the exact edge, and changes nothing', async () => {
    const client = subject.client();
    const time = (await client.put('/storage/c/a', { payload: 'one' })).text;
    const early = { 'x-if-unmodified-since': (Number(time) - 0.01).toFixed(2) };
    for (const refused of [
      await client.put('/storage/c/a', { payload: 'two' }, early),
      await client.post('/storage/c', [{ id: 'a', payload: 'two' }], early),
      await client.post('/storage/c?batch=true', [{ id: 'a', payload: 'two' }], early),
      await client.delete('/storage/c/a', early),
      await client.delete('/storage/c', early),
      await client.delete('/storage', early),
      await client.get('/storage/c/a', early),
      await client.get('/storage/c', early),
      await client.get('/info/collections', early),
    ]) {
      expect([refused.status, refused.text, refused.lastModified]).toEqual([412, '0', time]);
    }
    expect((await client.get('/storage/c/a')).json.payload).toBe('one');
    const exact = { 'x-if-unmodified-since': time };
    expect((await client.put('/storage/c/a', { payload: 'two' }, exact)).status).toBe(200);
  });

  test('0 means that nothing is there yet; unchanged is 304', async () => {
    const client = subject.client();
    const create = { 'x-if-unmodified-since': '0' };
    const created = await client.put('/storage/c/a', { payload: 'x' }, create);
    expect(created.status).toBe(200);
    expect((await client.put('/storage/c/a', { payload: 'x' }, create)).status).toBe(412);
    expect((await client.put('/storage/c/b', { payload: 'x' }, create)).status).toBe(200);
    const since = { 'x-if-modified-since': (await client.get('/storage/c')).lastModified ?? '' };
    for (const path of ['/storage/c', '/info/collections', '/info/quota']) {
      expect((await client.get(path, since)).status).toBe(304);
    }
    expect((await client.put('/storage/c/c', { payload: 'x' }, since)).status).toBe(200);
  });

  test('both at once are refused, also where neither matters', async () => {
    const both = { 'x-if-modified-since': '1', 'x-if-unmodified-since': '1' };
    expect((await subject.client().get('/storage/c', both)).status).toBe(400);
    const wrong = { 'x-if-unmodified-since': '1' };
    expect((await subject.client().get('/info/configuration', wrong)).status).toBe(200);
  });
});

describe('limits', () => {
  test('info/configuration tells those of the reference server', async () => {
    expect((await subject.client().get('/info/configuration')).json).toEqual({
      max_post_bytes: 2_621_440,
      max_post_records: 100,
      max_record_payload_bytes: 2_621_440,
      max_request_bytes: 2_625_536,
      max_total_bytes: 262_144_000,
      max_total_records: 10_000,
      max_quota_limit: 2_097_152_000,
    });
  });

  test.each([
    ['x-weave-records', 100],
    ['x-weave-bytes', 2_621_440],
    ['x-weave-total-records', 10_000],
    ['x-weave-total-bytes', 262_144_000],
  ])('%s may announce %d and no more', async (header, limit) => {
    const client = subject.client();
    const post = async (value: string) => {
      const { status, text } = await client.post('/storage/c', [], { [header]: value });
      return status === 200 ? 200 : `${status} ${text}`;
    };
    expect(await post(`${limit}`)).toBe(200);
    expect(await post(`${limit + 1}`)).toBe('400 17');
    for (const bad of ['-1', 'x', '1.5']) expect(await post(bad)).toBe('400 0');
  });

  test('a body may be as large as the limit; a larger one is not read', async () => {
    const client = subject.client();
    const body = (size: number) => {
      const payload = 'x'.repeat(2_621_440);
      const text = JSON.stringify({ payload });
      return text + ' '.repeat(size - text.length);
    };
    expect((await client.send('PUT', '/storage/c/a', { body: body(2_625_536) })).status).toBe(200);
    const { status, text } = await client.send('PUT', '/storage/c/a', { body: body(2_625_537) });
    expect([status, text]).toEqual([413, '17']);
  });

  test('a record may be as large as the limit', async () => {
    const client = subject.client();
    const put = (size: number) => client.put('/storage/c/a', { payload: 'x'.repeat(size) });
    expect((await put(2_621_440)).status).toBe(200);
    const { status, text } = await put(2_621_441);
    expect([status, text]).toEqual([400, '8']);
    const { json } = await client.post('/storage/c', [{ id: 'b', payload: 'x'.repeat(2_621_441) }]);
    expect(json.failed).toEqual({ b: 'retry bytes' });
  });

  test('a page ends before its payloads are too much for the memory, and the next one goes on', async () => {
    const client = subject.client();
    const payload = 'x'.repeat(2_000_000);
    for (let index = 0; index < 10; index++) await client.put(`/storage/c/${index}`, { payload });
    const first = await client.get('/storage/c?full=1&sort=oldest');
    const next = first.headers.get('x-weave-next-offset');
    expect([first.json.length, next]).toEqual([8, '8']);
    const second = await client.get(`/storage/c?full=1&sort=oldest&offset=${next}`);
    expect(second.json.map(({ id }: { id: string }) => id)).toEqual(['8', '9']);
    expect(second.headers.get('x-weave-next-offset')).toBeNull();
  });
});

describe('small limits', () => {
  let small: Subject;
  beforeAll(async () => {
    small = await startSubject('alone', 'sqlite', {
      syncMaxPostRecords: 2,
      syncMaxPostBytes: 600_000,
      syncQuotaMegabytes: 1,
      syncTokenSeconds: 60,
    });
  });
  afterAll(() => small.close());

  test('a quota holds at its edge, and an upload beyond it changes nothing', async () => {
    const client = small.client();
    const half = 'x'.repeat(512 * 1024);
    await client.put('/storage/c/a', { payload: half });
    await client.put('/storage/c/b', { payload: half });
    expect((await client.get('/info/quota')).json).toEqual([1024, 1024]);
    expect((await client.get('/info/configuration')).json.max_quota_limit).toBe(1024 * 1024);
    for (const refused of [
      await client.put('/storage/c/c', { payload: 'x' }),
      await client.post('/storage/c', [{ id: 'c', payload: 'x' }]),
    ]) {
      expect([refused.status, refused.text]).toEqual([403, '14']);
    }
    const { json } = await client.post('/storage/c?batch=true', [{ id: 'c', payload: 'x' }]);
    const commit = await client.post(`/storage/c?batch=${encodeURIComponent(json.batch)}&commit=true`, []);
    expect([commit.status, commit.text]).toEqual([403, '14']);
    expect((await client.get('/storage/c?sort=oldest')).json).toEqual(['a', 'b']);
    await client.delete('/storage/c/a');
    expect((await client.put('/storage/c/c', { payload: 'x' })).status).toBe(200);
  });

  test('a batch may have so many records and no more', async () => {
    const client = small.client();
    const { json } = await client.post('/storage/c?batch=true', []);
    const path = `/storage/c?batch=${encodeURIComponent(json.batch)}`;
    for (let index = 0; index < 100; index++) {
      const added = await client.post(path, [{ id: `${index}a` }, { id: `${index}b` }]);
      expect(added.status).toBe(202);
    }
    const { status, text } = await client.post(path, [{ id: 'one more' }]);
    expect([status, text]).toEqual([400, '17']);
    expect((await client.post(`${path}&commit=true`, [])).status).toBe(200);
    expect((await client.get('/storage/c')).json).toHaveLength(200);
  });
});

describe('the rest', () => {
  test('pages of any origin may ask, and read the times', async () => {
    const origin = 'https://app.example.com';
    const preflight = await fetch(`${subject.url}/1.5/1/storage/c`, { method: 'OPTIONS', headers: { origin } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('DELETE, GET, POST, PUT');
    expect(preflight.headers.get('access-control-max-age')).toBe('1728000');
    const answer = await subject.client().get('/info/collections', { origin });
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Last-Modified');
  });

  test('tells load balancers how it is', async () => {
    const get = async (path: string) => {
      const response = await fetch(subject.url + path);
      return [response.status, await response.json()];
    };
    expect(await get('/__lbheartbeat__')).toEqual([200, {}]);
    expect(await get('/__heartbeat__')).toMatchObject([
      200,
      { status: 'Ok', database: 'Ok', quota: { enabled: false } },
    ]);
    expect(await get('/__version__')).toMatchObject([200, { version: expect.stringMatching(/^\d/) }]);
  });

  test('a URL that cannot be decoded is a bad request', async () => {
    const response = await fetch(`${subject.url}/1.5/1/storage/%E0%A4%A`);
    expect([response.status, await response.text()]).toEqual([400, '0']);
    expect(response.headers.get('x-weave-timestamp')).toMatch(TIME);
  });

  test('time never stands still or goes back, even when the clock does', async () => {
    const client = subject.client();
    const times: number[] = [];
    for (const step of [0, 0, -3_600_000, 0, 10, -5]) {
      subject.clock.advance(step);
      times.push(Number((await client.put('/storage/c/a', { payload: 'x' })).text));
    }
    times.push(Number((await client.delete('/storage')).lastModified));
    times.push(Number((await client.put('/storage/c/a', { payload: 'x' })).text));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    const read = await client.get('/storage/c/a');
    expect(Number(read.headers.get('x-weave-timestamp'))).toBeGreaterThanOrEqual(Number(read.lastModified));
  });

  test('logs routes, and no token, id or payload', async () => {
    const client = subject.client();
    await client.put('/storage/secretcollection/secretid', { payload: 'secretpayload' });
    await client.get('/storage/secretcollection?ids=secretid');
    await new Promise((resolve) => setImmediate(resolve));
    const log = subject.log.join('');
    expect(log).toContain('sync.request');
    expect(log).not.toMatch(/secret|Hawk|eyJ/);
  });
});
