import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLoop } from '../../src/mail/delivery/loop.js';
import { mailIds } from '../../src/mail/outbox/mail-id.js';
import { openStorage } from '../../src/storage/index.js';
import { afterTest, codeLetter, type Postbox, postbox, StillClock } from './mail-fixture.js';
import { CERTIFICATE, smtpServer } from './smtp-fixture.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const smtpUrl = (port: number, scheme = 'smtp'): string => `${scheme}://127.0.0.1:${port}`;
const rows = ({ storage }: Postbox) => storage.db.selectFrom('outbox').selectAll().execute();
const closedPort = async (): Promise<number> => {
  const { port, close } = await smtpServer();
  await close();
  return port;
};

describe('delivery by SMTP', () => {
  test('sends both parts with all headers to every recipient, and keeps nothing of it', async () => {
    const smtp = await smtpServer();
    const box = await postbox({ smtpUrl: smtpUrl(smtp.port), mailboxListen: null, siteName: 'Fox Den' });
    await box.post(codeLetter({ cc: ['second@example.net'] }));
    await box.mail.runOnce();
    expect(smtp.delivered).toHaveLength(1);
    const [sent] = smtp.delivered;
    expect(sent).toMatchObject({
      from: 'accounts@localhost',
      recipients: ['fox@example.org', 'second@example.net'],
      secure: false,
      user: undefined,
    });
    for (const header of [
      'From: Fox Den <accounts@localhost>',
      'To: fox@example.org',
      'Cc: second@example.net',
      'Subject: Your Fox Den confirmation code',
      'X-Verify-Short-Code: 123456',
      'X-Template-Name: verifyShortCode',
      'Auto-Submitted: auto-generated',
      'Date: Sat, 21 Nov 2026 23:05:00 +0000',
    ]) {
      expect(sent?.message.split('\r\n')).toContain(header);
    }
    expect(sent?.message).toMatch(/^Message-ID: <[0-9a-f]{32}@localhost>\r$/m);
    expect(sent?.message).toMatch(/Content-Type: text\/plain.*123456.*Content-Type: text\/html.*123456/s);
    expect(await rows(box)).toEqual([]);
    expect(box.printed).toEqual([]);
  });

  test('upgrades by STARTTLS and signs in when the server offers it and its certificate is right', async () => {
    const smtp = await smtpServer({
      disabledCommands: [],
      authOptional: false,
      onAuth: ({ username, password }, _session, callback) =>
        password === 'p@ss' ? callback(null, { user: username }) : callback(new Error('no')),
    });
    const box = await postbox(
      { smtpUrl: `smtp://fox:p%40ss@localhost:${smtp.port}`, mailboxListen: null },
      { trustedCertificates: CERTIFICATE },
    );
    await box.post(codeLetter());
    await box.mail.runOnce();
    expect(smtp.delivered).toMatchObject([{ secure: true, user: 'fox' }]);
  });

  test('speaks TLS from the start for smtps', async () => {
    const smtp = await smtpServer({ secure: true });
    const box = await postbox(
      { smtpUrl: smtpUrl(smtp.port, 'smtps'), mailboxListen: null },
      { trustedCertificates: CERTIFICATE },
    );
    await box.post(codeLetter());
    await box.mail.runOnce();
    expect(smtp.delivered).toMatchObject([{ secure: true }]);
  });

  test('sends nothing, and nothing in the clear, to a server whose certificate is not trusted', async () => {
    const smtp = await smtpServer({ disabledCommands: [] });
    const box = await postbox({ smtpUrl: smtpUrl(smtp.port), mailboxListen: null });
    await box.post(codeLetter());
    await box.mail.runOnce();
    expect(smtp.delivered).toEqual([]);
    expect(await rows(box)).toMatchObject([{ attempts: 1, nextAttemptAt: box.clock.time + 10 * SECOND }]);
  });

  test('cannot be made to add a recipient or a header', async () => {
    const smtp = await smtpServer();
    const box = await postbox({ smtpUrl: smtpUrl(smtp.port), mailboxListen: null });
    await box.post(codeLetter({ service: 'sync\r\nBcc: evil@example.com', to: 'fox@example.org' }));
    await box.mail.runOnce();
    expect(smtp.delivered[0]?.recipients).toEqual(['fox@example.org']);
    expect(smtp.delivered[0]?.message).toContain('X-Service-ID: sync Bcc: evil@example.com');
  });
});

describe('failures', () => {
  test('a recipient that is refused for good is given up at once: the reason stays, the code does not', async () => {
    const smtp = await smtpServer({
      onRcptTo: (_address, _session, callback) =>
        callback(Object.assign(new Error('no such fox@example.org'), { responseCode: 550 })),
    });
    const box = await postbox({ smtpUrl: smtpUrl(smtp.port), mailboxListen: null });
    await box.post(codeLetter());
    await box.mail.runOnce();
    const [row] = await rows(box);
    expect(row).toMatchObject({ nextAttemptAt: null, sentAt: null, attempts: 1 });
    expect(row?.lastError).toContain('550');
    expect(JSON.stringify(row)).not.toContain('123456');
    expect(box.log.lines).toHaveLength(1);
    expect(box.log.lines[0]).toMatch(/^mail\.givenUp .*"reason":"EENVELOPE RCPT TO 550"/);
    expect(box.log.lines[0]).not.toContain('fox@');
  });

  test('a recipient that is refused for now is tried again', async () => {
    let attempts = 0;
    const smtp = await smtpServer({
      onRcptTo: (_address, _session, callback) => {
        attempts += 1;
        if (attempts > 1) return callback();
        callback(Object.assign(new Error('greylisted'), { responseCode: 451 }));
      },
    });
    const box = await postbox({ smtpUrl: smtpUrl(smtp.port), mailboxListen: null });
    await box.post(codeLetter());
    await box.mail.runOnce();
    box.clock.time += 10 * SECOND - 1;
    await box.mail.runOnce();
    expect(attempts).toBe(1);
    box.clock.time += 1;
    await box.mail.runOnce();
    expect(smtp.delivered).toHaveLength(1);
    expect(await rows(box)).toEqual([]);
  });

  test('a wrong password for the mail server loses no mail: somebody may correct it', async () => {
    const smtp = await smtpServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(new Error('wrong')),
    });
    const box = await postbox({ smtpUrl: `smtp://fox:wrong@127.0.0.1:${smtp.port}`, mailboxListen: null });
    await box.post(codeLetter());
    await box.mail.runOnce();
    expect(await rows(box)).toMatchObject([{ nextAttemptAt: box.clock.time + 10 * SECOND }]);
  });

  test('an outage is waited out with growing pauses, and the mail arrives once when it ends', async () => {
    const port = await closedPort();
    const box = await postbox({ smtpUrl: smtpUrl(port), mailboxListen: null });
    await box.post(codeLetter());
    for (const pause of [10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 2 * HOUR]) {
      await box.mail.runOnce();
      expect((await rows(box))[0]?.nextAttemptAt).toBe(box.clock.time + pause);
      box.clock.time += pause;
    }
    const smtp = await smtpServer({}, port);
    await box.mail.runOnce();
    await box.mail.runOnce();
    expect(smtp.delivered).toHaveLength(1);
    expect(smtp.delivered[0]?.message).toContain('Date: Sat, 21 Nov 2026 23:05:00 +0000');
  });

  test('a mail server that restarts between two mails gets the second one too', async () => {
    const first = await smtpServer();
    const box = await postbox({ smtpUrl: smtpUrl(first.port), mailboxListen: null });
    await box.post(codeLetter());
    await box.mail.runOnce();
    await first.close();
    const second = await smtpServer({}, first.port);
    await box.post(codeLetter());
    await box.mail.runOnce();
    expect([first.delivered.length, second.delivered.length]).toEqual([1, 1]);
  });

  test('an outage of a day ends in giving up, before the mail is older than that', async () => {
    const box = await postbox({ smtpUrl: smtpUrl(await closedPort()), mailboxListen: null });
    await box.post(codeLetter());
    const writtenAt = box.clock.time;
    let attempts = 0;
    for (;;) {
      await box.mail.runOnce();
      attempts += 1;
      const next = (await rows(box))[0]?.nextAttemptAt ?? null;
      if (next === null) break;
      box.clock.time = next;
    }
    expect(attempts).toBe(16);
    expect(box.clock.time - writtenAt).toBeLessThanOrEqual(24 * HOUR);
    expect(box.clock.time - writtenAt).toBeGreaterThan(22 * HOUR);
    expect((await rows(box))[0]).toMatchObject({ text: '', html: '', headers: '{}' });
  });
});

describe('two processes on one outbox', () => {
  test('send every mail once', async () => {
    const smtp = await smtpServer();
    const folder = mkdtempSync(join(tmpdir(), 'foxden-outbox-'));
    afterTest(async () => rmSync(folder, { recursive: true }));
    const boxes = await Promise.all(
      [1, 2].map(async () => {
        const storage = await openStorage(`sqlite:${join(folder, 'foxden.db')}`);
        afterTest(() => storage.close());
        return postbox({ smtpUrl: smtpUrl(smtp.port), mailboxListen: null }, { storage });
      }),
    );
    const codes = Array.from({ length: 30 }, (_, n) => String(100_000 + n));
    for (const code of codes) await boxes[0]?.post(codeLetter({ values: { code } }));
    await Promise.all(boxes.map(({ mail }) => mail.runOnce()));
    const sent = smtp.delivered.map(({ message }) => /X-Verify-Short-Code: (\d+)/.exec(message)?.[1]);
    expect(sent.sort()).toEqual(codes);
  });

  test('a mail that a dying process had in hand is sent by another after ten minutes', async () => {
    const box = await postbox({ mailboxListen: null });
    await box.post(codeLetter());
    await box.storage.db
      .updateTable('outbox')
      .set({ nextAttemptAt: box.clock.time + 10 * MINUTE, attempts: 1 })
      .execute();
    await box.mail.runOnce();
    expect(box.printed).toEqual([]);
    box.clock.time += 10 * MINUTE;
    await box.mail.runOnce();
    expect(box.printed).toHaveLength(1);
  });
});

describe('started delivery', () => {
  test('sends what waited at the start, and what is posted later when woken', async () => {
    const shown: (() => void)[] = [];
    const box = await postbox({ mailboxListen: null });
    const next = () => new Promise<void>((resolve) => shown.push(resolve));
    const push = box.printed.push.bind(box.printed);
    box.printed.push = (...texts: string[]) => {
      for (const resolve of shown.splice(0)) resolve();
      return push(...texts);
    };
    await box.post(codeLetter());
    const first = next();
    await box.mail.start();
    await first;
    await box.post(codeLetter());
    const second = next();
    box.mail.wake();
    await second;
    await box.mail.stop();
    await box.post(codeLetter());
    box.mail.wake();
    expect(box.printed).toHaveLength(2);
  });

  test('stop waits for the work in hand, and a wake during it makes one more round', async () => {
    const gates: (() => void)[] = [];
    let begun: () => void = () => {};
    const began = () =>
      new Promise<void>((resolve) => {
        begun = resolve;
      });
    let rounds = 0;
    const loop = createLoop(async () => {
      rounds += 1;
      begun();
      await new Promise<void>((resolve) => gates.push(resolve));
      return 3_600_000;
    });
    const firstRound = began();
    loop.start();
    await firstRound;
    loop.wake();
    loop.wake();
    const secondRound = began();
    gates.shift()?.();
    await secondRound;
    let stopped = false;
    loop.wake();
    const stop = loop.stop().then(() => {
      stopped = true;
    });
    await Promise.resolve();
    expect(stopped).toBe(false);
    gates.shift()?.();
    await stop;
    expect(rounds).toBe(2);
  });
});

test('ids sort by creation, also within a millisecond and when the clock goes back', () => {
  const clock = new StillClock();
  const nextId = mailIds(clock, { bytes: (length) => new Uint8Array(length).fill(Math.random() * 256) });
  const ids: string[] = [];
  for (let n = 0; n < 70_000; n += 1) {
    if (n === 69_000) clock.time -= 5000;
    if (n === 69_500) clock.time += 60_000;
    ids.push(Buffer.from(nextId()).toString('hex'));
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id, index) => index === 0 || (ids[index - 1] ?? '') < id)).toBe(true);
});
