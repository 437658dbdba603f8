import {
  accountCreate,
  type Endpoint,
  mfaRecoveryCodesCreate,
  mfaRecoveryCodesUpdate,
  recoveryCodesCreate,
  recoveryCodesExists,
  recoveryCodesReplace,
  recoveryCodesUpdate,
  sessionStatus,
  sessionVerifyRecoveryCode,
  totpDestroy,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepUp, turnTotpOn } from '../support/authenticator.js';
import { authPWOf, fetchKeys, signIn, signUp, unwrapBKeyV1 } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const HOUR = 60 * 60 * 1000;
const EIGHT = Array.from({ length: 8 }, (_, i) => `code${i}0000`);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const tokenOf = (sessionToken: string) => ['sessionToken', sessionToken] as const;
const templates = async (email: string) =>
  (await server.mails(email)).map(({ headers }) => headers['x-template-name'] ?? '');

async function person(email: string, options: { totp: boolean } = { totp: false }) {
  const { uid, sessionToken } = await signUp(server, email);
  if (options.totp) await turnTotpOn(server, sessionToken);
  return { email, uid, sessionToken, token: tokenOf(sessionToken) };
}

async function waitingSession(email: string) {
  return tokenOf((await signIn(server, email, { keys: true })).sessionToken);
}

describe('a set of codes', () => {
  test('is eight codes of ten characters, new at every request, and the owner is told', async () => {
    const { token, email } = await person('get@example.com', { totp: true });
    const { recoveryCodes } = await server.ok(recoveryCodesReplace, { token });
    expect(recoveryCodes).toHaveLength(8);
    for (const code of recoveryCodes) expect(code).toMatch(/^[a-z2-7]{10}$/);
    expect((await templates(email)).at(-1)).toBe('postNewRecoveryCodes');
    expect(await server.ok(recoveryCodesExists, { token })).toEqual({ hasBackupCodes: true, count: 8 });
    const next = await server.ok(recoveryCodesReplace, { token });
    expect(new Set([...recoveryCodes, ...next.recoveryCodes]).size).toBe(16);
    const [old = ''] = recoveryCodes;
    const waiting = await waitingSession(email);
    expect(await server.fails(sessionVerifyRecoveryCode, { token: waiting, body: { code: old } })).toMatchObject({
      errno: 156,
    });
    const [fresh = ''] = next.recoveryCodes;
    expect(await server.ok(sessionVerifyRecoveryCode, { token: waiting, body: { code: fresh } })).toEqual({
      remaining: 7,
    });
  });

  test.each([
    ['with the session', recoveryCodesCreate, false],
    ['with a step-up token', mfaRecoveryCodesCreate, true],
  ] as const)('comes from the client while the authenticator is set up, %s', async (_form, endpoint, mfa) => {
    const who = await person(`first-${mfa}@example.com`);
    const proof = async () =>
      mfa ? { headers: await stepUp(server, who.email, who.sessionToken, '2fa') } : { token: who.token };
    const before = await templates(who.email);
    const first = { ...(await proof()), body: { recoveryCodes: EIGHT } };
    expect(await server.ok(endpoint, first)).toEqual({ success: true });
    const again = { ...(await proof()), body: { recoveryCodes: EIGHT.slice(0, 3) } };
    expect(await server.ok(endpoint, again)).toEqual({ success: true });
    expect(await server.ok(recoveryCodesExists, { token: who.token })).toEqual({ hasBackupCodes: true, count: 3 });
    expect((await templates(who.email)).filter((name) => name === 'postNewRecoveryCodes')).toEqual([]);
    expect(before).not.toContain('postNewRecoveryCodes');
    await turnTotpOn(server, who.sessionToken);
    const late = { ...(await proof()), body: { recoveryCodes: EIGHT } };
    expect(await server.fails(endpoint, late)).toMatchObject({ code: 400, errno: 154 });
  });

  test.each([
    ['with the session', recoveryCodesUpdate, false],
    ['with a step-up token', mfaRecoveryCodesUpdate, true],
  ] as const)('is replaced by the client once it is set up, %s', async (_form, endpoint, mfa) => {
    const who = await person(`update-${mfa}@example.com`);
    const proof = async () =>
      mfa ? { headers: await stepUp(server, who.email, who.sessionToken, '2fa') } : { token: who.token };
    const early = { ...(await proof()), body: { recoveryCodes: EIGHT } };
    expect(await server.fails(endpoint, early)).toMatchObject({ code: 400, errno: 138 });
    await turnTotpOn(server, who.sessionToken);
    await server.ok(recoveryCodesReplace, { token: who.token });
    const update = { ...(await proof()), body: { recoveryCodes: ['OnlyThisOne'] } };
    expect(await server.ok(endpoint, update)).toEqual({ success: true });
    expect((await templates(who.email)).at(-1)).toBe('postNewRecoveryCodes');
    expect(await server.ok(recoveryCodesExists, { token: who.token })).toEqual({ hasBackupCodes: true, count: 1 });
    const body = { code: 'onlythisone' };
    expect(await server.ok(sessionVerifyRecoveryCode, { token: await waitingSession(who.email), body })).toEqual({
      remaining: 0,
    });
    expect(await server.ok(recoveryCodesExists, { token: who.token })).toEqual({ hasBackupCodes: false, count: 0 });
  });

  test('has one to eight different codes of base 36', async () => {
    const { token } = await person('rules@example.com');
    for (const recoveryCodes of [
      [],
      [...EIGHT, 'code80000'],
      ['abcdefgh', 'abcdefgh'],
      ['abcdefgh', 'ABCDEFGH'],
      ['short12'],
      ['a'.repeat(21)],
      ['with-dash'],
    ]) {
      const error = await server.fails(recoveryCodesCreate, { token, body: { recoveryCodes } });
      expect(error).toMatchObject({ code: 400, errno: 107, validation: { keys: ['recoveryCodes'] } });
    }
    await server.ok(recoveryCodesCreate, { token, body: { recoveryCodes: ['abcd2345', 'Z'.repeat(20)] } });
  });

  test('is one set, when several are asked for at once', async () => {
    const { token } = await person('sets@example.com', { totp: true });
    await Promise.all(Array.from({ length: 5 }, () => server.ok(recoveryCodesReplace, { token })));
    expect(await server.ok(recoveryCodesExists, { token })).toEqual({ hasBackupCodes: true, count: 8 });
  });

  test('is not in the database as it is', async () => {
    const { token, uid } = await person('hashed@example.com', { totp: true });
    const { recoveryCodes } = await server.ok(recoveryCodesReplace, { token });
    const { db } = server.server.context.storage;
    const rows = await db.selectFrom('backupCodes').selectAll().where('uid', '=', Buffer.from(uid, 'hex')).execute();
    expect(rows).toHaveLength(8);
    for (const { codeHash } of rows) {
      expect(codeHash).toHaveLength(32);
      for (const code of recoveryCodes) expect(Buffer.from(codeHash).toString('latin1')).not.toContain(code);
    }
  });
});

const GUARDED: readonly (readonly [string, Endpoint, unknown])[] = [
  ['GET recoveryCodes', recoveryCodesReplace, undefined],
  ['POST recoveryCodes', recoveryCodesCreate, { recoveryCodes: EIGHT }],
  ['PUT recoveryCodes', recoveryCodesUpdate, { recoveryCodes: EIGHT }],
];

describe('who may set them', () => {
  test.each(GUARDED)(
    '%s: a confirmed session that proved the authenticator, if there is one',
    async (name, endpoint, body) => {
      const email = `guard-${name.slice(0, 3)}@example.com`;
      const created = await server.ok(accountCreate, { body: { email, authPW: await authPWOf(email) } });
      const fresh = { token: tokenOf(created.sessionToken), body };
      expect(await server.fails(endpoint, fresh)).toMatchObject({ code: 400, errno: 104 });
      const who = await person(`other-${email}`);
      const older = tokenOf((await signIn(server, who.email)).sessionToken);
      if (endpoint !== recoveryCodesCreate) {
        expect(await server.fails(endpoint, { token: who.token, body })).toMatchObject({ code: 400, errno: 138 });
      }
      await turnTotpOn(server, who.sessionToken);
      expect(await server.fails(endpoint, { token: older, body })).toMatchObject({ code: 400, errno: 222 });
      const waiting = await waitingSession(who.email);
      expect(await server.fails(endpoint, { token: waiting, body })).toMatchObject({ code: 400, errno: 138 });
    },
  );
});

describe('signing in with a backup code', () => {
  test('confirms the session as an authenticator does, and gives the keys', async () => {
    const { token, email } = await person('signin@example.com', { totp: true });
    const { recoveryCodes } = await server.ok(recoveryCodesReplace, { token });
    const [code = ''] = recoveryCodes;
    const { sessionToken, keyFetchToken } = await signIn(server, email, { keys: true });
    const waiting = tokenOf(sessionToken);
    const body = { code: code.toUpperCase() };
    expect(await server.ok(sessionVerifyRecoveryCode, { token: waiting, body })).toEqual({ remaining: 7 });
    expect((await templates(email)).at(-1)).toBe('postSigninRecoveryCode');
    expect(await server.ok(sessionStatus, { token: waiting })).toMatchObject({
      state: 'verified',
      details: { sessionVerificationMethod: 'recovery-code', sessionVerificationMeetsMinimumAAL: true },
    });
    expect((await fetchKeys(server, keyFetchToken, await unwrapBKeyV1(email))).kB).toMatch(/^[0-9a-f]{64}$/);
    const next = await waitingSession(email);
    expect(await server.fails(sessionVerifyRecoveryCode, { token: next, body })).toMatchObject({
      code: 400,
      errno: 156,
    });
    expect(await server.ok(sessionStatus, { token: next })).toMatchObject({ state: 'unverified' });
  });

  test('tells the owner when two are left, and again with the last', async () => {
    const { token, email } = await person('few@example.com', { totp: true });
    await server.ok(recoveryCodesUpdate, { token, body: { recoveryCodes: EIGHT.slice(0, 4) } });
    for (const [code, remaining] of [
      [EIGHT[0], 3],
      [EIGHT[1], 2],
      [EIGHT[2], 1],
    ] as const) {
      const waiting = await waitingSession(email);
      expect(await server.ok(sessionVerifyRecoveryCode, { token: waiting, body: { code: code ?? '' } })).toEqual({
        remaining,
      });
    }
    expect((await templates(email)).filter((name) => /RecoveryCode/.test(name)).slice(1)).toEqual([
      'postSigninRecoveryCode',
      'postSigninRecoveryCode',
      'lowRecoveryCodes',
      'postSigninRecoveryCode',
      'lowRecoveryCodes',
    ]);
  });

  test('of fifty requests at once with one code, one succeeds', async () => {
    const { token, email } = await person('race@example.com', { totp: true });
    const { recoveryCodes } = await server.ok(recoveryCodesReplace, { token });
    const [code = ''] = recoveryCodes;
    const waiting = await waitingSession(email);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => server.call(sessionVerifyRecoveryCode, { token: waiting, body: { code } })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await server.ok(recoveryCodesExists, { token })).toEqual({ hasBackupCodes: true, count: 7 });
  });

  test('does not work before two-step authentication is on, nor after it is off', async () => {
    const { token, email } = await person('off@example.com');
    await server.ok(recoveryCodesCreate, { token, body: { recoveryCodes: EIGHT } });
    server.clock.advance(80 * HOUR);
    const waiting = await waitingSession(email);
    const body = { code: EIGHT[0] ?? '' };
    expect(await server.fails(sessionVerifyRecoveryCode, { token: waiting, body })).toMatchObject({ errno: 156 });
    expect(await server.ok(sessionStatus, { token: waiting })).toMatchObject({ state: 'unverified' });
    const again = await person('off2@example.com', { totp: true });
    await server.ok(recoveryCodesUpdate, { token: again.token, body: { recoveryCodes: EIGHT } });
    await server.ok(totpDestroy, { token: again.token });
    expect(await server.fails(sessionVerifyRecoveryCode, { token: again.token, body })).toMatchObject({ errno: 156 });
  });
});
