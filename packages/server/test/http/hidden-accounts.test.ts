import {
  accountCreate,
  accountCredentialsStatus,
  accountDestroy,
  accountLogin,
  accountStatus,
  passwordForgotSendOtp,
  passwordForgotVerifyOtp,
  recoveryEmailCreate,
  recoveryEmailSecondaryVerifyCode,
  recoveryEmailVerifyCode,
  sendUnblockCode,
  sessionReauth,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordBounce } from '../../src/mail/index.js';
import { authPWOf, signUp, signUpVersion2 } from '../support/person.js';
import { type Mail, startTestServer, type TestServer } from '../support/test-server.js';

const PRIMARY = 'hidden@example.com';
const SECONDARY = 'hidden-2@example.com';
const UNPROVEN = 'hidden-new@example.com';
const UNKNOWN = 'void@example.com';
const WRONG = '0'.repeat(64);

let server: TestServer;
let token: readonly ['sessionToken', string];
beforeAll(async () => {
  server = await startTestServer({ hideAccounts: true });
  const { sessionToken } = await signUp(server, PRIMARY);
  token = ['sessionToken', sessionToken];
  await server.ok(recoveryEmailCreate, { token, body: { email: SECONDARY } });
  const code = (await server.mail(SECONDARY)).headers['x-verify-short-code'] ?? '';
  await server.ok(recoveryEmailSecondaryVerifyCode, { token, body: { email: SECONDARY, code } });
  await signUp(server, UNPROVEN, { confirm: false });
});
afterAll(() => server.close());

/** An answer without what the request itself put into it. */
function withoutAddress(answer: { status: number; body: unknown }, email: string): string {
  return JSON.stringify([answer.status, answer.body]).replaceAll(email, '<email>');
}

describe('every kind of address gets the same answer', () => {
  const addresses = [PRIMARY, SECONDARY, UNPROVEN, UNKNOWN];

  async function expectOneAnswer(ask: (email: string) => Promise<{ status: number; body: unknown }>): Promise<string> {
    const answers: string[] = [];
    for (const email of addresses) answers.push(withoutAddress(await ask(email), email));
    expect(new Set(answers).size).toBe(1);
    return answers[0] ?? '';
  }

  test('account/status: there is one', async () => {
    const answer = await expectOneAnswer((email) =>
      server.call(accountStatus, { body: { email, thirdPartyAuthStatus: true } }),
    );
    expect(answer).toContain('"exists":true');
  });

  test('a wrong password is wrong', async () => {
    const answer = await expectOneAnswer((email) => server.call(accountLogin, { body: { email, authPW: WRONG } }));
    expect(answer).toContain('"errno":103');
  });

  test('a wrong password in another spelling asks for the usual one', async () => {
    const answers = new Set<string>();
    for (const email of addresses) {
      const typed = `H${email.slice(1)}`;
      const body = { email: typed, authPW: WRONG };
      const answer = await server.fails(accountLogin, { body });
      expect(answer).toMatchObject({ errno: 120, email: typed.toLowerCase() });
      answers.add(withoutAddress({ status: 400, body: answer }, typed.toLowerCase()));
    }
    expect(answers.size).toBe(1);
  });

  test('an unblock code, or one for a reset, is on its way; a guessed one is wrong', async () => {
    expect(await expectOneAnswer((email) => server.call(sendUnblockCode, { body: { email } }))).toBe('[200,{}]');
    expect(await expectOneAnswer((email) => server.call(passwordForgotSendOtp, { body: { email } }))).toBe('[200,{}]');
    const verified = await expectOneAnswer((email) =>
      server.call(passwordForgotVerifyOtp, { body: { email, code: '00000000' } }),
    );
    expect(verified).toContain('"errno":105');
    expect(await server.mails(UNKNOWN)).toEqual([]);
  });

  test('the right password of an account that nobody has confirmed is wrong, too', async () => {
    const body = { email: UNPROVEN, authPW: await authPWOf(UNPROVEN) };
    expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 103 });
  });

  test('signing up with an address that is held says nothing about why it fails', async () => {
    for (const email of [PRIMARY, SECONDARY]) {
      const answer = await server.fails(accountCreate, { body: { email, authPW: WRONG } });
      expect(answer).toMatchObject({ errno: 207 });
      expect(answer).not.toHaveProperty('email');
    }
  });
});

describe('signing up goes on by a mail', () => {
  const create = (email: string, at = server) =>
    at.call(accountCreate, { body: { email, authPW: WRONG, verificationMethod: 'email' } });
  const nameOf = (mail: Mail) => mail.headers['x-template-name'];

  test('whose link makes a new address an account that can sign in', async () => {
    const email = 'link@example.com';
    const body = { email, authPW: WRONG };
    await create(email);
    const { headers } = await server.mail(email);
    expect(headers['x-template-name']).toBe('verify');
    expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 103 });
    const code = headers['x-verify-code'] ?? '';
    await server.ok(recoveryEmailVerifyCode, { body: { uid: headers['x-uid'] ?? '', code } });
    expect(await server.ok(accountLogin, { body })).toMatchObject({ emailVerified: true });
  });

  test('which tells the owner of an account to sign in to it, and nothing else happens', async () => {
    const email = 'twice@example.com';
    const { uid } = await signUp(server, email);
    const before = await server.mails(email);
    expect(await create('Twice@example.com')).toMatchObject({ status: 400 });
    const mails = await server.mails(email);
    expect(mails).toHaveLength(before.length + 1);
    const notice = mails.at(-1);
    expect(notice?.headers).toMatchObject({
      'x-template-name': 'accountExists',
      'x-uid': uid,
      'x-link': `${server.url}/signin?email=twice%40example.com`,
    });
    expect(notice?.text).toContain('Address: twice@example.com');
    const body = { email, authPW: await authPWOf(email) };
    expect(await server.ok(accountLogin, { body })).toMatchObject({ uid });
  });

  test('which names the primary address to whoever tries another one of an account', async () => {
    await create(SECONDARY);
    const notice = await server.mail(PRIMARY);
    expect(nameOf(notice)).toBe('accountExists');
    expect(notice.headers['x-link']).toBe(`${server.url}/signin?email=${encodeURIComponent(PRIMARY)}`);
    expect(notice.text).toContain(`Address: ${SECONDARY}`);
    const outbox = server.server.context.storage.db.selectFrom('outbox').select('cc');
    const newest = await outbox.where('recipient', '=', PRIMARY).orderBy('id', 'desc').executeTakeFirst();
    expect(newest?.cc).toBe(JSON.stringify([SECONDARY]));
  });

  test('which does not go to whoever only asked for an address', async () => {
    const wanted = 'wanted@example.com';
    await server.ok(recoveryEmailCreate, { token, body: { email: wanted } });
    const before = await server.mails(PRIMARY);
    expect(await create(wanted)).toMatchObject({ status: 400 });
    expect((await server.mails(wanted)).map(nameOf)).toEqual(['verifySecondaryCode']);
    expect(await server.mails(PRIMARY)).toHaveLength(before.length);
  });

  test('unless mails come back, which is said of every address', async () => {
    for (const email of ['bounced@example.com', 'bounced-too@example.com']) {
      if (email.includes('too')) await signUp(server, email);
      const { db } = server.server.context.storage;
      await recordBounce(db, email, { kind: 'hard', bouncedAt: server.clock.now() });
      const { body } = await create(email);
      expect(body).toMatchObject({ errno: 134 });
      expect((await server.mails(email)).map(nameOf)).not.toContain('accountExists');
    }
  });

  test('five times a quarter of an hour, with an account or without', async () => {
    const limited = await startTestServer({ hideAccounts: true, rateLimits: true });
    try {
      await signUp(limited, PRIMARY);
      const statuses: Record<string, number[]> = {};
      const mailed: Record<string, number> = {};
      for (const email of [PRIMARY, UNKNOWN]) {
        const before = (await limited.mails(email)).length;
        const told = [];
        // The sign-up of the account itself was the first attempt.
        for (let times = email === PRIMARY ? 1 : 0; times < 6; times += 1) {
          told.push((await create(email, limited)).status);
        }
        statuses[email] = told;
        mailed[email] = (await limited.mails(email)).length - before;
      }
      expect(statuses).toEqual({ [PRIMARY]: [400, 400, 400, 400, 429], [UNKNOWN]: [200, 200, 200, 200, 200, 429] });
      expect(mailed).toEqual({ [PRIMARY]: 4, [UNKNOWN]: 5 });
      expect(await create('another@example.com', limited)).toMatchObject({ status: 200 });
      limited.clock.advance(15 * 60_000);
      for (const email of [PRIMARY, UNKNOWN]) expect((await create(email, limited)).status).not.toBe(429);
    } finally {
      await limited.close();
    }
  });
});

describe('what an unknown address is said to stretch with', () => {
  test('is always the same for an address, whatever its spelling, and differs between addresses', async () => {
    const ask = (email: string) => server.ok(accountCredentialsStatus, { body: { email } });
    const addresses = Array.from({ length: 64 }, (_, index) => `nobody-${index}@example.com`);
    const answers = await Promise.all(addresses.map(ask));
    expect(await Promise.all(addresses.map((email) => ask(email.toUpperCase())))).toEqual(answers);
    const version2 = answers.filter(({ currentVersion }) => currentVersion === 'v2');
    expect(new Set(version2.map(({ clientSalt }) => clientSalt)).size).toBe(version2.length);
    for (const answer of version2) expect(answer.upgradeNeeded).toBe(false);
    expect(version2.length).toBeGreaterThan(32);
    expect(version2.length).toBeLessThan(64);
  });

  test('looks like what accounts stretch with, of either version', async () => {
    await signUpVersion2(server, 'hidden-v2@example.com', new Uint8Array(32));
    const real = await server.ok(accountCredentialsStatus, { body: { email: 'hidden-v2@example.com' } });
    const shapes = new Set<string>();
    for (let index = 0; index < 64; index += 1) {
      const made = await server.ok(accountCredentialsStatus, { body: { email: `shape-${index}@example.com` } });
      shapes.add(JSON.stringify({ ...made, clientSalt: made.clientSalt?.replace(/[0-9a-f]{32}$/, '') }));
    }
    const shapeOf = (answer: typeof real) =>
      JSON.stringify({ ...answer, clientSalt: answer.clientSalt?.replace(/[0-9a-f]{32}$/, '') });
    expect(shapes).toContain(shapeOf(real));
    const old = await server.ok(accountCredentialsStatus, { body: { email: PRIMARY } });
    expect(shapes).toContain(shapeOf(old));
  });
});

test('owners go on as ever: signing in, proving the password again, deleting', async () => {
  const email = 'owner@example.com';
  const { sessionToken } = await signUp(server, email);
  const own = ['sessionToken', sessionToken] as const;
  const body = { email, authPW: await authPWOf(email) };
  expect(await server.ok(accountLogin, { body })).toMatchObject({ verified: true });
  await server.ok(sessionReauth, { token: own, body });
  await server.ok(accountDestroy, { token: own, body });
  expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 103 });
});

test('failures are counted alike, so that the limiter does not tell either', async () => {
  const bans: number[] = [];
  for (const email of [PRIMARY, UNKNOWN, SECONDARY]) {
    const limited = await startTestServer({ hideAccounts: true, rateLimits: true });
    try {
      if (email !== UNKNOWN) {
        const { sessionToken } = await signUp(limited, PRIMARY);
        const of = { token: ['sessionToken', sessionToken] as const };
        await limited.ok(recoveryEmailCreate, { ...of, body: { email: SECONDARY } });
        const code = (await limited.mail(SECONDARY)).headers['x-verify-short-code'] ?? '';
        await limited.ok(recoveryEmailSecondaryVerifyCode, { ...of, body: { email: SECONDARY, code } });
      }
      const action = 'passwordCheckFailed';
      for (let attempt = 0; attempt < 49; attempt += 1) await limited.server.context.limits.failed(action, LOOPBACK);
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await limited.fails(accountLogin, { body: { email, authPW: WRONG } });
      }
      const refused = await limited.fails(accountStatus, { body: { email: 'somebody-else@example.com' } });
      bans.push(refused['retryAfter'] as number);
    } finally {
      await limited.close();
    }
  }
  expect(bans).toEqual([14_400, 14_400, 14_400]);
});

const LOOPBACK = { ip: '127.0.0.1' };
