import { describe, expect, it, vi } from 'vitest';
import { createMailboxModel } from '../../src/pages/mailbox/model.js';
import { createSignUpModel } from '../../src/pages/sign-up/model.js';
import { loadCommonPasswords } from '../../src/passwords/common-passwords.js';
import { judgePassword } from '../../src/passwords/judge-password.js';
import { type Answer, offline, refusal, testServer } from '../support/test-server.js';
import { NOW, oauthFlow, rosa, testServices } from '../support/test-services.js';

const password = 'a fox in the den';
const arrived = { url: '/signup', state: { email: rosa.email } };
const created = { uid: rosa.uid, sessionToken: rosa.sessionToken, authAt: NOW, verificationMethod: 'email-otp' };
const nothingIsCommon = async () => () => false;

const creating = (answer: Answer = created) => testServer({ 'POST /account/create': answer });

describe('a new password', () => {
  const judge = (text: string, email = rosa.email) => judgePassword(text, email, (word) => word === 'common1234');

  it.each([
    ['', 'missing'],
    ['1234567', 'short'],
    ['😀😀😀😀', 'short'],
    ['rosa@example.org', 'email'],
    ['ROSA@EXAMPLE.ORG', 'email'],
    ['rosa@example', 'email'],
    ['Rosa-2026', 'email'],
    ['example.org', 'email'],
    ['common1234', 'common'],
    ['COMMON1234', 'common'],
    ['12345678', undefined],
    [password, undefined],
    ['pässwörter', undefined],
  ])('%o is %s', (text, fault) => {
    expect(judge(text)).toBe(fault);
  });

  it('may contain a name that is too short to mean anything', () => {
    expect(judge('a boat at sea', 'a@example.org')).toBeUndefined();
    expect(judge('robots everywhere', 'bot@example.org')).toBeUndefined();
  });

  it('is compared with the list of passwords that are tried first', async () => {
    const isCommon = await loadCommonPasswords();
    expect(isCommon('password1')).toBe(true);
    expect(isCommon(password)).toBe(false);
  });
});

describe('making an account', () => {
  it('keeps the account and goes on to the code', async () => {
    const services = testServices({ ...arrived, server: creating() });
    await createSignUpModel(services, nothingIsCommon).submit(password, password);
    expect(services.accounts.get()).toEqual({ ...rosa, authAt: NOW });
    expect(services.navigation.entries).toEqual([{ path: '/confirm_signup_code', state: { codeSent: true } }]);
  });

  it('sends two proofs and two wraps, and neither password nor kB', async () => {
    const services = testServices({ ...arrived, server: creating() });
    await createSignUpModel(services, nothingIsCommon).submit(password, password);
    const { body } = services.server.sent[0] ?? {};
    expect(Object.keys(body ?? {}).sort()).toEqual([
      'authPW',
      'authPWVersion2',
      'clientSalt',
      'email',
      'verificationMethod',
      'wrapKb',
      'wrapKbVersion2',
    ]);
    expect(JSON.stringify(services.server.sent)).not.toContain(password);
    expect(services.visit.hasKeys(rosa.uid)).toBe(true);
  });

  it('says what it is for', async () => {
    const oauth = oauthFlow(undefined, { keysJwk: 'some key' });
    const services = testServices({ ...arrived, server: creating(), flow: { oauth, service: oauth.client.id } });
    await createSignUpModel(services, nothingIsCommon).submit(password, password);
    expect(services.server.sent[0]?.query.get('keys')).toBe('true');
    expect(services.server.sent[0]?.body['service']).toBe(oauth.client.id);
  });

  it.each([
    ['too short', 'short', 'short', { passwordError: { id: 'new-password-error-short' } }],
    ['common', 'password1', 'password1', { passwordError: { id: 'new-password-error-common' } }],
    ['typed differently', password, 'a fox in a den', { confirmError: { id: 'new-password-error-confirm' } }],
  ])('does not begin with a password that is %s', async (_, first, second, told) => {
    const services = testServices(arrived);
    const model = createSignUpModel(services, async () => (word) => word === 'password1');
    await model.submit(first, second);
    expect(model.state.get()).toMatchObject({ busy: false, ...told });
    expect(services.server.sent).toEqual([]);
  });

  it('sends whoever has an account already to its password', async () => {
    const services = testServices({ ...arrived, server: creating(() => refusal(101)) });
    await createSignUpModel(services, nothingIsCommon).submit(password, password);
    const notice = { id: 'notice-account-exists' };
    expect(services.navigation.entries).toEqual([{ path: '/signin', state: { email: rosa.email, notice } }]);
  });

  it.each([
    ['sign-up-error-rejected', () => refusal(207)],
    ['sign-up-error-rejected', () => refusal(144)],
    ['failure-mail', () => refusal(151, 422)],
    ['failure-unreachable', offline],
  ])('tells %s', async (id, answer) => {
    const services = testServices({ ...arrived, server: creating(answer) });
    const model = createSignUpModel(services, nothingIsCommon);
    await model.submit(password, password);
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id } });
    expect(services.accounts.get()).toBeUndefined();
  });

  it('ends where accounts are hidden in the mailbox, whether there was one or not', async () => {
    const ways = [];
    for (const answer of [created, () => refusal(207)]) {
      const server = testServer({ 'POST /account/create': answer, 'POST /session/destroy': {} });
      const oauth = oauthFlow(undefined, { keysJwk: 'some key' });
      const services = testServices({ ...arrived, server, hideAccounts: true, flow: { oauth } });
      await createSignUpModel(services, nothingIsCommon).submit(password, password);
      expect(server.sent[0]?.body['verificationMethod']).toBe('email');
      expect(server.sent[0]?.query.has('keys')).toBe(false);
      expect(services.accounts.get()).toBeUndefined();
      expect(services.visit.hasKeys(rosa.uid)).toBe(false);
      ways.push(services.navigation.entries);
    }
    const mailbox = { path: '/confirm', state: { email: rosa.email } };
    expect(ways).toEqual([[mailbox], [mailbox]]);
  });

  it('keeps no session where accounts are hidden, also when it cannot be ended', async () => {
    const server = testServer({ 'POST /account/create': created, 'POST /session/destroy': offline });
    const services = testServices({ ...arrived, server, hideAccounts: true });
    await createSignUpModel(services, nothingIsCommon).submit(password, password);
    await vi.waitFor(() => expect(server.calls()).toEqual(['POST /account/create', 'POST /session/destroy']));
    expect(services.navigation.here().path).toBe('/confirm');
  });

  it.each([
    ['failure-mail', () => refusal(151, 422)],
    ['failure-throttled', () => refusal(114, 429)],
    ['failure-unreachable', offline],
  ])('tells %s where accounts are hidden, too', async (id, answer) => {
    const services = testServices({ ...arrived, server: creating(answer), hideAccounts: true });
    const model = createSignUpModel(services, nothingIsCommon);
    await model.submit(password, password);
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id } });
    expect(services.navigation.here().path).toBe('/signup');
  });

  it('loads the list of common passwords once', async () => {
    let loads = 0;
    const model = createSignUpModel(testServices(arrived), async () => {
      loads += 1;
      return () => false;
    });
    model.start?.();
    await model.submit('short', '');
    await model.submit('short', '');
    expect(loads).toBe(1);
  });
});

describe('the mailbox', () => {
  const at = (oauth?: ReturnType<typeof oauthFlow>) =>
    testServices({ url: '/confirm', state: { email: rosa.email }, hideAccounts: true, flow: { oauth } });

  it('leads on to the password of the same address, and back to another try', () => {
    const services = at();
    const model = createMailboxModel(services);
    expect(model.state.get()).toEqual({ email: rosa.email });
    model.signIn();
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/signin', state: { email: rosa.email } });
    model.beginAgain();
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/signup', state: { email: rosa.email } });
  });

  it('keeps what an application asks for', () => {
    const services = at(oauthFlow());
    createMailboxModel(services).signIn();
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/oauth/signin', state: { email: rosa.email } });
  });
});
