import { bytesToHex, stretchPasswordV1 } from '@foxden/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPasswordModel } from '../../src/pages/password/model.js';
import { createReportModel } from '../../src/pages/report/model.js';
import { createUnblockModel } from '../../src/pages/unblock/model.js';
import { refusal, testServer } from '../support/test-server.js';
import { NOW, rosa, testServices } from '../support/test-services.js';

const password = 'a fox in the den';
const CODE = 'A1B2C3D4';
const verified = { emailVerified: true, sessionVerified: true, verified: true, metricsEnabled: true };
let authPW: string;
beforeAll(async () => {
  authPW = bytesToHex((await stretchPasswordV1(rosa.email, password)).authPW);
});

const block = () =>
  Response.json({ code: 429, errno: 114, message: '', verificationMethod: 'email-captcha' }, { status: 429 });

/** A server that blocks a sign-in unless the mailed code comes with it. */
const blocking = () =>
  testServer({
    'POST /account/credentials/status': { currentVersion: 'v1', upgradeNeeded: false },
    'POST /account/login/send_unblock_code': {},
    'POST /account/login': ({ body }) => {
      if (body['unblockCode'] === undefined) return block();
      if (body['unblockCode'] !== CODE) return refusal(127);
      if (body['authPW'] !== authPW) return block();
      return { uid: rosa.uid, sessionToken: rosa.sessionToken, authAt: NOW, ...verified };
    },
  });

/** Somebody whose sign-in was just blocked. */
async function blocked(typed = password) {
  const services = testServices({ url: '/signin', state: { email: rosa.email }, server: blocking() });
  await createPasswordModel(services).submit(typed);
  expect(services.navigation.entries.at(-1)).toEqual({ path: '/signin_unblock', state: { email: rosa.email } });
  return services;
}

const settled = (model: ReturnType<typeof createUnblockModel>) =>
  new Promise<void>((resolve) => model.state.subscribe(() => model.state.get().busy || resolve()));

describe('a blocked sign-in', () => {
  it('has a code sent once, and passes with it', async () => {
    const services = await blocked();
    const model = createUnblockModel(services);
    model.start?.();
    await settled(model);
    createUnblockModel(services).start?.();
    await model.submit(' a1b2-c3d4 '.toUpperCase());
    expect(services.server.calls().filter((call) => call.endsWith('send_unblock_code'))).toHaveLength(1);
    expect(services.accounts.get()?.uid).toBe(rosa.uid);
    expect(services.visit.blocked()).toBeUndefined();
    expect(services.navigation.entries.at(-1)?.path).toBe('/');
  });

  it.each([
    ['', 'unblock-error-missing'],
    ['ABC', 'unblock-error-format'],
    ['ZZZZZZZZ', 'unblock-error-wrong'],
  ])('does not pass with %o', async (typed, id) => {
    const model = createUnblockModel(await blocked());
    await model.submit(typed);
    expect(model.state.get()).toMatchObject({ busy: false, error: { id } });
  });

  it('goes back to the password when that was wrong, and forgets it', async () => {
    const services = await blocked('not the password');
    await createUnblockModel(services).submit(CODE);
    expect(services.navigation.entries.at(-1)).toEqual({
      path: '/signin',
      state: { email: rosa.email, notice: { id: 'notice-unblock-again' } },
    });
    expect(services.visit.blocked()).toBeUndefined();
  });

  it('says that another one is on its way when it was asked for', async () => {
    const model = createUnblockModel(await blocked());
    await model.resend();
    expect(model.state.get()).toMatchObject({ busy: false, notice: { id: 'unblock-resent' } });
  });
});

describe('reporting a code', () => {
  const url = `/report_signin?uid=${rosa.uid}&unblockCode=${CODE}`;

  it('makes it useless when the button is pressed, not before', async () => {
    const services = testServices({ url, server: testServer({ 'POST /account/login/reject_unblock_code': {} }) });
    const model = createReportModel(services);
    expect(services.server.sent).toEqual([]);
    await model.submit();
    expect(model.state.get()).toMatchObject({ done: true, busy: false });
    expect(services.server.sent[0]?.body).toEqual({ uid: rosa.uid, unblockCode: CODE });
  });

  it('says that it is useless already, or that the link is broken', async () => {
    const server = testServer({ 'POST /account/login/reject_unblock_code': refusal(127) });
    const over = createReportModel(testServices({ url, server }));
    await over.submit();
    expect(over.state.get()).toMatchObject({ done: false, failure: { id: 'report-over' } });
    const broken = createReportModel(testServices({ url: '/report_signin?uid=00', server: testServer() }));
    await broken.submit();
    expect(broken.state.get().failure).toEqual({ id: 'report-broken' });
  });
});
