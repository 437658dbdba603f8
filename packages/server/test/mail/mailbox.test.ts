import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config/index.js';
import { codeLetter, type Postbox, postbox } from './mail-fixture.js';

interface Mail {
  readonly headers: Record<string, string>;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

async function startedPostbox(): Promise<Postbox & { url: string; read(localPart: string): Promise<Mail[]> }> {
  const box = await postbox();
  await box.mail.start();
  const url = box.mail.mailboxUrl;
  if (url === undefined) throw new Error('the mailbox does not listen');
  const read = async (localPart: string): Promise<Mail[]> => (await fetch(`${url}/mail/${localPart}`)).json();
  return { ...box, url, read };
}

/** A request with any Host header, which fetch does not allow. */
function rawStatus(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/mail/fox`, { headers, setHost: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('GET /mail/<local part>', () => {
  test('gives the mails as soon as their transaction has committed, newest last, with lower-case header names', async () => {
    const { post, read } = await startedPostbox();
    await post(codeLetter({ values: { code: '111111' } }));
    await post(codeLetter({ values: { code: '222222' }, service: 'sync' }));
    const mails = await read('fox');
    expect(mails.map(({ headers }) => headers['x-verify-short-code'])).toEqual(['111111', '222222']);
    const [mail] = mails;
    expect(Object.keys(mail ?? {}).sort()).toEqual(['headers', 'html', 'subject', 'text', 'to']);
    expect(mail).toMatchObject({ to: 'fox@example.org', subject: 'Your Foxden confirmation code' });
    expect(mail?.headers).toMatchObject({
      'x-template-name': 'verifyShortCode',
      'x-uid': 'ab'.repeat(16),
      to: 'fox@example.org',
      subject: 'Your Foxden confirmation code',
      date: 'Sat, 21 Nov 2026 23:05:00 GMT',
    });
    expect(mail?.text).toContain('111111');
    expect(mail?.html).toContain('111111');
    expect(mails[1]?.headers['x-service-id']).toBe('sync');
  });

  test('gives nothing of a transaction that was undone', async () => {
    const { mail, storage, read } = await startedPostbox();
    const undone = storage.transaction(async (tx) => {
      await mail.post(tx, codeLetter());
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await read('fox')).toEqual([]);
  });

  test('still gives them after delivery, which shows them at the console', async () => {
    const { mail, post, read, printed } = await startedPostbox();
    await post(codeLetter());
    await mail.runOnce();
    await mail.runOnce();
    expect(await read('fox')).toHaveLength(1);
    expect(printed).toEqual(['\n  Mail to fox@example.org\n  Your Foxden confirmation code\n  Code: 123456\n\n']);
  });

  test('finds a mail under the local part of every recipient, whatever its case, and under no other', async () => {
    const { post, read } = await startedPostbox();
    await post(codeLetter({ to: 'Fox.One@example.org', cc: ['two_x@example.net', 'three@example.org'] }));
    for (const name of ['fox.one', 'FOX.ONE', 'two_x', 'three']) expect(await read(name), name).toHaveLength(1);
    for (const name of ['one', 'fox', 'fox%25one', 'two%25', 'twoAx', 'x', 'ox.one', '%25']) {
      expect(await read(name), name).toEqual([]);
    }
  });

  test('takes letters beyond ASCII, percent-encoded', async () => {
    const { post, read } = await startedPostbox();
    await post(codeLetter({ to: 'füchs+1@example.org' }));
    expect(await read(encodeURIComponent('füchs+1'))).toHaveLength(1);
  });

  test('gives at most the newest hundred, and housekeeping drops the others', async () => {
    const { mail, storage, post, read } = await startedPostbox();
    for (let n = 1; n <= 103; n += 1) await post(codeLetter({ values: { code: String(n).padStart(6, '0') } }));
    await post(codeLetter({ to: 'vixen@example.org' }));
    const newest = async () => (await read('fox')).map(({ headers }) => Number(headers['x-verify-short-code']));
    expect(await newest()).toEqual(Array.from({ length: 100 }, (_, index) => index + 4));
    await mail.runOnce();
    await mail.prune();
    expect(await newest()).toEqual(Array.from({ length: 100 }, (_, index) => index + 4));
    const { count } = await storage.db
      .selectFrom('outbox')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(101);
  });

  test('forgets mails after seven days, but none that waits to be sent', async () => {
    // Not started: nothing is delivered but by runOnce.
    const { mail, clock, storage, post } = await postbox();
    const kept = async () =>
      (await storage.db.selectFrom('outbox').select('recipient').execute()).map((row) => row.recipient);
    await post(codeLetter());
    await mail.runOnce();
    await post(codeLetter({ to: 'waiting@example.org' }));
    clock.time += 7 * 86_400_000;
    await mail.prune();
    expect(await kept()).toEqual(['fox@example.org', 'waiting@example.org']);
    clock.time += 1;
    await mail.prune();
    expect(await kept()).toEqual(['waiting@example.org']);
  });
});

test('DELETE /mail/<local part> empties it and no other', async () => {
  const { post, read, url } = await startedPostbox();
  await post(codeLetter());
  await post(codeLetter({ to: 'foxy@example.org' }));
  const answer = await fetch(`${url}/mail/fox`, { method: 'DELETE' });
  expect([answer.status, await answer.json()]).toEqual([200, {}]);
  expect(await read('fox')).toEqual([]);
  expect(await read('foxy')).toHaveLength(1);
});

test('the page shows subject and text with everything escaped', async () => {
  const box = await postbox({ siteName: '<script>alert(1)</script>' });
  await box.mail.start();
  await box.post(codeLetter());
  const answer = await fetch(`${box.mail.mailboxUrl}/`);
  const page = await answer.text();
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page).toContain('123456');
  expect(page).toContain('&lt;script&gt;');
  expect(page).not.toContain('<script');
});

describe('what a page on the web can do', () => {
  test('a Host that is not this machine is refused', async () => {
    const { url } = await startedPostbox();
    for (const host of ['evil.example', 'localhost.evil.example:9001', '127.0.0.1.evil.example', '10.0.0.1', '', '#']) {
      expect(await rawStatus(url, { host }), host).toBe(403);
    }
    for (const host of ['localhost', 'LOCALHOST:9001', 'mail.localhost', '127.0.0.1:9001', '127.1.2.3', '[::1]:9001']) {
      expect(await rawStatus(url, { host }), host).toBe(200);
    }
  });

  test('no answer allows another origin to read it', async () => {
    const { url } = await startedPostbox();
    const origin = { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' };
    const answers = await Promise.all([
      fetch(`${url}/mail/fox`, { headers: origin }),
      fetch(`${url}/mail/fox`, { method: 'OPTIONS', headers: origin }),
      fetch(`${url}/`, { headers: origin }),
    ]);
    for (const { headers } of answers) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });
});

test.each([
  ['GET', '/mail', 404],
  ['GET', '/mail/a/b', 404],
  ['GET', '/mail/%ff', 404],
  ['GET', '/elsewhere', 404],
  ['POST', '/mail/fox', 405],
  ['PUT', '/', 405],
])('%s %s answers %i with JSON', async (method, path, status) => {
  const { url } = await startedPostbox();
  const answer = await fetch(`${url}${path}`, { method });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code: status });
});

describe('the listener', () => {
  test('is gone after stop, and absent when switched off', async () => {
    const { mail, url } = await startedPostbox();
    await mail.stop();
    await expect(fetch(`${url}/mail/fox`)).rejects.toThrow();
    expect(mail.mailboxUrl).toBeUndefined();
    const off = await postbox({ mailboxListen: null });
    await off.mail.start();
    expect(off.mail.mailboxUrl).toBeUndefined();
  });

  test('says in one sentence that its address is taken and what to set', async () => {
    const { url } = await startedPostbox();
    const second = await postbox({ mailboxListen: { host: '127.0.0.1', port: Number(new URL(url).port) } });
    const start = second.mail.start();
    await expect(start).rejects.toThrow(ConfigError);
    await expect(start).rejects.toThrow(/another program listens there.*FOXDEN_MAILBOX_LISTEN/);
  });
});

test('without a mailbox, a mail leaves the database once it was shown', async () => {
  const { mail, storage, post, printed } = await postbox({ mailboxListen: null });
  await post(codeLetter());
  await mail.runOnce();
  expect(printed).toHaveLength(1);
  expect(await storage.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
});
