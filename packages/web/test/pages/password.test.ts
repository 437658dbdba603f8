import { bytesToHex, stretchPasswordV1 } from '@foxden/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPasswordModel } from '../../src/pages/password/model.js';
import { offline, refusal, type TestServer, testServer } from '../support/test-server.js';
import { NOW, oauthFlow, rosa, testServices } from '../support/test-services.js';

const password = 'a fox in the den';
const verified = { emailVerified: true, sessionVerified: true, verified: true, metricsEnabled: true };
const keyFetchToken = '80'.repeat(32);
let authPW: string;

beforeAll(async () => {
  authPW = bytesToHex((await stretchPasswordV1(rosa.email, password)).authPW);
});

const newSession = { uid: rosa.uid, sessionToken: 'b0'.repeat(32), authAt: NOW };

/** A server that knows one password. */
function knowing(more: Parameters<typeof testServer>[0] = {}): TestServer {
  return testServer({
    'POST /account/credentials/status': { currentVersion: 'v1', upgradeNeeded: false },
    'POST /account/login': ({ body }) => (body['authPW'] === authPW ? { ...newSession, ...verified } : refusal(103)),
    'POST /session/reauth': ({ body }) =>
      body['authPW'] === authPW ? { uid: rosa.uid, authAt: NOW, ...verified, keyFetchToken } : refusal(103),
    'POST /session/destroy': {},
    ...more,
  });
}

const arrived = { url: '/signin', state: { email: rosa.email } };

describe('signing in', () => {
  it('keeps the account and goes on', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createPasswordModel(services);
    expect(model.state.get()).toMatchObject({ email: rosa.email, again: false });
    await model.submit(password);
    expect(services.accounts.get()).toEqual({ ...newSession, email: rosa.email });
    expect(services.visit.isProved(rosa.uid)).toBe(true);
    expect(services.navigation.entries).toEqual([{ path: '/', state: {} }]);
  });

  it('sends a proof, and nothing that is the password', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    await createPasswordModel(services).submit(password);
    expect(JSON.stringify(services.server.sent)).not.toContain(password);
    expect(services.server.sent[1]?.body).toMatchObject({ email: rosa.email, authPW, verificationMethod: 'email-otp' });
  });

  it('asks for the code of an account that is not confirmed', async () => {
    const unverified = { ...newSession, ...verified, emailVerified: false, sessionVerified: false, verified: false };
    const services = testServices({ ...arrived, server: knowing({ 'POST /account/login': unverified }) });
    await createPasswordModel(services).submit(password);
    expect(services.navigation.entries).toEqual([{ path: '/confirm_signup_code', state: { codeSent: true } }]);
  });

  it('ends the session of whoever was signed in before', async () => {
    const bo = { ...rosa, uid: 'cd'.repeat(16), email: 'bo@example.org' };
    const server = knowing();
    const ended = new Promise<void>((resolve) => {
      server.on('POST /session/destroy', () => {
        resolve();
        return {};
      });
    });
    const services = testServices({ ...arrived, account: bo, server });
    await createPasswordModel(services).submit(password);
    expect(services.accounts.get()?.uid).toBe(rosa.uid);
    await ended;
  });

  it('takes the server’s spelling of the address', async () => {
    const server = knowing({
      'POST /account/login': ({ body }) =>
        body['email'] === rosa.email
          ? { ...newSession, ...verified }
          : Response.json({ errno: 120, message: '', email: rosa.email }, { status: 400 }),
    });
    const services = testServices({ url: '/signin', state: { email: 'ROSA@example.org' }, server });
    await createPasswordModel(services).submit(password);
    expect(services.accounts.get()?.email).toBe(rosa.email);
  });

  it('asks for keys where an application wants them, and keeps them out of the storage', async () => {
    const login = { ...newSession, ...verified, sessionVerified: false, verified: false, keyFetchToken };
    const services = testServices({
      ...arrived,
      server: knowing({ 'POST /account/login': login }),
      flow: { oauth: oauthFlow(undefined, { keysJwk: 'some key' }) },
    });
    await createPasswordModel(services).submit(password);
    expect(services.server.sent[1]?.query.get('keys')).toBe('true');
    expect(services.visit.hasKeys(rosa.uid)).toBe(true);
    expect(Object.keys(services.accounts.get() ?? {}).sort()).toEqual(['authAt', 'email', 'sessionToken', 'uid']);
    expect(services.navigation.entries.at(-1)?.path).toBe('/signin_token_code');
  });

  it('asks for the second step of an account that has one', async () => {
    const waiting = { sessionVerified: false, verified: false, verificationMethod: 'totp-2fa' };
    const login = { ...newSession, ...verified, ...waiting };
    const services = testServices({ ...arrived, server: knowing({ 'POST /account/login': login }) });
    await createPasswordModel(services).submit(password);
    expect(services.navigation.entries).toEqual([{ path: '/signin_totp_code', state: {} }]);
  });

  it('says that a password is missing without asking', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createPasswordModel(services);
    await model.submit('');
    expect(model.state.get()).toMatchObject({ busy: false, error: { id: 'password-error-missing' } });
    expect(services.server.sent).toEqual([]);
  });

  it('says that a password is wrong, and takes the right one next', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createPasswordModel(services);
    await model.submit('not the password');
    expect(model.state.get()).toMatchObject({ busy: false, error: { id: 'password-error-wrong' } });
    expect(services.accounts.get()).toBeUndefined();
    await model.submit(password);
    expect(model.state.get().error).toBeUndefined();
    expect(services.accounts.get()?.uid).toBe(rosa.uid);
  });

  it.each([
    ['password-error-no-account', () => refusal(102)],
    ['password-error-secondary', () => refusal(142)],
    ['password-error-unset', () => refusal(210)],
    ['password-error-reset', () => refusal(126)],
    ['failure-throttled', () => refusal(125)],
    ['failure-unreachable', offline],
  ])('tells %s', async (id, answer) => {
    const services = testServices({ ...arrived, server: knowing({ 'POST /account/login': answer }) });
    const model = createPasswordModel(services);
    await model.submit(password);
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id } });
  });
});

describe('where accounts are hidden', () => {
  it('says the same whatever is wrong, and leads to sign-up or to a reset with the address', async () => {
    const services = testServices({ ...arrived, server: knowing(), hideAccounts: true });
    const model = createPasswordModel(services);
    await model.submit('not the password');
    expect(model.state.get().error).toEqual({ id: 'password-error-either' });
    model.createAccount();
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/signup', state: { email: rosa.email } });
    model.resetPassword();
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/reset_password', state: { email: rosa.email } });
  });
});

describe('proving the password again', () => {
  const oauth = oauthFlow(undefined, { prompt: 'login' });
  const redirect = 'https://notes.example/callback?code=c0';
  const code = { 'POST /oauth/authorization': { code: 'c0', state: '', redirect, scope: '' } };

  it('keeps the session and its account', async () => {
    const services = testServices({ url: '/oauth/signin', account: rosa, server: knowing(code), flow: { oauth } });
    const model = createPasswordModel(services);
    expect(model.state.get()).toMatchObject({ email: rosa.email, again: true });
    await model.submit(password);
    expect(services.server.calls()).toContain('POST /session/reauth');
    expect(services.accounts.get()).toEqual({ ...rosa, authAt: NOW });
    expect(services.navigation.left).toEqual([redirect]);
  });

  it('does not ask the server for a code where the password is enough', async () => {
    const services = testServices({ url: '/oauth/signin', account: rosa, server: knowing(code), flow: { oauth } });
    await createPasswordModel(services).submit(password);
    expect(services.server.sent[1]?.body).not.toHaveProperty('verificationMethod');
  });

  it('makes a new session when the old one has ended', async () => {
    const server = knowing({ ...code, 'POST /session/reauth': refusal(110, 401) });
    const services = testServices({ url: '/oauth/signin', account: rosa, server, flow: { oauth } });
    await createPasswordModel(services).submit(password);
    expect(services.accounts.get()?.sessionToken).toBe(newSession.sessionToken);
    expect(services.navigation.left).toEqual([redirect]);
  });
});
