import { describe, expect, it } from 'vitest';
import { backupCodeOf, createSecondStepModel } from '../../src/pages/second-step/model.js';
import { offline, refusal, type TestServer, testServer } from '../support/test-server.js';
import { reset, rosa, sessionStatus, testServices } from '../support/test-services.js';

const CODE = '123456';
const BACKUP = 'abcdefghjk';

/** A server that knows one code of each kind. */
function knowing(more: Parameters<typeof testServer>[0] = {}): TestServer {
  const totp = ({ body }: { body: Readonly<Record<string, unknown>> }) => ({ success: body['code'] === CODE });
  const backup = ({ body }: { body: Readonly<Record<string, unknown>> }) =>
    body['code'] === BACKUP ? { remaining: 7 } : refusal(156);
  return testServer({
    'GET /session/status': sessionStatus(),
    'POST /session/verify/totp': totp,
    'POST /session/verify/recoveryCode': backup,
    'POST /totp/verify': totp,
    'POST /totp/verify/recoveryCode': backup,
    ...more,
  });
}

const kinds = [
  ['authenticator', '/signin_totp_code', '123 456', '000000'],
  ['backup', '/signin_recovery_code', 'abcde-fghjk', 'zzzzzzzzzz'],
] as const;

describe.each(kinds)('a code of kind %s, for a sign-in', (kind, url, right, wrong) => {
  it('confirms and goes on', async () => {
    const services = testServices({ url, account: rosa, server: knowing() });
    await createSecondStepModel(services).submit(right);
    expect(services.navigation.entries).toEqual([{ path: '/', state: {} }]);
  });

  it('is said to be wrong, missing or malformed, and the right one is taken next', async () => {
    const services = testServices({ url, account: rosa, server: knowing() });
    const model = createSecondStepModel(services);
    for (const [typed, id] of [
      ['', `second-step-${kind}-missing`],
      ['12', `second-step-${kind}-format`],
      [wrong, `second-step-${kind}-wrong`],
    ] as const) {
      await model.submit(typed);
      expect(model.state.get()).toMatchObject({ busy: false, kind, error: { id } });
    }
    expect(services.server.sent).toHaveLength(1);
    await model.submit(right);
    expect(services.navigation.entries.at(-1)?.path).toBe('/');
  });

  it('is not sent again when only what follows it failed', async () => {
    const services = testServices({ url, account: rosa, server: knowing({ 'GET /session/status': offline }) });
    const model = createSecondStepModel(services);
    await model.submit(right);
    expect(model.state.get().failure).toEqual({ id: 'failure-unreachable' });
    services.server.on('GET /session/status', sessionStatus());
    await model.submit(right);
    expect(services.navigation.entries.at(-1)?.path).toBe('/');
    expect(services.server.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
  });

  it('begins again when the session has ended, and tells that there is no connection', async () => {
    const call = kind === 'backup' ? 'POST /session/verify/recoveryCode' : 'POST /session/verify/totp';
    const ended = { [call]: refusal(110, 401), 'GET /session/status': refusal(110, 401) };
    const services = testServices({ url, account: rosa, server: knowing(ended) });
    await createSecondStepModel(services).submit(right);
    expect(services.accounts.get()).toBeUndefined();
    const away = createSecondStepModel(testServices({ url, account: rosa, server: knowing({ [call]: offline }) }));
    await away.submit(right);
    expect(away.state.get()).toMatchObject({ busy: false, failure: { id: 'failure-unreachable' } });
  });
});

describe('in a reset of the password', () => {
  const arrived = { url: '/confirm_totp_reset_password', state: { reset: { ...reset, secondStepNeeded: true } } };

  it('leads to the recovery key of an account that has one, else to the new password', async () => {
    for (const [hasRecoveryKey, path] of [
      [true, '/account_recovery_confirm_key'],
      [false, '/complete_reset_password'],
    ] as const) {
      const needed = { ...reset, hasRecoveryKey, secondStepNeeded: true };
      const services = testServices({ ...arrived, state: { reset: needed }, server: knowing() });
      await createSecondStepModel(services).submit(CODE);
      expect(services.navigation.entries).toEqual([{ path, state: { reset: { ...needed, secondStepNeeded: false } } }]);
    }
  });

  it('changes to the backup codes, or to the recovery key, without losing the reset', () => {
    const services = testServices({ ...arrived, server: knowing() });
    createSecondStepModel(services).change();
    const backup = { path: '/confirm_backup_code_reset_password', state: arrived.state };
    expect(services.navigation.entries.at(-1)).toEqual(backup);
    createSecondStepModel(services).useRecoveryKey?.();
    expect(services.navigation.entries.at(-1)).toEqual({ ...backup, path: '/account_recovery_confirm_key' });
  });

  it('begins again when the reset has ended', async () => {
    const services = testServices({ ...arrived, server: knowing({ 'POST /totp/verify': refusal(110, 401) }) });
    await createSecondStepModel(services).submit(CODE);
    expect(services.navigation.entries).toMatchObject([
      { path: '/reset_password', state: { email: reset.email, notice: { id: 'notice-reset-again' } } },
    ]);
  });
});

it('reads a backup code as people copy it', () => {
  expect(backupCodeOf(' abcde-fghjk\n')).toBe(BACKUP);
});
