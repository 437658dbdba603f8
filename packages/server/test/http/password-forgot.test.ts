import {
  accountLogin,
  accountReset,
  passwordForgotResendCode,
  passwordForgotSendCode,
  passwordForgotSendOtp,
  passwordForgotStatus,
  passwordForgotVerifyCode,
  passwordForgotVerifyOtp,
  recoveryEmailStatus,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSecondary } from '../support/addresses.js';
import { beginReset, mailedOtp, NEW_PASSWORD, resetTokenFor } from '../support/passwords.js';
import { authPWOf, signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const MINUTE = 60_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Changes one digit of a link code. */
function mistyped(code: string): string {
  return (code.startsWith('0') ? '1' : '0') + code.slice(1);
}

async function linkCode(email: string): Promise<string> {
  return (await server.mail(email)).headers['x-recovery-code'] ?? '';
}

describe('by a link', () => {
  test('the mail has the code and a link with all that the page needs; the answer says how long and how often', async () => {
    const email = 'link@example.com';
    const { uid } = await signUp(server, email);
    const sent = await server.ok(passwordForgotSendCode, {
      body: { email, service: 'sync', redirectTo: 'https://example.com/done', resume: 'later' },
    });
    expect(sent).toEqual({
      passwordForgotToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      ttl: 3600,
      codeLength: 16,
      tries: 3,
    });
    const { headers } = await server.mail(email);
    expect(headers['x-template-name']).toBe('recovery');
    expect(headers['x-recovery-code']).toMatch(/^[0-9a-f]{32}$/);
    const link = new URL(headers['x-link'] ?? '');
    expect(link.pathname).toBe('/complete_reset_password');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      token: sent.passwordForgotToken,
      code: headers['x-recovery-code'],
      email,
      emailToHashWith: email,
      uid,
      service: 'sync',
      redirectTo: 'https://example.com/done',
      resume: 'later',
    });
  });

  test('a wrong code costs a try and says how many are left; the same code is mailed again; status follows', async () => {
    const email = 'again@example.com';
    await signUp(server, email);
    const { passwordForgotToken } = await server.ok(passwordForgotSendCode, { body: { email } });
    const token = ['passwordForgotToken', passwordForgotToken] as const;
    const code = await linkCode(email);
    const wrong = await server.fails(passwordForgotVerifyCode, { token, body: { code: mistyped(code) } });
    expect(wrong).toMatchObject({ code: 400, errno: 105, tries: 2, ttl: 3600 });
    server.clock.advance(10 * MINUTE + 1);
    expect(await server.ok(passwordForgotStatus, { token })).toEqual({ tries: 2, ttl: 2999 });
    const before = (await server.mails(email)).length;
    expect(await server.ok(passwordForgotResendCode, { token, body: { email } })).toEqual({
      passwordForgotToken,
      ttl: 2999,
      codeLength: 16,
      tries: 2,
    });
    expect(await server.mails(email)).toHaveLength(before + 1);
    expect(await linkCode(email)).toBe(code);
    expect(await server.ok(passwordForgotVerifyCode, { token, body: { code } })).toEqual({
      accountResetToken: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await server.fails(passwordForgotStatus, { token })).toMatchObject({ code: 401, errno: 110 });
  });

  test('the third wrong code ends the token', async () => {
    const email = 'third@example.com';
    await signUp(server, email);
    const { passwordForgotToken } = await server.ok(passwordForgotSendCode, { body: { email } });
    const token = ['passwordForgotToken', passwordForgotToken] as const;
    const code = await linkCode(email);
    for (const tries of [2, 1, 0]) {
      const wrong = await server.fails(passwordForgotVerifyCode, { token, body: { code: mistyped(code) } });
      expect(wrong).toMatchObject({ errno: 105, tries });
    }
    const late = await server.fails(passwordForgotVerifyCode, { token, body: { code } });
    expect(late).toMatchObject({ code: 401, errno: 110 });
  });

  test('of wrong codes at once no more are looked at than there are tries, and the right one works once', async () => {
    const email = 'crowd@example.com';
    await signUp(server, email);
    const first = await server.ok(passwordForgotSendCode, { body: { email } });
    const code = await linkCode(email);
    const token = ['passwordForgotToken', first.passwordForgotToken] as const;
    const wrong = await Promise.all(
      Array.from({ length: 20 }, () =>
        server.call(passwordForgotVerifyCode, { token, body: { code: mistyped(code) } }),
      ),
    );
    expect(wrong.filter(({ status }) => status === 400)).toHaveLength(3);

    const second = await server.ok(passwordForgotSendCode, { body: { email } });
    const right = await linkCode(email);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        server.call(passwordForgotVerifyCode, {
          token: ['passwordForgotToken', second.passwordForgotToken],
          body: { code: right },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
  });

  test('the token works until an hour has passed, not a millisecond longer', async () => {
    const email = 'hour@example.com';
    await signUp(server, email);
    const { passwordForgotToken } = await server.ok(passwordForgotSendCode, { body: { email } });
    const token = ['passwordForgotToken', passwordForgotToken] as const;
    server.clock.advance(60 * MINUTE - 1);
    expect(await server.ok(passwordForgotStatus, { token })).toEqual({ tries: 3, ttl: 0 });
    server.clock.advance(1);
    expect(await server.fails(passwordForgotStatus, { token })).toMatchObject({ errno: 110 });
  });

  test('resending is for the address that asked only', async () => {
    const email = 'asker@example.com';
    await signUp(server, email);
    await signUp(server, 'victim@example.com');
    const { passwordForgotToken } = await server.ok(passwordForgotSendCode, { body: { email } });
    const before = (await server.mails(email)).length;
    const error = await server.fails(passwordForgotResendCode, {
      token: ['passwordForgotToken', passwordForgotToken],
      body: { email: 'victim@example.com' },
    });
    expect(error).toMatchObject({ errno: 102 });
    expect(await server.mails(email)).toHaveLength(before);
  });

  test('an account that was never confirmed is by the code, and can be reset, as PyFxA expects', async () => {
    const email = 'never@example.com';
    const { sessionToken } = await signUp(server, email, { confirm: false });
    const { passwordForgotToken } = await server.ok(passwordForgotSendCode, { body: { email } });
    const { accountResetToken } = await server.ok(passwordForgotVerifyCode, {
      token: ['passwordForgotToken', passwordForgotToken],
      body: { code: await linkCode(email) },
    });
    const status = await server.ok(recoveryEmailStatus, { token: ['sessionToken', sessionToken] });
    expect(status.emailVerified).toBe(true);
    const body = { authPW: await authPWOf(email, NEW_PASSWORD) };
    expect(await server.ok(accountReset, { token: ['accountResetToken', accountResetToken], body })).toEqual({});
    expect(await signIn(server, email, { password: NEW_PASSWORD })).toMatchObject({ emailVerified: true });
  });

  test('an unknown address: 102; one that is not primary: 145', async () => {
    const unknown = await server.fails(passwordForgotSendCode, { body: { email: 'void@example.com' } });
    expect(unknown).toMatchObject({ errno: 102 });
    const email = 'primary@example.com';
    const { sessionToken } = await signUp(server, email);
    await addSecondary(server, sessionToken, 'second@example.com');
    const second = await server.fails(passwordForgotSendCode, { body: { email: 'second@example.com' } });
    expect(second).toMatchObject({ errno: 145 });
  });

  test('where the operator switched the older routes off they are gone, and the digits still work', async () => {
    const modern = await startTestServer({ legacyRoutes: false });
    try {
      const email = 'modern@example.com';
      await signUp(modern, email);
      expect(await modern.fails(passwordForgotSendCode, { body: { email } })).toMatchObject({ code: 410, errno: 116 });
      const { token, code } = await beginReset(modern, email);
      const forgot = ['passwordForgotToken', token] as const;
      expect(await modern.fails(passwordForgotResendCode, { token: forgot, body: { email } })).toMatchObject({
        errno: 116,
      });
      expect(await modern.fails(passwordForgotStatus, { token: forgot })).toMatchObject({ errno: 116 });
      await modern.ok(passwordForgotVerifyCode, { token: forgot, body: { code } });
    } finally {
      await modern.close();
    }
  });
});

describe('by digits', () => {
  test('eight digits, mailed; right ones give token, code, uid and the address to hash with', async () => {
    const email = 'Otp@Example.com';
    const { uid } = await signUp(server, email);
    expect(await server.ok(passwordForgotSendOtp, { body: { email: 'otp@example.com' } })).toEqual({});
    const code = await mailedOtp(server, email);
    expect(code).toMatch(/^[0-9]{8}$/);
    const verified = await server.ok(passwordForgotVerifyOtp, { body: { email: 'otp@example.com', code } });
    expect(verified).toEqual({
      code: expect.stringMatching(/^[0-9a-f]{32}$/),
      token: expect.stringMatching(/^[0-9a-f]{64}$/),
      emailToHashWith: email,
      uid,
      hasPasskey: false,
      hasPasskeyWraps: false,
    });
    await server.ok(passwordForgotVerifyCode, {
      token: ['passwordForgotToken', verified.token],
      body: { code: verified.code },
    });
  });

  test('work once, also at once; only the newest work; wrong ones: 105', async () => {
    const email = 'once@example.com';
    await signUp(server, email);
    await server.ok(passwordForgotSendOtp, { body: { email } });
    const older = await mailedOtp(server, email);
    await server.ok(passwordForgotSendOtp, { body: { email } });
    const code = await mailedOtp(server, email);
    expect(await server.fails(passwordForgotVerifyOtp, { body: { email, code: older } })).toMatchObject({ errno: 105 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.call(passwordForgotVerifyOtp, { body: { email, code } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
  });

  test('work until ten minutes have passed, not a millisecond longer', async () => {
    const email = 'tenminutes@example.com';
    await signUp(server, email);
    for (const [wait, status] of [
      [10 * MINUTE - 1, 200],
      [10 * MINUTE, 400],
    ] as const) {
      await server.ok(passwordForgotSendOtp, { body: { email } });
      const code = await mailedOtp(server, email);
      server.clock.advance(wait);
      expect((await server.call(passwordForgotVerifyOtp, { body: { email, code } })).status).toBe(status);
    }
  });

  test('end after ten wrong ones, wherever those came from', async () => {
    const email = 'guessed@example.com';
    await signUp(server, email);
    await server.ok(passwordForgotSendOtp, { body: { email } });
    const code = await mailedOtp(server, email);
    const wrong = code === '00000000' ? '00000001' : '00000000';
    for (let guess = 0; guess < 10; guess += 1) {
      const body = { email, code: wrong };
      expect(await server.fails(passwordForgotVerifyOtp, { body })).toMatchObject({ errno: 105 });
    }
    expect(await server.fails(passwordForgotVerifyOtp, { body: { email, code } })).toMatchObject({ errno: 105 });
  });

  test('go to the primary address with a copy to the verified others, whichever was named', async () => {
    const email = 'main@example.com';
    const { sessionToken } = await signUp(server, email);
    await addSecondary(server, sessionToken, 'spare@example.com');
    await server.ok(passwordForgotSendOtp, { body: { email: 'spare@example.com' } });
    const code = await mailedOtp(server, email);
    expect(await mailedOtp(server, 'spare@example.com')).toBe(code);
    const { emailToHashWith } = await server.ok(passwordForgotVerifyOtp, {
      body: { email: 'spare@example.com', code },
    });
    expect(emailToHashWith).toBe(email);
  });

  test('are not for unknown addresses or accounts that were never confirmed: 102', async () => {
    await signUp(server, 'unconfirmed@example.com', { confirm: false });
    for (const email of ['void@example.com', 'unconfirmed@example.com']) {
      expect(await server.fails(passwordForgotSendOtp, { body: { email } })).toMatchObject({ errno: 102 });
      const body = { email, code: '12345678' };
      expect(await server.fails(passwordForgotVerifyOtp, { body })).toMatchObject({ errno: 102 });
    }
  });

  test('beginning a reset changes nothing: sessions live and the password works', async () => {
    const email = 'begun@example.com';
    await signUp(server, email);
    await resetTokenFor(server, email);
    await server.ok(accountLogin, { body: { email, authPW: await authPWOf(email) } });
  });
});

test('a copy of the database holds neither the code of a link nor the token nor the digits', async () => {
  const email = 'dump@example.com';
  await signUp(server, email);
  const { passwordForgotToken } = await server.ok(passwordForgotSendCode, { body: { email } });
  const code = await linkCode(email);
  await server.ok(passwordForgotSendOtp, { body: { email } });
  const otp = await mailedOtp(server, email);
  const { db } = server.server.context.storage;
  const rows = [
    ...(await db.selectFrom('passwordForgotTokens').selectAll().execute()),
    ...(await db.selectFrom('passwordForgotOtps').selectAll().execute()),
  ];
  const dump = rows
    .flatMap((row) => Object.values(row))
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)))
    .join('\n');
  expect(rows.length).toBeGreaterThanOrEqual(2);
  for (const secret of [passwordForgotToken, code, otp, Buffer.from(otp).toString('hex')]) {
    expect(dump).not.toContain(secret);
  }
});

describe('where accounts are hidden', () => {
  test('an unknown address gets the answers that a known one gets', async () => {
    const hiding = await startTestServer({ hideAccounts: true });
    try {
      const known = 'known@example.com';
      await signUp(hiding, known);
      const answersFor = async (email: string) => {
        const sent = await hiding.ok(passwordForgotSendCode, { body: { email } });
        const token = ['passwordForgotToken', sent.passwordForgotToken] as const;
        return [
          { ...sent, passwordForgotToken: '' },
          await hiding.ok(passwordForgotStatus, { token }),
          { ...(await hiding.ok(passwordForgotResendCode, { token, body: { email } })), passwordForgotToken: '' },
          await hiding.fails(passwordForgotVerifyCode, { token, body: { code: 'ab'.repeat(16) } }),
          await hiding.ok(passwordForgotSendOtp, { body: { email } }),
          await hiding.fails(passwordForgotVerifyOtp, { body: { email, code: '12345678' } }),
        ];
      };
      expect(await answersFor('void@example.com')).toEqual(await answersFor(known));
      expect(await hiding.mails('void@example.com')).toEqual([]);
    } finally {
      await hiding.close();
    }
  });
});

describe('limits', () => {
  async function limited(work: (limited: TestServer, email: string) => Promise<void>) {
    const own = await startTestServer({ rateLimits: true });
    try {
      const email = 'limited@example.com';
      await signUp(own, email);
      await work(own, email);
    } finally {
      await own.close();
    }
  }

  test('five links, five repetitions, and ten codes; then wait', () =>
    limited(async (own, email) => {
      const { passwordForgotToken } = await own.ok(passwordForgotSendCode, { body: { email } });
      const token = ['passwordForgotToken', passwordForgotToken] as const;
      for (let n = 1; n < 5; n += 1) await own.ok(passwordForgotSendCode, { body: { email } });
      expect(await own.fails(passwordForgotSendCode, { body: { email } })).toMatchObject({
        errno: 114,
        retryAfter: 900,
      });
      for (let n = 0; n < 5; n += 1) await own.ok(passwordForgotResendCode, { token, body: { email } });
      expect(await own.fails(passwordForgotResendCode, { token, body: { email } })).toMatchObject({ errno: 114 });
    }));

  test('codes of all tokens of an address count together', () =>
    limited(async (own, email) => {
      const tokens = await Promise.all(
        [1, 2, 3, 4].map(async () => (await own.ok(passwordForgotSendCode, { body: { email } })).passwordForgotToken),
      );
      const guesses = tokens.flatMap((token) => [token, token, token]);
      const errnos: number[] = [];
      for (const token of guesses) {
        const options = { token: ['passwordForgotToken', token] as const, body: { code: 'ab'.repeat(16) } };
        errnos.push((await own.fails(passwordForgotVerifyCode, options)).errno);
      }
      expect(errnos).toEqual([...Array(10).fill(105), 114, 114]);
    }));

  test('five mails with digits in ten minutes; five guesses in ten minutes and ten in a day', () =>
    limited(async (own, email) => {
      const guess = () => own.fails(passwordForgotVerifyOtp, { body: { email, code: '12345678' } });
      for (let n = 0; n < 5; n += 1) await own.ok(passwordForgotSendOtp, { body: { email } });
      expect(await own.fails(passwordForgotSendOtp, { body: { email } })).toMatchObject({
        errno: 114,
        retryAfter: 900,
      });
      for (let n = 0; n < 5; n += 1) expect(await guess()).toMatchObject({ errno: 105 });
      expect(await guess()).toMatchObject({ errno: 114, retryAfter: 900 });
      own.clock.advance(15 * MINUTE);
      for (let n = 0; n < 5; n += 1) expect(await guess()).toMatchObject({ errno: 105 });
      own.clock.advance(10 * MINUTE);
      expect(await guess()).toMatchObject({ errno: 114, retryAfter: 86_400 });
    }));
});
