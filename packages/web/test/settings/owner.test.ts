import { getAccount } from '@foxden/auth-client';
import { expect, it } from 'vitest';
import { message } from '../../src/messages/message.js';
import { type Attempt, attempt } from '../../src/settings/attempt.js';
import { isProven, sessionOf } from '../../src/settings/owner.js';
import { createStore } from '../../src/store.js';
import { refusal, testServer } from '../support/test-server.js';
import { rosa, sessionStatus, testServices } from '../support/test-services.js';

const status = 'GET /session/status';
const account = 'GET /account';

function opened(routes: Parameters<typeof testServer>[0]) {
  return testServices({ url: '/settings/clients', account: rosa, server: testServer(routes) });
}

it.each([
  ['/confirm_signup_code', { emailVerified: false }],
  ['/signin_totp_code', { meetsAal: false }],
  ['/signin_token_code', { sessionVerified: false, mustVerify: false }],
])('leads to %s where the session lacks it, and remembers where from', async (path, state) => {
  const services = opened({ [status]: sessionStatus(state) });
  expect(await isProven(services)).toBe(false);
  expect(services.navigation.here().path).toBe(path);
  expect(services.visit.destination()).toBe('/settings/clients');
});

it('lets a proven session stay', async () => {
  const services = opened({ [status]: sessionStatus() });
  expect(await isProven(services)).toBe(true);
  expect(services.navigation.here().path).toBe('/settings/clients');
});

it('leads to the missing step when the server misses it only at the change', async () => {
  const services = opened({ [status]: sessionStatus({ meetsAal: false }), [account]: refusal(222) });
  const state = createStore<Attempt>({ busy: false });
  await attempt(services, state, async () => {
    await getAccount(services.client, rosa.sessionToken);
    return message('settings-on');
  });
  expect(services.navigation.here().path).toBe('/signin_totp_code');
});

it('does one thing at a time, and tells what became of it', async () => {
  const services = opened({});
  const state = createStore<Attempt>({ busy: false });
  let finish: (value: undefined) => void = () => undefined;
  const first = attempt(services, state, () => new Promise<undefined>((resolve) => (finish = resolve)));
  let second = false;
  await attempt(services, state, async () => {
    second = true;
    return undefined;
  });
  expect([second, state.get().busy]).toEqual([false, true]);
  finish(undefined);
  await first;
  await attempt(services, state, async () => message('settings-on'));
  expect(state.get()).toMatchObject({ busy: false, notice: { id: 'settings-on' } });
});

it('goes on with the session that another tab has put in place of the one before', async () => {
  const services = opened({ [status]: sessionStatus() });
  services.accounts.set({ ...rosa, sessionToken: 'b1'.repeat(32) });
  expect(sessionOf(services)).toBe('b1'.repeat(32));
});

it('leads to the sign-in when another tab has signed out meanwhile', async () => {
  const services = opened({ [status]: sessionStatus() });
  const state = createStore<Attempt>({ busy: false });
  services.accounts.set(undefined);
  await attempt(services, state, async () => {
    throw new Error('nobody is signed in');
  });
  expect(services.navigation.here()).toMatchObject({ path: '/', state: { page: 'email' } });
});
