import { describe, expect, it } from 'vitest';
import { createConfirmCodeModel } from '../../src/pages/confirm-code/model.js';
import { digitsOf } from '../../src/ui/digits.js';
import { offline, refusal, type TestServer, testServer } from '../support/test-server.js';
import { rosa, sessionStatus, testServices } from '../support/test-services.js';

const arrived = { url: '/confirm_signup_code', account: rosa, state: { codeSent: true } };

/** A server that knows one code. */
function knowing(code = '123456', more: Parameters<typeof testServer>[0] = {}): TestServer {
  return testServer({
    'GET /session/status': sessionStatus(),
    'POST /session/verify_code': ({ body }) => (body['code'] === code ? {} : refusal(183)),
    'POST /session/resend_code': {},
    ...more,
  });
}

describe('the digits of a code', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['１２３４５６', '123456'],
    ['Your code: 123456', '123456'],
    ['', ''],
  ])('of %o are %o', (typed, digits) => {
    expect(digitsOf(typed)).toBe(digits);
  });
});

describe('entering the code', () => {
  it('confirms and goes on', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    await createConfirmCodeModel(services).submit('123 456');
    expect(services.server.sent[0]?.body).toEqual({ code: '123456' });
    expect(services.navigation.entries).toEqual([{ path: '/', state: {} }]);
  });

  it.each([
    ['', 'confirm-error-missing'],
    ['12345', 'confirm-error-format'],
    ['1234567', 'confirm-error-format'],
  ])('sends no code like %o', async (typed, id) => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createConfirmCodeModel(services);
    await model.submit(typed);
    expect(model.state.get()).toMatchObject({ busy: false, error: { id } });
    expect(services.server.sent).toEqual([]);
  });

  it('says that a code is wrong, and takes the right one next', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createConfirmCodeModel(services);
    await model.submit('000000');
    expect(model.state.get()).toMatchObject({ busy: false, error: { id: 'confirm-error-wrong' } });
    await model.submit('123456');
    expect(services.navigation.entries.at(-1)?.path).toBe('/');
  });

  it('sends a code once, however often it is submitted meanwhile', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createConfirmCodeModel(services);
    await Promise.all([model.submit('123456'), model.submit('123456')]);
    expect(services.server.calls().filter((call) => call === 'POST /session/verify_code')).toHaveLength(1);
  });

  it('begins again when the session has ended', async () => {
    const server = knowing('123456', {
      'POST /session/verify_code': refusal(110, 401),
      'GET /session/status': refusal(110, 401),
    });
    const services = testServices({ ...arrived, server });
    await createConfirmCodeModel(services).submit('123456');
    expect(services.accounts.get()).toBeUndefined();
    expect(services.navigation.entries.at(-1)?.state.notice?.id).toBe('notice-signed-out-elsewhere');
  });

  it('tells that the server cannot be reached', async () => {
    const services = testServices({ ...arrived, server: knowing('', { 'POST /session/verify_code': offline }) });
    const model = createConfirmCodeModel(services);
    await model.submit('123456');
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id: 'failure-unreachable' } });
  });
});

describe('getting a code', () => {
  it('sends none on arrival where one is on its way', () => {
    const services = testServices({ ...arrived, server: knowing() });
    createConfirmCodeModel(services).start?.();
    expect(services.server.sent).toEqual([]);
  });

  it('sends one on arrival where none is, and none again after a reload', async () => {
    const services = testServices({ ...arrived, state: {}, server: knowing() });
    const model = createConfirmCodeModel(services);
    model.start?.();
    await new Promise<void>((resolve) => model.state.subscribe(resolve));
    expect(model.state.get().notice).toEqual({ id: 'confirm-resent', args: { email: rosa.email } });
    createConfirmCodeModel(services).start?.();
    expect(services.server.calls()).toEqual(['POST /session/resend_code']);
  });

  it('sends a new one when asked to', async () => {
    const services = testServices({ ...arrived, server: knowing() });
    const model = createConfirmCodeModel(services);
    await model.submit('000000');
    await model.resend();
    expect(model.state.get()).toMatchObject({ busy: false, notice: { id: 'confirm-resent' }, error: undefined });
  });

  it('tells how long to wait when it was asked too often', async () => {
    const throttled = () => refusal(114, 429, { 'Retry-After': '60' });
    const services = testServices({ ...arrived, server: knowing('', { 'POST /session/resend_code': throttled }) });
    const model = createConfirmCodeModel(services);
    await model.resend();
    expect(model.state.get().failure).toEqual({ id: 'failure-throttled-minutes', args: { minutes: 1 } });
  });
});

describe('coming back from elsewhere', () => {
  it('goes on when the address was confirmed by a link meanwhile, even if the session was not', async () => {
    const status = sessionStatus({ sessionVerified: false, mustVerify: false });
    for (const answer of [sessionStatus(), status]) {
      const services = testServices({ ...arrived, server: knowing('', { 'GET /session/status': answer }) });
      await createConfirmCodeModel(services).lookAgain();
      expect(services.navigation.entries).toEqual([{ path: '/', state: {} }]);
    }
  });

  it('stays at a sign-in that must be confirmed for itself', async () => {
    const server = knowing('', { 'GET /session/status': sessionStatus({ sessionVerified: false, mustVerify: true }) });
    const services = testServices({ ...arrived, url: '/signin_token_code', server });
    await createConfirmCodeModel(services).lookAgain();
    expect(services.navigation.entries).toHaveLength(1);
  });

  it('stays, without a word, when nothing has changed or nobody can be asked', async () => {
    for (const answer of [sessionStatus({ emailVerified: false, sessionVerified: false }), offline]) {
      const services = testServices({ ...arrived, server: knowing('', { 'GET /session/status': answer }) });
      const model = createConfirmCodeModel(services);
      await model.lookAgain();
      expect(services.navigation.entries).toHaveLength(1);
      expect(model.state.get()).toMatchObject({ busy: false });
      expect(model.state.get().failure).toBeUndefined();
    }
  });
});
