import { accountCreate, accountDestroy, remindersConnectAnotherDevice } from '@foxden/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { sendDueReminders } from '../../src/emails/index.js';
import { authPWOf, confirm, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FOX = 'fox@example.org';

let server: TestServer;
afterEach(() => server.close());

/** Moves the clock, and gives the names of the reminders that are written then. */
async function after(time: number): Promise<string[]> {
  const { context } = server.server;
  await context.storage.db.deleteFrom('outbox').execute();
  server.clock.advance(time);
  await sendDueReminders(context);
  const mails = await context.storage.db.selectFrom('outbox').select('headers').orderBy('id').execute();
  return mails.map(({ headers }) => (JSON.parse(headers) as Record<string, string>)['X-Template-Name'] ?? '');
}

const planned = () => server.server.context.storage.db.selectFrom('reminders').select('template').execute();

describe('an address that nobody confirms', () => {
  test('is reminded of after one, five and fifteen days, each once', async () => {
    server = await startTestServer();
    await signUp(server, FOX, { confirm: false });
    expect(await after(DAY - 1)).toEqual([]);
    expect(await after(1)).toEqual(['verificationReminderFirst']);
    expect(await after(4 * DAY - 1)).toEqual([]);
    expect(await after(1)).toEqual(['verificationReminderSecond']);
    expect(await after(10 * DAY - 1)).toEqual([]);
    expect(await after(1)).toEqual(['verificationReminderFinal']);
    expect(await after(100 * DAY)).toEqual([]);
    expect(await planned()).toEqual([]);
  });

  test('confirms by the link of a reminder', async () => {
    server = await startTestServer();
    await signUp(server, FOX, { confirm: false });
    await after(DAY);
    const { headers } = await server.mail(FOX);
    const link = new URL(headers['x-link'] ?? '');
    expect([link.pathname, link.searchParams.get('reminder')]).toEqual(['/verify_email', 'first']);
    const answer = await server.raw('/v1/recovery_email/verify_code', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uid: headers['x-uid'], code: headers['x-verify-code'], reminder: 'first' }),
    });
    expect(answer.status).toBe(200);
    expect(await planned()).toEqual([]);
    expect(await after(30 * DAY)).toEqual([]);
  });

  test('is reminded of once when the server was off for a month', async () => {
    server = await startTestServer();
    await server.ok(accountCreate, {
      body: { email: FOX, authPW: await authPWOf(FOX) },
      headers: { 'accept-language': 'ar' },
    });
    expect(await after(30 * DAY)).toEqual(['verificationReminderFinal']);
    // In the language of sign-up: there is no request to ask.
    expect((await server.mail(FOX)).headers['content-language']).toBe('ar');
  });

  test('is not reminded of when that is switched off', async () => {
    server = await startTestServer({ verificationReminders: false });
    await signUp(server, FOX, { confirm: false });
    expect(await after(30 * DAY)).toEqual([]);
  });
});

test('confirming ends the reminders', async () => {
  server = await startTestServer();
  const { sessionToken } = await signUp(server, FOX, { confirm: false });
  await confirm(server, FOX, sessionToken);
  expect(await planned()).toEqual([]);
  expect(await after(30 * DAY)).toEqual([]);
});

test('an account that is made anew begins anew, and of one that is deleted no reminder stays', async () => {
  server = await startTestServer();
  await signUp(server, FOX, { confirm: false });
  expect(await after(DAY)).toHaveLength(1);
  const { sessionToken } = await signUp(server, FOX);
  await server.ok(remindersConnectAnotherDevice, { token: ['sessionToken', sessionToken] });
  expect(await planned()).toHaveLength(2);
  await server.ok(accountDestroy, {
    token: ['sessionToken', sessionToken],
    body: { email: FOX, authPW: await authPWOf(FOX) },
  });
  expect(await planned()).toEqual([]);
});

test('several that look at once write each reminder once', async () => {
  server = await startTestServer();
  for (let n = 0; n < 60; n += 1)
    await server.server.context.storage.db.insertInto('reminders').values(row(n)).execute();
  await signUp(server, FOX, { confirm: false });
  server.clock.advance(DAY);
  await Promise.all(Array.from({ length: 10 }, () => sendDueReminders(server.server.context)));
  const names = (await server.mails(FOX)).map(({ headers }) => headers['x-template-name']);
  expect(names).toEqual(['verifyShortCode', 'verificationReminderFirst']);
});

/** A reminder of an account that is no more. */
function row(n: number) {
  return { uid: new Uint8Array(16).fill(n), template: 'cadReminderFirst', dueAt: n };
}

test('POST /emails/reminders/cad reminds after eight hours and three days; asking again begins anew', async () => {
  server = await startTestServer();
  const { sessionToken } = await signUp(server, FOX);
  const ask = () => server.ok(remindersConnectAnotherDevice, { token: ['sessionToken', sessionToken] });
  expect(await ask()).toEqual({});
  server.clock.advance(7 * HOUR);
  await ask();
  expect(await after(8 * HOUR - 1)).toEqual([]);
  expect(await after(1)).toEqual(['cadReminderFirst']);
  expect(await after(3 * DAY - 8 * HOUR)).toEqual(['cadReminderSecond']);
  expect((await server.mail(FOX)).headers['x-link']).toBe(`${server.url}/connect_another_device`);
});
