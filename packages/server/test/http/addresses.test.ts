import {
  accountCreate,
  accountDestroy,
  accountEmails,
  accountLogin,
  accountStatus,
  type Endpoint,
  mfaOtpRequest,
  mfaOtpVerify,
  mfaRecoveryEmailCreate,
  mfaRecoveryEmailDestroy,
  mfaRecoveryEmailSecondaryResendCode,
  mfaRecoveryEmailSecondaryVerifyCode,
  mfaRecoveryEmailSetPrimary,
  recoveryEmailCreate,
  recoveryEmailDestroy,
  recoveryEmailResendCode,
  recoveryEmailSecondaryResendCode,
  recoveryEmailSecondaryVerifyCode,
  recoveryEmailSetPrimary,
  recoveryEmails,
  recoveryEmailVerifyCode,
  sessionReauth,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authPWOf, signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

type Token = readonly ['sessionToken', string];

async function person(email: string, options: { confirm?: boolean } = {}): Promise<{ uid: string; token: Token }> {
  const { uid, sessionToken } = await signUp(server, email, options);
  return { uid, token: ['sessionToken', sessionToken] };
}

async function codeTo(email: string): Promise<string> {
  return (await server.mail(email)).headers['x-verify-short-code'] ?? '';
}

async function add(token: Token, email: string): Promise<void> {
  await server.ok(recoveryEmailCreate, { token, body: { email } });
  await server.ok(recoveryEmailSecondaryVerifyCode, { token, body: { email, code: await codeTo(email) } });
}

async function list(token: Token) {
  return server.ok(recoveryEmails, { token });
}

describe('another address', () => {
  test('belongs to the account once its code was given, and the owner is told at every address', async () => {
    const { token } = await person('two@example.com');
    const email = 'Second@Example.com';
    await server.ok(recoveryEmailCreate, { token, body: { email } });
    expect(await list(token)).toEqual([
      { email: 'two@example.com', isPrimary: true, verified: true },
      { email, isPrimary: false, verified: false },
    ]);
    const asked = await server.mail('second@example.com');
    expect(asked.headers).toMatchObject({ 'x-template-name': 'verifySecondaryCode' });
    const code = await codeTo('second@example.com');
    await server.ok(recoveryEmailSecondaryVerifyCode, { token, body: { email: 'second@example.com', code } });
    expect(await list(token)).toEqual([
      { email: 'two@example.com', isPrimary: true, verified: true },
      { email, isPrimary: false, verified: true },
    ]);
    for (const address of ['two@example.com', 'second@example.com']) {
      expect((await server.mail(address)).headers['x-template-name']).toBe('postVerifySecondary');
    }
  });

  test('can be proven by the link code that older clients read, from anywhere and once', async () => {
    const { uid, token } = await person('linked@example.com');
    await server.ok(recoveryEmailCreate, { token, body: { email: 'by-link@example.com' } });
    const code = (await server.mail('by-link@example.com')).headers['x-verify-code'] ?? '';
    await server.ok(recoveryEmailVerifyCode, { body: { uid, code, type: 'secondary' } });
    expect(await list(token)).toContainEqual({ email: 'by-link@example.com', isPrimary: false, verified: true });
    expect(await server.fails(recoveryEmailVerifyCode, { body: { uid, code } })).toMatchObject({ errno: 105 });
  });

  test('needs a confirmed account (104) and a confirmed session (138)', async () => {
    const fresh = await person('unproven@example.com', { confirm: false });
    const body = { email: 'unproven-2@example.com' };
    expect(await server.fails(recoveryEmailCreate, { token: fresh.token, body })).toMatchObject({ errno: 104 });
    await person('stranger-here@example.com');
    server.clock.advance(4 * DAY);
    const { sessionToken } = await signIn(server, 'stranger-here@example.com', { keys: true });
    const token: Token = ['sessionToken', sessionToken];
    for (const [endpoint, extra] of CHANGES) {
      const error = await server.fails(endpoint, { token, body: { ...body, ...extra } as never });
      expect(error).toMatchObject({ errno: 138 });
    }
  });

  test('of three at most (188), also when their codes arrive together', async () => {
    const { token } = await person('many@example.com');
    await add(token, 'many-1@example.com');
    await add(token, 'many-2@example.com');
    for (const email of ['many-3@example.com', 'many-4@example.com']) {
      await server.ok(recoveryEmailCreate, { token, body: { email } });
    }
    const answers = await Promise.all(
      ['many-3@example.com', 'many-4@example.com'].map(async (email) =>
        server.call(recoveryEmailSecondaryVerifyCode, { token, body: { email, code: await codeTo(email) } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(answers.find(({ status }) => status === 400)?.body).toMatchObject({ errno: 188 });
    const body = { email: 'many-5@example.com' };
    expect(await server.fails(recoveryEmailCreate, { token, body })).toMatchObject({ errno: 188 });
  });

  test('is refused when it is the own primary (139) or another own one (189), in any spelling', async () => {
    const { token } = await person('own@example.com');
    await add(token, 'own-2@example.com');
    for (const endpoint of [recoveryEmailCreate, recoveryEmailSecondaryResendCode]) {
      const primary = { token, body: { email: 'OWN@example.com' } };
      expect(await server.fails(endpoint, primary)).toMatchObject({ errno: 139 });
      const second = { token, body: { email: 'ｏｗｎ-2@EXAMPLE.com' } };
      expect(await server.fails(endpoint, second)).toMatchObject({ errno: 189, error: 'Conflict' });
    }
  });

  test('is refused when somebody has it: as primary (140), as second one or reserved (136)', async () => {
    const { token } = await person('late@example.com');
    const early = await person('early@example.com');
    await add(early.token, 'early-2@example.com');
    await server.ok(recoveryEmailCreate, { token: early.token, body: { email: 'early-3@example.com' } });
    const errnoFor = async (email: string) =>
      (await server.fails(recoveryEmailCreate, { token, body: { email } })).errno;
    expect(await errnoFor('early@example.com')).toBe(140);
    expect(await errnoFor('early-2@example.com')).toBe(136);
    expect(await errnoFor('early-3@example.com')).toBe(136);
    server.clock.advance(HOUR);
    await add(token, 'early-3@example.com');
  });

  test('is refused while an account of less than a day waits for its proof (141); an older one makes way', async () => {
    const { token } = await person('claimant@example.com');
    const email = 'squatted@example.com';
    const squatter = await person(email, { confirm: false });
    expect(await server.fails(recoveryEmailCreate, { token, body: { email } })).toMatchObject({ errno: 141 });
    server.clock.advance(DAY);
    await add(token, email);
    expect(await server.fails(recoveryEmails, { token: squatter.token })).toMatchObject({ code: 401, errno: 110 });
  });

  test('that somebody else proved meanwhile is taken (136)', async () => {
    const email = 'race@example.com';
    await person(email, { confirm: false });
    server.clock.advance(DAY);
    const { token } = await person('racer@example.com');
    await server.ok(recoveryEmailCreate, { token, body: { email } });
    const code = await codeTo(email);
    await server.server.context.storage.db
      .updateTable('emails')
      .set({ isVerified: 1 })
      .where('normalizedEmail', '=', email)
      .execute();
    for (const [endpoint, body] of [
      [recoveryEmailSecondaryVerifyCode, { email, code }],
      [recoveryEmailSecondaryResendCode, { email }],
    ] as const) {
      expect(await server.fails(endpoint, { token, body: body as never })).toMatchObject({ errno: 136 });
    }
  });

  test('wrong, old and foreign codes are refused (105), and a code works once', async () => {
    const { token } = await person('codes@example.com');
    const email = 'codes-2@example.com';
    const verify = (code: string, by = token) =>
      server.call(recoveryEmailSecondaryVerifyCode, { token: by, body: { email, code } });
    expect((await verify('123456')).body).toMatchObject({ errno: 105 });
    await server.ok(recoveryEmailCreate, { token, body: { email } });
    const code = await codeTo(email);
    expect((await verify(code === '000000' ? '000001' : '000000')).body).toMatchObject({ errno: 105 });
    const other = await person('thief@example.com');
    expect((await verify(code, other.token)).body).toMatchObject({ errno: 105 });
    server.clock.advance(30 * 60 * 1000);
    expect((await verify(code)).body).toMatchObject({ errno: 105 });
    await server.ok(recoveryEmailSecondaryResendCode, { token, body: { email } });
    const fresh = await codeTo(email);
    const answers = await Promise.all(Array.from({ length: 10 }, () => verify(fresh)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('gets its code again by both routes, and only while this account asks for it (150)', async () => {
    const { token } = await person('again@example.com');
    const email = 'again-2@example.com';
    await server.ok(recoveryEmailCreate, { token, body: { email } });
    const first = await codeTo(email);
    for (const endpoint of [recoveryEmailSecondaryResendCode, recoveryEmailResendCode]) {
      await server.ok(endpoint, { token, body: { email } });
      expect(await codeTo(email)).toBe(first);
    }
    expect(await server.mails(email)).toHaveLength(3);
    const other = await person('nosy@example.com');
    for (const endpoint of [recoveryEmailSecondaryResendCode, recoveryEmailResendCode]) {
      const error = await server.fails(endpoint, { token: other.token, body: { email } });
      expect(error).toMatchObject({ errno: 150 });
    }
    server.clock.advance(HOUR);
    expect(await server.fails(recoveryEmailResendCode, { token, body: { email } })).toMatchObject({ errno: 150 });
  });

  test('cannot be signed up with (144) or signed in with (142) by anybody', async () => {
    const { token } = await person('holder@example.com');
    await add(token, 'held@example.com');
    await server.ok(recoveryEmailCreate, { token, body: { email: 'wanted@example.com' } });
    for (const email of ['HELD@example.com', 'wanted@example.com']) {
      const body = { email, authPW: await authPWOf(email) };
      expect(await server.fails(accountCreate, { body })).toMatchObject({ errno: 144 });
      expect(await server.fails(accountStatus, { body: { email } })).toMatchObject({ errno: 144 });
    }
    const body = { email: 'held@example.com', authPW: await authPWOf('holder@example.com') };
    expect(await server.fails(accountLogin, { body })).toMatchObject({ errno: 142 });
  });
});

describe('taking an address off', () => {
  test('never the primary one (137); another is free for everybody afterwards', async () => {
    const { token } = await person('shrink@example.com');
    await add(token, 'shrunk@example.com');
    const primary = { token, body: { email: 'SHRINK@example.com' } };
    expect(await server.fails(recoveryEmailDestroy, primary)).toMatchObject({ errno: 137 });
    await server.ok(recoveryEmailDestroy, { token, body: { email: 'Shrunk@example.com' } });
    expect(await list(token)).toEqual([{ email: 'shrink@example.com', isPrimary: true, verified: true }]);
    expect((await server.mail('shrink@example.com')).headers['x-template-name']).toBe('postRemoveSecondary');
    await person('shrunk@example.com');
  });

  test('also one that is only asked for; one that is not there is no error', async () => {
    const { token } = await person('undecided@example.com');
    await server.ok(recoveryEmailCreate, { token, body: { email: 'maybe@example.com' } });
    await server.ok(recoveryEmailDestroy, { token, body: { email: 'maybe@example.com' } });
    await server.ok(recoveryEmailDestroy, { token, body: { email: 'nowhere@example.com' } });
    expect(await list(token)).toHaveLength(1);
    const code = await codeTo('maybe@example.com');
    const error = await server.fails(recoveryEmailSecondaryVerifyCode, {
      token,
      body: { email: 'maybe@example.com', code },
    });
    expect(error).toMatchObject({ errno: 105 });
  });

  test('does not touch an address of somebody else', async () => {
    const { token } = await person('victim@example.com');
    await add(token, 'victim-2@example.com');
    const other = await person('attacker@example.com');
    await server.ok(recoveryEmailDestroy, { token: other.token, body: { email: 'victim-2@example.com' } });
    expect(await list(token)).toHaveLength(2);
  });
});

describe('making another address the primary one', () => {
  test('signs in with it from then on; the address of sign-up goes on salting the password', async () => {
    const { token } = await person('before@example.com');
    await add(token, 'after@example.com');
    await server.ok(recoveryEmailSetPrimary, { token, body: { email: 'AFTER@example.com' } });
    expect(await server.ok(accountEmails, { token })).toEqual({
      originalEmail: 'before@example.com',
      primaryEmail: 'after@example.com',
    });
    expect((await list(token))[0]).toEqual({ email: 'after@example.com', isPrimary: true, verified: true });
    expect((await server.mail('before@example.com')).headers['x-template-name']).toBe('postChangePrimary');

    const stretched = await authPWOf('after@example.com');
    const body = { email: 'after@example.com', authPW: stretched };
    const hint = await server.fails(accountLogin, { body });
    expect(hint).toMatchObject({ errno: 120, email: 'before@example.com' });
    const authPW = await authPWOf('before@example.com');
    const old = { email: 'before@example.com', authPW };
    expect(await server.fails(accountLogin, { body: old })).toMatchObject({ errno: 142 });
    const again = { ...old, originalLoginEmail: 'after@example.com' };
    expect(await server.ok(accountLogin, { body: again })).toMatchObject({ emailVerified: true });
  });

  test('works without the address of sign-up: sign-in, reauth and deletion; another may sign up with it', async () => {
    const { token } = await person('gone-from@example.com');
    await add(token, 'moved-to@example.com');
    await server.ok(recoveryEmailSetPrimary, { token, body: { email: 'moved-to@example.com' } });
    await server.ok(recoveryEmailDestroy, { token, body: { email: 'gone-from@example.com' } });
    const proof = { email: 'gone-from@example.com', authPW: await authPWOf('gone-from@example.com') };
    await server.ok(accountLogin, { body: { ...proof, originalLoginEmail: 'moved-to@example.com' } });
    expect(await server.fails(accountLogin, { body: proof })).toMatchObject({ errno: 102 });
    await server.ok(sessionReauth, { token, body: proof });

    const successor = await person('gone-from@example.com');
    expect(await server.ok(accountEmails, { token: successor.token })).toMatchObject({
      primaryEmail: 'gone-from@example.com',
    });
    await server.ok(accountDestroy, { token, body: proof });
    await server.ok(recoveryEmails, { token: successor.token });
  });

  test('of an address that is not proven (147), somebody else’s (148) or unknown (143) is refused', async () => {
    const { token } = await person('choosy@example.com');
    await server.ok(recoveryEmailCreate, { token, body: { email: 'choosy-2@example.com' } });
    await person('elsewhere@example.com');
    const errnoFor = async (email: string) =>
      (await server.fails(recoveryEmailSetPrimary, { token, body: { email } })).errno;
    expect(await errnoFor('choosy-2@example.com')).toBe(147);
    expect(await errnoFor('elsewhere@example.com')).toBe(148);
    expect(await errnoFor('nobody-at-all@example.com')).toBe(143);
    await server.ok(recoveryEmailSetPrimary, { token, body: { email: 'choosy@example.com' } });
  });
});

const CHANGES: readonly (readonly [Endpoint, object])[] = [
  [recoveryEmailCreate, {}],
  [recoveryEmailSecondaryVerifyCode, { code: '123456' }],
  [recoveryEmailSecondaryResendCode, {}],
  [recoveryEmailDestroy, {}],
  [recoveryEmailSetPrimary, {}],
];

test('every change can be made with a step-up token for addresses, and with no other', async () => {
  const { token } = await person('stepped@example.com');
  const stepUp = async (action: 'email' | '2fa', address = 'stepped@example.com') => {
    await server.ok(mfaOtpRequest, { token, body: { action } });
    const code = (await server.mail(address)).headers['x-account-change-verify-code'] ?? '';
    const { accessToken } = await server.ok(mfaOtpVerify, { token, body: { action, code } });
    return { authorization: `Bearer ${accessToken}` };
  };
  const headers = await stepUp('email');
  const email = 'stepped-2@example.com';
  await server.ok(mfaRecoveryEmailCreate, { headers, body: { email } });
  await server.ok(mfaRecoveryEmailSecondaryResendCode, { headers, body: { email } });
  const code = await codeTo(email);
  await server.ok(mfaRecoveryEmailSecondaryVerifyCode, { headers, body: { email, code } });
  await server.ok(mfaRecoveryEmailSetPrimary, { headers, body: { email } });
  await server.ok(mfaRecoveryEmailDestroy, { headers, body: { email: 'stepped@example.com' } });
  expect(await list(token)).toEqual([{ email, isPrimary: true, verified: true }]);
  const body = { email: 'stepped-3@example.com' };
  expect(await server.fails(mfaRecoveryEmailCreate, { token, body })).toMatchObject({ code: 401 });
  const ofOther = await stepUp('2fa', email);
  expect(await server.fails(mfaRecoveryEmailCreate, { headers: ofOther, body })).toMatchObject({ errno: 223 });
});

describe('limits', () => {
  test.each([
    ['asking for addresses', recoveryEmailCreate, 5, { email: 'one@example.net' }],
    ['asking for a code again', recoveryEmailSecondaryResendCode, 5, { email: 'one@example.net' }],
    ['typing codes', recoveryEmailSecondaryVerifyCode, 10, { email: 'one@example.net', code: '000000' }],
  ] as const)('%s is refused after as many attempts as the rule says', async (_, endpoint, attempts, body) => {
    const limited = await startTestServer({ rateLimits: true });
    try {
      const { sessionToken } = await signUp(limited, 'limited@example.com');
      const token: Token = ['sessionToken', sessionToken];
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        expect((await limited.call(endpoint, { token, body: body as never })).status).not.toBe(429);
      }
      expect(await limited.fails(endpoint, { token, body: body as never })).toMatchObject({ errno: 114 });
    } finally {
      await limited.close();
    }
  });
});

test('addresses that look alike are never two accounts, while their password is salted as typed', async () => {
  const groups = [
    ['Twin@Example.net', 'twin@example.net', 'ＴＷＩＮ@example.net', 'twin@ｅｘａｍｐｌｅ．net'],
    ['andr\u00e9@example.net', 'ANDRE\u0301@EXAMPLE.NET'],
    ['bert@b\u00fccher.example', 'bert@xn--bcher-kva.example', 'BERT@BU\u0308CHER.example'],
    ['stra\u00dfe@example.net', 'STRASSE@example.net'],
  ];
  for (const [first = '', ...others] of groups) {
    const { uid } = await person(first);
    for (const email of others) {
      const body = { email, authPW: await authPWOf(email) };
      expect(await server.fails(accountCreate, { body }), email).toMatchObject({ errno: 101 });
      expect(await server.fails(accountLogin, { body }), email).toMatchObject({ errno: 120, email: first });
      const proof = { email: first, originalLoginEmail: email, authPW: await authPWOf(first) };
      expect((await server.ok(accountLogin, { body: proof })).uid).toBe(uid);
    }
  }
});
