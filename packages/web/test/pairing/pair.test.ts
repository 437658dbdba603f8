import { describe, expect, it, vi } from 'vitest';
import { createPairModel } from '../../src/pages/pair/model.js';
import { failureNumber } from '../../src/pairing/outcome.js';
import { choosePage } from '../../src/routing/choose-page.js';
import { isStep } from '../../src/routing/routes.js';
import { scriptedChannel } from '../support/scripted-channel.js';
import { rosa, testServices } from '../support/test-services.js';

const STATUS = 'fxaccounts:fxa_status';
const signedInUser = { uid: rosa.uid, email: rosa.email, sessionToken: rosa.sessionToken };
const capabilities = { pairing: true };

async function viewOf(services: ReturnType<typeof testServices>) {
  const model = createPairModel(services);
  model.start?.();
  await vi.waitUntil(() => model.state.get().view !== 'checking');
  return model.state.get().view;
}

describe('the page that begins a pairing', () => {
  it.each<[string, object]>([
    ['ready', { signedInUser, capabilities }],
    ['sign-in', { signedInUser: null, capabilities }],
    ['sign-in', { signedInUser: { ...signedInUser, sessionToken: null }, capabilities }],
    ['elsewhere', { signedInUser, capabilities: { pairing: false } }],
    ['elsewhere', { signedInUser, capabilities: {} }],
    ['elsewhere', {}],
  ])('is %s in a browser that says %o', async (view, status) => {
    const channel = scriptedChannel({ [STATUS]: status });
    expect(await viewOf(testServices({ url: '/pair', channel }))).toBe(view);
    expect(channel.of(STATUS)).toEqual([{ isPairing: true }]);
  });

  it('says where to go on in another browser, and in a Firefox of another server', async () => {
    expect(await viewOf(testServices({ url: '/pair' }))).toBe('elsewhere');
    expect(await viewOf(testServices({ url: '/pair', channel: scriptedChannel() }))).toBe('elsewhere');
  });

  it('has the browser show the code', async () => {
    const channel = scriptedChannel({ 'fxaccounts:pair_preferences': { ok: true } });
    const model = createPairModel(testServices({ url: '/pair', channel }));
    await Promise.all([model.showCode(), model.showCode()]);
    expect(channel.of('fxaccounts:pair_preferences')).toEqual([{}]);
    expect(model.state.get()).toMatchObject({ busy: false, failure: undefined });
  });

  it('says so where the browser does not', async () => {
    const model = createPairModel(testServices({ url: '/pair', channel: scriptedChannel() }));
    await model.showCode();
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id: 'pair-show-failed' } });
  });

  it('knows that a camera has opened it, also when it is loaded again, and keeps nothing of the code', async () => {
    const code = `#channel_id=AAECAwQFBgcICQoLDA0ODw&channel_key=${'A'.repeat(43)}`;
    const services = testServices({ url: `/pair${code}`, channel: scriptedChannel() });
    expect(await viewOf(services)).toBe('scanned');
    expect(services.navigation.takeFragment()).toBe('');
    expect(services.navigation.entries).toEqual([{ path: '/pair', state: { scanned: true } }]);
    expect(await viewOf(services)).toBe('scanned');
  });
});

describe('the addresses of pairing', () => {
  it.each(['/pair/auth/allow', '/pair/auth/totp', '/pair/auth/wait_for_supp', '/pair/auth/complete'])(
    'that only a browser opens explain how to begin elsewhere: %s',
    (url) => expect(choosePage(testServices({ url }))).toBe('pair'),
  );

  it('begin nothing where it has ended', () => {
    expect(['/pair', '/pair/success', '/pair/failure'].map(isStep)).toEqual([false, false, false]);
  });
});

it('a failure has the number by which others know it', () => {
  expect(failureNumber('disconnected')).toBe(1006);
  expect(failureNumber('declined')).toBeUndefined();
});
