import {
  accountCreate,
  accountCredentialsStatus,
  accountDestroy,
  accountLogin,
  accountReset,
  accountStatus,
  type Endpoint,
  mfaOtpRequest,
  mfaOtpVerify,
  passwordChangeStart,
  passwordForgotResendCode,
  passwordForgotSendCode,
  passwordForgotSendOtp,
  passwordForgotVerifyCode,
  passwordForgotVerifyOtp,
  recoveryEmailCreate,
  recoveryEmailResendCode,
  recoveryEmailSecondaryResendCode,
  recoveryEmailSecondaryVerifyCode,
  recoveryEmailVerifyCode,
  recoveryKeyExists,
  sendUnblockCode,
  sessionReauth,
  sessionResendCode,
  sessionVerifyCode,
  sessionVerifyRecoveryCode,
  sessionVerifyTotp,
  totpCreate,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { turnTotpOn } from '../support/authenticator.js';
import { resetTokenFor } from '../support/passwords.js';
import { authPWOf, signUp } from '../support/person.js';
import type { CallOptions } from '../support/send.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const WRONG = '0'.repeat(64);
const HEX_32 = '0'.repeat(32);
const MINUTE = 60;
const HOUR = 60 * MINUTE;

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startTestServer({ rateLimits: true, trustedProxies: ['127.0.0.1'] });
});
afterAll(() => server.close());

/** Somebody at an address of their own, so that no test counts for another. */
interface Person {
  readonly email: string;
  readonly uid: string;
  readonly sessionToken: string;
  /** The header that makes requests come from the address. */
  readonly headers: Readonly<Record<string, string>>;
}

async function person(): Promise<Person> {
  people += 1;
  const email = `limited${people}@example.com`;
  const { uid, sessionToken } = await signUp(server, email);
  return { email, uid, sessionToken, headers: { 'x-forwarded-for': `192.0.2.${people}` } };
}

const session = ({ sessionToken }: Person) => ({ token: ['sessionToken', sessionToken] as const });

/** A passwordForgotToken, which an older client gets without a mailed code. */
async function forgotToken({ email, headers }: Person): Promise<readonly ['passwordForgotToken', string]> {
  const { passwordForgotToken } = await server.ok(passwordForgotSendCode, { body: { email }, headers });
  return ['passwordForgotToken', passwordForgotToken];
}

interface Case {
  readonly endpoint: Endpoint;
  readonly attempts: number;
  /** Seconds that the block lasts. */
  readonly duration: number;
  /** Makes what the attempts need, and gives the n-th of them. */
  readonly prepare: (person: Person) => Promise<(n: number) => Promise<CallOptions<Endpoint>>>;
}

/** An attempt that is the same every time. */
const same =
  (options: (person: Person) => CallOptions<Endpoint> | Promise<CallOptions<Endpoint>>): Case['prepare'] =>
  async (who) => {
    const made = await options(who);
    return async () => made;
  };

const CASES: readonly Case[] = [
  {
    endpoint: accountLogin,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same(({ email }) => ({ body: { email, authPW: WRONG } })),
  },
  {
    endpoint: sessionReauth,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { email: who.email, authPW: WRONG } })),
  },
  {
    endpoint: accountDestroy,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { email: who.email, authPW: WRONG } })),
  },
  {
    endpoint: passwordChangeStart,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { email: who.email, oldAuthPW: WRONG } })),
  },
  {
    endpoint: sessionVerifyCode,
    attempts: 10,
    duration: 15 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { code: '000000' } })),
  },
  { endpoint: sessionResendCode, attempts: 5, duration: 15 * MINUTE, prepare: same(session) },
  { endpoint: recoveryEmailResendCode, attempts: 5, duration: 15 * MINUTE, prepare: same(session) },
  {
    endpoint: recoveryEmailVerifyCode,
    attempts: 10,
    duration: 30 * MINUTE,
    prepare: same(({ uid }) => ({ body: { uid, code: HEX_32 } })),
  },
  {
    endpoint: sendUnblockCode,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same(({ email }) => ({ body: { email } })),
  },
  {
    endpoint: passwordForgotSendOtp,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same(({ email }) => ({ body: { email } })),
  },
  {
    endpoint: passwordForgotVerifyOtp,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same(({ email }) => ({ body: { email, code: '00000000' } })),
  },
  {
    endpoint: passwordForgotSendCode,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same(({ email }) => ({ body: { email } })),
  },
  {
    endpoint: passwordForgotResendCode,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same(async (who) => ({ token: await forgotToken(who), body: { email: who.email } })),
  },
  {
    endpoint: passwordForgotVerifyCode,
    attempts: 10,
    duration: 30 * MINUTE,
    // A token bears three wrong codes, so the attempts are spread over several.
    prepare: async (who) => {
      const tokens = [await forgotToken(who), await forgotToken(who), await forgotToken(who), await forgotToken(who)];
      const fresh = await forgotToken(who);
      return async (n) => ({ token: tokens[Math.floor(n / 3)] ?? fresh, body: { code: HEX_32 } });
    },
  },
  {
    endpoint: recoveryEmailCreate,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { email: who.email } })),
  },
  {
    endpoint: recoveryEmailSecondaryResendCode,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { email: `other.${who.email}` } })),
  },
  {
    endpoint: recoveryEmailSecondaryVerifyCode,
    attempts: 10,
    duration: 30 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { email: `other.${who.email}`, code: '000000' } })),
  },
  {
    endpoint: sessionVerifyTotp,
    attempts: 10,
    duration: 15 * MINUTE,
    prepare: async (who) => {
      await turnTotpOn(server, who.sessionToken);
      return async () => ({ ...session(who), body: { code: '000000' } });
    },
  },
  {
    endpoint: sessionVerifyRecoveryCode,
    attempts: 10,
    duration: 30 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { code: 'aaaaaaaa' } })),
  },
  { endpoint: totpCreate, attempts: 10, duration: 15 * MINUTE, prepare: same(session) },
  {
    endpoint: mfaOtpRequest,
    attempts: 5,
    duration: 15 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { action: 'email' } })),
  },
  {
    endpoint: mfaOtpVerify,
    attempts: 10,
    duration: 15 * MINUTE,
    prepare: same((who) => ({ ...session(who), body: { action: 'email', code: '000000' } })),
  },
  {
    endpoint: accountStatus,
    attempts: 100,
    duration: 15 * MINUTE,
    prepare: same(({ email }) => ({ body: { email } })),
  },
  {
    endpoint: accountCredentialsStatus,
    attempts: 100,
    duration: 15 * MINUTE,
    prepare: same(({ email }) => ({ body: { email } })),
  },
  {
    endpoint: recoveryKeyExists,
    attempts: 100,
    duration: 15 * MINUTE,
    prepare: same(({ email }) => ({ body: { email } })),
  },
  {
    endpoint: accountCreate,
    attempts: 100,
    duration: 24 * HOUR,
    prepare: same(({ email }) => ({ body: { email, authPW: WRONG } })),
  },
];

describe('a route passes its number of attempts, refuses the next one, and passes again when it said it would', () => {
  test.each(CASES.map((each) => [`${each.endpoint.method} ${each.endpoint.path}`, each] as const))(
    '%s',
    async (_name, { endpoint, attempts, duration, prepare }) => {
      const who = await person();
      const options = await prepare(who);
      // What was prepared is counted, too; its tokens live an hour.
      server.clock.advance(15 * MINUTE * 1000);
      const attempt = async (n: number) =>
        server.call(endpoint, { ...(await options(n)), headers: who.headers } as CallOptions<Endpoint>);
      for (let n = 0; n < attempts; n += 1) expect((await attempt(n)).status, `attempt ${n + 1}`).not.toBe(429);
      const refused = await attempt(attempts);
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ errno: 114, retryAfter: duration });
      expect(refused.headers.get('retry-after')).toBe(String(duration));
      server.clock.advance((duration - 1) * 1000);
      expect((await attempt(attempts)).status).toBe(429);
      server.clock.advance(1000);
      expect((await attempt(attempts)).status).not.toBe(429);
    },
  );
});

test('a reset forgets the wrong passwords of an address', async () => {
  const { email, headers } = await person();
  const wrong = () => server.call(accountLogin, { body: { email, authPW: WRONG }, headers });
  for (let n = 0; n < 5; n += 1) await wrong();
  expect((await wrong()).status).toBe(429);
  const token = ['accountResetToken', await resetTokenFor(server, email)] as const;
  const authPW = await authPWOf(email, 'another password');
  await server.ok(accountReset, { token, body: { authPW }, headers });
  await server.ok(accountLogin, { body: { email, authPW }, headers });
});

test('the answer says in the language of the request how long to wait', async () => {
  const { email, headers } = await person();
  const body = { email, authPW: WRONG };
  for (let n = 0; n < 5; n += 1) await server.call(accountLogin, { body, headers });
  const refused = await server.fails(accountLogin, { body, headers: { ...headers, 'accept-language': 'de' } });
  expect(refused['retryAfterLocalized']).toBe('in 15 Minuten');
});
