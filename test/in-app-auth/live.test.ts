import { createAuthClient, destroyAccount, getSessionStatus, isAuthError } from '@foxden/auth-client';
import { accountStatus, sessionDestroy } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, turnTotpOn, wrongCode } from '../../packages/server/test/support/authenticator.js';
import { signUp } from '../../packages/server/test/support/person.js';
import { type Live, type LiveStage, openLiveStage } from './support/live-stage.js';

const PASSWORD = 'correct horse battery staple';

let stage: LiveStage;
beforeAll(async () => {
  stage = await openLiveStage({ blockTestAddresses: true });
});
afterAll(() => stage.close());

async function toPassword<R>({ machine, until }: Live<R>, email: string): Promise<void> {
  await until('Start');
  machine.checkAccount(email);
  await until('SignIn');
  machine.setPassword(PASSWORD);
}

describe('the live scenarios of the original, against this server and a relying party with its own', () => {
  it('live-signup-wrong-then-right-code', async () => {
    const email = 'new@example.com';
    const live = stage.open(stage.vpn);
    const { machine, until } = live;
    const result = machine.start();
    await until('Start');
    machine.checkAccount(email);
    await until('SignUp');
    machine.setPassword(PASSWORD);
    machine.signUp();
    await until('VerificationSessionByEmailNeeded');
    const right = await stage.code(email);
    const wrong = right === '000000' ? '000001' : '000000';
    const error = live.error();
    machine.verifySessionEmailCode(wrong);
    expect(await error).toMatchObject({ name: 'InvalidOrExpiredVerificationCode', errno: 183 });
    machine.verifySessionEmailCode(right);
    expect(await result).toMatchObject({ type: 'completed', result: { token: expect.stringMatching(/^vpn-/) } });
    expect(live.seen).toEqual([
      ...['Initializing', 'Start', 'CheckingAccount', 'SignUp', 'SigningUp', 'VerificationSessionByEmailNeeded'],
      ...['VerifyingSessionEmailCode', 'VerificationSessionByEmailNeeded', 'InvalidOrExpiredVerificationCode'],
      ...['VerifyingSessionEmailCode', 'Finalizing', 'Initializing'],
    ]);
  });

  it('live-signup-race', async () => {
    const email = 'raced-up@example.com';
    const live = stage.open(stage.vpn);
    void live.machine.start();
    await live.until('Start');
    live.machine.checkAccount(email);
    await live.until('SignUp');
    await signUp(stage.accounts, email);
    live.machine.setPassword(PASSWORD);
    live.machine.signUp();
    await live.until('Start');
    expect(live.machine.state.error).toMatchObject({ name: 'AccountAlreadyExists' });
  });

  it('live-signin-race', async () => {
    const email = 'raced-in@example.com';
    const { sessionToken } = await signUp(stage.accounts, email);
    const live = stage.open(stage.vpn);
    void live.machine.start();
    await toPassword(live, email);
    await destroyAccount(createAuthClient({ baseUrl: stage.accounts.url }), sessionToken, {
      email,
      password: PASSWORD,
    });
    live.machine.signIn();
    await live.until('Start');
    expect(live.machine.state.error).toMatchObject({ name: 'UnknownAccount' });
  });

  it('live-email-case', async () => {
    await signUp(stage.accounts, 'case@example.com');
    const live = stage.open(stage.vpn);
    const result = live.machine.start();
    await toPassword(live, 'Case@Example.com');
    expect(live.machine.state.emailAddress).toBe('case@example.com');
    live.machine.signIn();
    expect(await result).toMatchObject({ type: 'completed' });
    expect(live.seen).not.toContain('Unexpected');
  });

  it('live-unblock', async () => {
    const email = 'block-me@example.com';
    await signUp(stage.accounts, email);
    const live = stage.open(stage.vpn);
    const result = live.machine.start();
    await toPassword(live, email);
    live.machine.signIn();
    expect(await live.until('UnblockCodeNeeded')).toMatchObject({ codeLength: 8 });
    const error = live.error();
    live.machine.verifyUnblockCode('AAAAAAAA');
    expect(await error).toMatchObject({ name: 'InvalidUnblockCode', errno: 127 });
    const mails = (await unblockMails(email, 1)).length;
    live.machine.resendUnblockCodeEmail();
    const newest = (await unblockMails(email, mails + 1)).at(-1);
    live.machine.verifyUnblockCode(newest ?? '');
    expect(await result).toMatchObject({ type: 'completed' });
  });

  it('live-totp-three-wrong', async () => {
    const email = 'totp@example.com';
    const { sessionToken } = await signUp(stage.accounts, email);
    const secret = await turnTotpOn(stage.accounts, sessionToken);
    const live = stage.open(stage.vpn);
    const result = live.machine.start();
    await toPassword(live, email);
    live.machine.signIn();
    await live.until('VerificationSessionByTotpNeeded');
    const now = stage.accounts.clock.now();
    for (const code of [wrongCode(secret, now), 'aabbcc', '12345a']) {
      const error = live.error();
      live.machine.verifySessionTotpCode(code);
      expect(await error).toMatchObject({ name: 'InvalidTotpCode' });
      expect(live.machine.state.name).toBe('VerificationSessionByTotpNeeded');
    }
    live.machine.verifySessionTotpCode(codeOf(secret, now));
    expect(await result).toMatchObject({ type: 'completed' });
  });
});

describe('a public client of this server', () => {
  it('gets tokens of its own, and the session is gone', async () => {
    const email = 'public@example.com';
    await signUp(stage.accounts, email);
    const live = stage.open(stage.app);
    const result = live.machine.start({ email });
    await live.until('SignIn');
    live.machine.setPassword(PASSWORD);
    live.machine.signIn();
    const done = await result;
    if (done.type !== 'completed') throw new Error(done.type);
    expect(done.sessionToken).toBeUndefined();
    const profile = await stage.accounts.raw('/v1/profile', {
      headers: { authorization: `Bearer ${done.result.access_token}` },
    });
    expect(await profile.json()).toMatchObject({ email });
  });

  it('is handed the session over where it asks for that, which lives until it is destroyed', async () => {
    const email = 'keeper@example.com';
    await signUp(stage.accounts, email);
    const live = stage.open(stage.app, { session: 'handOver' });
    const result = live.machine.start({ email });
    await live.until('SignIn');
    live.machine.setPassword(PASSWORD);
    live.machine.signIn();
    const done = await result;
    if (done.type !== 'completed' || done.sessionToken === undefined) throw new Error(done.type);
    const client = createAuthClient({ baseUrl: stage.accounts.url });
    expect(await getSessionStatus(client, done.sessionToken)).toMatchObject({ state: 'verified' });
    await stage.accounts.ok(sessionDestroy, { token: ['sessionToken', done.sessionToken] });
    const gone = await getSessionStatus(client, done.sessionToken).catch((error: unknown) => error);
    expect(isAuthError(gone, 'INVALID_TOKEN')).toBe(true);
  });

  it('deletes the account after the password and the authenticator', async () => {
    const email = 'leaver@example.com';
    const { sessionToken } = await signUp(stage.accounts, email);
    const secret = await turnTotpOn(stage.accounts, sessionToken);
    const live = stage.open(stage.app);
    const result = live.machine.start({ type: 'accountDeletion', email });
    await live.until('SignIn');
    expect(live.machine.state.methods).not.toContain('reset');
    live.machine.setPassword(PASSWORD);
    live.machine.signIn();
    await live.until('VerificationSessionByTotpNeeded');
    live.machine.verifySessionTotpCode(codeOf(secret, stage.accounts.clock.now()));
    const state = await live.until('AccountDeletionRequest');
    // The sessions of before and of the flow; both have the name of the library that made them.
    if (state.name === 'AccountDeletionRequest') expect(state.attachedClients).not.toEqual([]);
    live.machine.deleteAccount();
    expect(await result).toEqual({ type: 'accountDeleted' });
    expect(await stage.accounts.ok(accountStatus, { body: { email } })).toMatchObject({ exists: false });
  });

  it('throttled by its own mistakes gets in with a mailed code', async () => {
    const limited = await openLiveStage({ rateLimits: true });
    try {
      const email = 'clumsy@example.com';
      await signUp(limited.accounts, email);
      const live = limited.open(limited.app);
      const result = live.machine.start({ email });
      await live.until('SignIn');
      for (let attempt = 0; attempt < 5; attempt += 1) {
        live.machine.setPassword('not the password');
        const error = live.error();
        live.machine.signIn();
        expect(await error).toMatchObject({ name: 'IncorrectPassword' });
      }
      live.machine.setPassword(PASSWORD);
      live.machine.signIn();
      await live.until('UnblockCodeNeeded');
      live.machine.verifyUnblockCode((await unblockMails(email, 1, limited)).at(-1) ?? '');
      expect(await result).toMatchObject({ type: 'completed' });
    } finally {
      await limited.close();
    }
  });

  it('cancelled while it signs in leaves no session behind', async () => {
    const email = 'hasty@example.com';
    const { sessionToken } = await signUp(stage.accounts, email);
    const live = stage.open(stage.app);
    const result = live.machine.start({ email });
    await live.until('SignIn');
    live.machine.setPassword(PASSWORD);
    live.machine.signIn();
    live.machine.cancel();
    expect(await result).toEqual({ type: 'aborted' });
    const { db } = stage.accounts.server.context.storage;
    const uid = (await getSessionStatus(createAuthClient({ baseUrl: stage.accounts.url }), sessionToken)).uid;
    const sessions = await db.selectFrom('sessions').select('uid').where('uid', '=', Buffer.from(uid, 'hex')).execute();
    expect(sessions).toHaveLength(1);
  });
});

/** The codes that were mailed, once there are so many of them. */
async function unblockMails(email: string, count: number, on = stage): Promise<readonly string[]> {
  for (;;) {
    const codes = (await on.accounts.mails(email)).flatMap(({ headers }) => headers['x-unblock-code'] ?? []);
    if (codes.length >= count) return codes;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
