import {
  createRecoveryKey,
  formatRecoveryKey,
  hexToBytes,
  parseRecoveryKey,
  recoveryKeyId,
  sealRecoveryData,
  stretchPasswordV2,
  unwrapKb,
} from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import { createNewPasswordModel } from '../../src/pages/new-password/model.js';
import { createRecoveryKeyModel } from '../../src/pages/recovery-key/model.js';
import { createResetCodeModel } from '../../src/pages/reset-code/model.js';
import { createResetLinkModel } from '../../src/pages/reset-link/model.js';
import { createResetPasswordModel } from '../../src/pages/reset-password/model.js';
import { offline, refusal, type TestServer, testServer } from '../support/test-server.js';
import { NOW, reset, rosa, sessionStatus, testServices } from '../support/test-services.js';

const password = 'another fox in the den';
const DIGITS = '12345678';
const accountResetToken = 'd0'.repeat(32);
const kB = new Uint8Array(32).fill(0x0b);
const recoveryKey = createRecoveryKey(new Uint8Array(20).fill(3));
const typedKey = formatRecoveryKey(recoveryKey);
const begun = { token: reset.token, code: reset.code, uid: reset.uid, emailToHashWith: rosa.email };
const random = (length: number) => new Uint8Array(length).fill(1);
const again = [{ path: '/reset_password', state: { email: rosa.email, notice: { id: 'notice-reset-again' } } }];

/** A server with an account of a person who knows the digits and holds the recovery key. */
function knowing(more: Parameters<typeof testServer>[0] = {}): TestServer {
  return testServer({
    'POST /password/forgot/send_otp': {},
    'POST /password/forgot/verify_otp': ({ body }) =>
      body['code'] === DIGITS ? { ...begun, hasPasskey: false, hasPasskeyWraps: false } : refusal(105),
    'GET /totp/exists': { exists: false, verified: false },
    'POST /recoveryKey/exists': { exists: true },
    'POST /password/forgot/verify_code': { accountResetToken },
    'POST /account/reset': {
      uid: rosa.uid,
      sessionToken: rosa.sessionToken,
      authAt: NOW,
      emailVerified: true,
      sessionVerified: true,
    },
    'GET /recovery_email/status': { email: 'primary@example.org', verified: true },
    'GET /session/status': sessionStatus(),
    ...more,
  });
}

describe('asking for the digits', () => {
  it('sends them to the address that was entered one step before, and goes on', async () => {
    const services = testServices({ url: '/reset_password', state: { email: rosa.email }, server: knowing() });
    const model = createResetPasswordModel(services);
    expect(model.state.get().email).toBe(rosa.email);
    await model.submit(` ${rosa.email} `);
    expect(services.server.sent[0]?.body).toEqual({ email: rosa.email });
    expect(services.navigation.entries.at(-1)).toEqual({
      path: '/confirm_reset_password',
      state: { email: rosa.email },
    });
  });

  it.each([
    ['', {}, 'reset-password-error-missing'],
    ['rosa', {}, 'reset-password-error-format'],
    [rosa.email, { 'POST /password/forgot/send_otp': refusal(102) }, 'reset-password-error-unknown'],
  ])('says what is wrong with %o', async (typed, answers, id) => {
    const model = createResetPasswordModel(testServices({ url: '/reset_password', server: knowing(answers) }));
    await model.submit(typed);
    expect(model.state.get()).toMatchObject({ busy: false, error: { id } });
  });
});

describe('entering the digits', () => {
  const arrived = { url: '/confirm_reset_password', state: { email: rosa.email } };

  it.each([
    ['/account_recovery_confirm_key', { exists: false, verified: false }, { exists: true }],
    ['/complete_reset_password', { exists: true, verified: false }, { exists: false }],
    ['/confirm_totp_reset_password', { exists: true, verified: true }, { exists: true }],
  ])('leads to %s where totp is %o and the key %o', async (path, totp, key) => {
    const server = knowing({ 'GET /totp/exists': totp, 'POST /recoveryKey/exists': key });
    const services = testServices({ ...arrived, server });
    await createResetCodeModel(services).submit('1234 5678');
    const known = { ...reset, hasRecoveryKey: key.exists, secondStepNeeded: totp.verified };
    expect(services.navigation.entries).toEqual([{ path, state: { reset: known } }]);
  });

  it.each([
    ['', 'reset-code-error-missing'],
    ['1234567', 'reset-code-error-format'],
    ['00000000', 'reset-code-error-wrong'],
  ])('says what is wrong with %o', async (typed, id) => {
    const model = createResetCodeModel(testServices({ ...arrived, server: knowing() }));
    await model.submit(typed);
    expect(model.state.get()).toMatchObject({ busy: false, error: { id } });
  });

  it('goes on from digits that were taken when only the questions after them failed', async () => {
    const server = knowing({ 'GET /totp/exists': offline });
    const services = testServices({ ...arrived, server });
    const model = createResetCodeModel(services);
    await model.submit(DIGITS);
    expect(model.state.get().failure).toEqual({ id: 'failure-unreachable' });
    server.on('GET /totp/exists', { exists: false, verified: false });
    await model.submit(DIGITS);
    expect(services.navigation.entries.at(-1)?.path).toBe('/account_recovery_confirm_key');
    expect(server.calls().filter((call) => call.endsWith('verify_otp'))).toHaveLength(1);
  });

  it('has new ones sent, and does not say to whom there is an account where that is hidden', async () => {
    for (const [hideAccounts, id] of [
      [false, 'reset-code-resent'],
      [true, 'reset-code-resent-hidden'],
    ] as const) {
      const model = createResetCodeModel(testServices({ ...arrived, server: knowing(), hideAccounts }));
      await model.resend();
      expect(model.state.get().notice?.id).toBe(id);
    }
  });
});

describe('a mailed link', () => {
  const query = new URLSearchParams({ ...begun, email: rosa.email });

  it('goes on where the digits would', async () => {
    const services = testServices({ url: `/complete_reset_password?${query}`, server: knowing() });
    await createResetLinkModel(services).open();
    expect(services.navigation.entries).toEqual([{ path: '/account_recovery_confirm_key', state: { reset } }]);
  });

  it.each([
    [`/complete_reset_password?${query}`, { 'GET /totp/exists': refusal(110, 401) }, 'link-failed-reset', false],
    [`/complete_reset_password?${query}`, { 'GET /totp/exists': offline }, 'failure-unreachable', true],
    ['/complete_reset_password?token=00', {}, 'link-failed-broken', false],
  ])('says why it does not work: %s', async (url, answers, id, retry) => {
    const model = createResetLinkModel(testServices({ url, server: knowing(answers) }));
    await model.open();
    expect(model.state.get()).toMatchObject({ failure: { id }, retry });
  });
});

describe('the recovery key', () => {
  const arrived = { url: '/account_recovery_confirm_key', state: { reset } };

  async function holding(more: Parameters<typeof testServer>[0] = {}): Promise<TestServer> {
    const recoveryData = await sealRecoveryData(recoveryKey, rosa.uid, kB, random);
    return knowing({ [`GET /recoveryKey/${await recoveryKeyId(recoveryKey, rosa.uid)}`]: { recoveryData }, ...more });
  }

  it('opens kB, which waits in memory and nowhere else', async () => {
    const services = testServices({ ...arrived, server: await holding() });
    await createRecoveryKeyModel(services).submit(typedKey.toLowerCase());
    expect(services.visit.recovered(rosa.uid)?.kB).toEqual(kB);
    expect(services.navigation.entries).toEqual([
      { path: '/account_recovery_reset_password', state: { reset: { ...reset, accountResetToken } } },
    ]);
  });

  it('trades the code once, however often a key is tried', async () => {
    const other = formatRecoveryKey(createRecoveryKey(new Uint8Array(20).fill(9)));
    const wrong = { [`GET /recoveryKey/${await recoveryKeyId(parseRecoveryKey(other), rosa.uid)}`]: refusal(159) };
    const services = testServices({ ...arrived, server: await holding(wrong) });
    const model = createRecoveryKeyModel(services);
    await model.submit(other);
    expect(model.state.get()).toMatchObject({ busy: false, error: { id: 'recovery-key-error-wrong' } });
    await model.submit(typedKey);
    expect(services.server.calls().filter((call) => call.endsWith('verify_code'))).toHaveLength(1);
    expect(services.visit.recovered(rosa.uid)?.kB).toEqual(kB);
  });

  it.each([
    ['', 'recovery-key-error-missing'],
    ['ABCD', 'recovery-key-error-format'],
  ])('is not asked about when it is %o', async (typed, id) => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createRecoveryKeyModel(services);
    await model.submit(typed);
    expect(model.state.get()).toMatchObject({ busy: false, error: { id } });
    expect(services.server.sent).toEqual([]);
  });

  it('is not needed to go on; an authenticator that was not shown yet is', () => {
    const services = testServices({ ...arrived, server: knowing() });
    createRecoveryKeyModel(services).goOnWithout();
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/complete_reset_password', state: { reset } });
    const needed = { ...reset, secondStepNeeded: true };
    const withTotp = testServices({ ...arrived, state: { reset: needed }, server: knowing() });
    createRecoveryKeyModel(withTotp).goOnWithout();
    expect(withTotp.navigation.entries.at(-1)?.path).toBe('/confirm_totp_reset_password');
    const traded = testServices({ ...arrived, state: { reset: { ...needed, accountResetToken } }, server: knowing() });
    createRecoveryKeyModel(traded).goOnWithout();
    expect(traded.navigation.entries).toMatchObject(again);
  });

  it('begins again when the reset has ended', async () => {
    const server = await holding({ 'POST /password/forgot/verify_code': refusal(110, 401) });
    const services = testServices({ ...arrived, server });
    await createRecoveryKeyModel(services).submit(typedKey);
    expect(services.navigation.entries).toMatchObject(again);
  });
});

describe('the new password', () => {
  const common = async () => (candidate: string) => candidate === 'password1';
  const arrived = { url: '/complete_reset_password', state: { reset } };

  it('is set, signs in by the primary address, and says so', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createNewPasswordModel(services, common);
    expect(model.state.get()).toMatchObject({ keepsData: false, couldKeepData: true });
    await model.submit(password, password);
    expect(services.accounts.get()).toEqual({
      uid: rosa.uid,
      email: 'primary@example.org',
      sessionToken: rosa.sessionToken,
      authAt: NOW,
    });
    expect(services.visit.hasKeys(rosa.uid)).toBe(true);
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/', state: { notice: { id: 'notice-password-set' } } });
    expect(JSON.stringify(services.server.sent)).not.toContain(password);
  });

  it('keeps kB where the recovery key was entered', async () => {
    const services = testServices({ ...arrived, url: '/account_recovery_reset_password', server: knowing() });
    services.visit.recover(rosa.uid, { recoveryKeyId: rosa.uid, kB });
    const model = createNewPasswordModel(services, common);
    expect(model.state.get()).toMatchObject({ keepsData: true, couldKeepData: false });
    await model.submit(password, password);
    const { body = {} } = services.server.sent.find(({ call }) => call === 'POST /account/reset') ?? {};
    expect(body['recoveryKeyId']).toBe(rosa.uid);
    const { unwrapBKey } = await stretchPasswordV2(String(body['clientSalt']), password);
    expect(unwrapKb(hexToBytes(String(body['wrapKbVersion2'])), unwrapBKey)).toEqual(kB);
    expect(services.navigation.entries.at(-1)?.state.notice?.id).toBe('notice-password-set-with-key');
  });

  it.each([
    ['password1', 'password1', { passwordError: { id: 'new-password-error-common' } }],
    [password, 'something else', { confirmError: { id: 'new-password-error-confirm' } }],
  ])('is not sent when it is %o and then %o', async (first, second, errors) => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createNewPasswordModel(services, common);
    await model.submit(first, second);
    expect(model.state.get()).toMatchObject({ busy: false, ...errors });
    expect(services.server.sent).toEqual([]);
  });

  it('is sent again after a failure, with the token that was traded before', async () => {
    const server = knowing({ 'POST /account/reset': offline });
    const services = testServices({ ...arrived, server });
    const model = createNewPasswordModel(services, common);
    await model.submit(password, password);
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id: 'failure-unreachable' } });
    server.on('POST /account/reset', refusal(138));
    await model.submit(password, password);
    expect(model.state.get().failure).toEqual({ id: 'reset-error-second-step' });
    expect(server.calls().filter((call) => call.endsWith('verify_code'))).toHaveLength(1);
    server.on('POST /account/reset', refusal(110, 401));
    await model.submit(password, password);
    expect(services.navigation.entries).toMatchObject(again);
  });
});
