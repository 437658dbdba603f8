import { WebChannelError } from '@foxden/webchannel';
import { describe, expect, it, vi } from 'vitest';
import { createPairAuthorityModel } from '../../src/pages/pair-authority/model.js';
import { createSecondStepModel } from '../../src/pages/second-step/model.js';
import { choosePage } from '../../src/routing/choose-page.js';
import { scriptedChannel } from '../support/scripted-channel.js';
import { offline, testServer } from '../support/test-server.js';
import { rosa, sessionStatus, testServices } from '../support/test-services.js';

const channelId = 'AAECAwQFBgcICQoLDA0ODw';
const reference = { channel_id: channelId };
const METADATA = 'fxaccounts:pair_supplicant_metadata';
const AUTHORIZE = 'fxaccounts:pair_authorize';
const HEARTBEAT = 'fxaccounts:pair_heartbeat';
const WAITING = '/pair/auth/wait_for_supp';
const metadata = {
  ua: 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
  city: 'Lund',
  region: '',
  country: 'Sweden',
  ipAddress: '192.0.2.7',
};

function stage({ path = '/oauth', status = sessionStatus(), signedIn = true } = {}) {
  const channel = scriptedChannel({
    [METADATA]: metadata,
    [AUTHORIZE]: {},
    [HEARTBEAT]: { suppAuthorized: false },
  });
  const server = testServer({ 'GET /session/status': status });
  const pairing = { side: 'authority', channel, channelId, application: 'Firefox for Android' } as const;
  const services = testServices({
    url: path,
    account: signedIn ? rosa : undefined,
    server,
    flow: { hint: rosa.email, emailLocked: true, pairing },
  });
  const model = createPairAuthorityModel(services);
  /** Lets a second pass, and waits for the answer of the browser. */
  const nextBeat = async () => {
    const before = channel.of(HEARTBEAT).length;
    await vi.waitUntil(() => services.timers.waiting().length > 0);
    services.timers.run();
    expect(channel.of(HEARTBEAT)).toHaveLength(before + 1);
    await Promise.resolve();
  };
  const at = () => services.navigation.entries.at(-1);
  const arrive = async () => {
    const stop = model.start?.();
    await vi.waitUntil(() => model.state.get().view !== 'checking');
    return stop;
  };
  return { services, channel, server, model, at, nextBeat, arrive };
}

describe('letting another device in', () => {
  it('shows who asks, in words, and where they are', async () => {
    const { model, arrive, channel } = stage();
    await arrive();
    expect(model.state.get()).toEqual({
      view: 'asking',
      email: rosa.email,
      application: 'Firefox for Android',
      remote: {
        device: { id: 'pair-device-both', args: { browser: 'Firefox', system: 'Android' } },
        place: 'Lund, Sweden',
        address: '192.0.2.7',
      },
      busy: false,
    });
    expect(channel.of(METADATA)).toEqual([reference]);
  });

  it('is asked before any other proof is missing, and leads back from it', async () => {
    const { services, model, server, channel } = stage({ status: sessionStatus({ meetsAal: false }) });
    model.start?.();
    await vi.waitUntil(() => services.navigation.here().path === '/signin_totp_code');
    expect(channel.said).toEqual([]);
    expect(choosePage(services)).toBe('second-step');
    server.on('POST /session/verify/totp', { success: true });
    server.on('GET /session/status', sessionStatus());
    await createSecondStepModel(services).submit('123456');
    expect(server.sent.find(({ call }) => call === 'POST /session/verify/totp')?.body).toMatchObject({
      code: '123456',
    });
    expect(services.navigation.here().path).toBe('/oauth');
    expect(choosePage(services)).toBe('pair-authority');
  });

  it.each([
    ['/confirm_signup_code', sessionStatus({ emailVerified: false })],
    ['/signin_token_code', sessionStatus({ sessionVerified: false })],
  ])('leads to %s where that is missing', async (path, status) => {
    const { services, model } = stage({ status });
    model.start?.();
    await vi.waitUntil(() => services.navigation.here().path === path);
  });

  it('asks the browser for the code, once, and waits for the other device', async () => {
    const { model, arrive, channel, at, services } = stage();
    await arrive();
    await Promise.all([model.approve(), model.approve()]);
    expect(channel.of(AUTHORIZE)).toEqual([reference]);
    expect(at()).toEqual({ path: WAITING, state: {} });
    expect(services.navigation.entries).toHaveLength(1);
  });

  it('asks for no heartbeat while the code is being made', async () => {
    const { model, arrive, channel, services } = stage();
    await arrive();
    await vi.waitUntil(() => services.timers.waiting().length > 0);
    channel.answers = { ...channel.answers, [AUTHORIZE]: () => new Promise(() => undefined) };
    void model.approve();
    expect(services.timers.waiting()).toEqual([]);
  });

  it('stays declined, though the code was on its way', async () => {
    const { model, arrive, channel, at } = stage();
    await arrive();
    let sent: (answer: object) => void = () => undefined;
    const sending = new Promise<object>((resolve) => {
      sent = resolve;
    });
    channel.answers = { ...channel.answers, [AUTHORIZE]: () => sending };
    const approving = model.approve();
    model.decline();
    sent({});
    await approving;
    expect(at()).toEqual({ path: '/pair/failure', state: { pairing: { failure: 'cancelled' } } });
  });

  it('can be declined at any time', async () => {
    for (const path of ['/oauth', WAITING]) {
      const { model, arrive, channel, at, services } = stage({ path });
      await arrive();
      model.decline();
      expect(channel.of('fxaccounts:pair_decline')).toEqual([reference]);
      expect(at()).toEqual({ path: '/pair/failure', state: { pairing: { failure: 'cancelled' } } });
      expect(services.timers.waiting()).toEqual([]);
    }
  });

  it('does not end because the other device was quicker', async () => {
    const { channel, arrive, at, nextBeat } = stage();
    channel.answers = { ...channel.answers, [HEARTBEAT]: { suppAuthorized: true } };
    await arrive();
    await nextBeat();
    expect(at()?.path).toBe('/oauth');
    expect(channel.of('fxaccounts:pair_complete')).toEqual([]);
  });

  it.each<[string, object]>([
    ['has no content', {}],
    ['has neither device nor address', { city: 'Lund' }],
  ])('fails where what the browser knows of the other device %s', async (_, answer) => {
    const { channel, model, services, at } = stage();
    channel.answers = { [METADATA]: answer };
    model.start?.();
    await vi.waitUntil(() => services.navigation.here().path === '/pair/failure');
    expect(at()?.state).toEqual({ pairing: { failure: 'disconnected' } });
  });

  it('fails where the browser knows nothing of the channel, after a bounded time', async () => {
    const { channel, model, services, at } = stage();
    channel.answers = {
      [METADATA]: () => {
        throw new WebChannelError('timeout', METADATA);
      },
    };
    model.start?.();
    await vi.waitUntil(() => services.navigation.here().path === '/pair/failure');
    expect(at()?.state).toEqual({ pairing: { failure: 'disconnected' } });
  });

  it('fails where the browser cannot do it', async () => {
    const { channel, arrive, model, at } = stage();
    channel.answers = { [METADATA]: metadata, [HEARTBEAT]: { suppAuthorized: false } };
    await arrive();
    await model.approve();
    expect(at()?.state).toEqual({ pairing: { failure: 'failed' } });
  });

  it('asks nobody who has signed out in another tab', async () => {
    const { model, services, at, channel } = stage({ signedIn: false });
    model.start?.();
    await vi.waitUntil(() => services.navigation.here().path === '/pair/failure');
    expect(at()?.state).toEqual({ pairing: { failure: 'signed-out' } });
    expect(channel.said).toEqual([]);
  });

  it('offers another try where the server could not be asked', async () => {
    const { model, server } = stage();
    server.on('GET /session/status', offline);
    model.start?.();
    await vi.waitUntil(() => model.state.get().failure !== undefined);
    expect(model.state.get()).toMatchObject({ view: 'checking', failure: { id: 'failure-unreachable' } });
  });
});

describe('waiting for the other device', () => {
  it('asks the browser every second, until both have agreed, and never what would end it', async () => {
    const { channel, arrive, at, nextBeat, services } = stage({ path: WAITING });
    await arrive();
    await nextBeat();
    await nextBeat();
    await vi.waitUntil(() => services.timers.waiting().length > 0);
    expect(services.timers.waiting()).toEqual([1000]);
    expect(at()?.path).toBe(WAITING);
    channel.answers = { [HEARTBEAT]: { suppAuthorized: true } };
    await nextBeat();
    await vi.waitUntil(() => at()?.path === '/pair/success');
    expect(at()?.state).toEqual({ pairing: { side: 'authority' } });
    expect(channel.of('fxaccounts:pair_complete')).toEqual([reference]);
    expect(channel.of(METADATA)).toEqual([]);
    expect(services.timers.waiting()).toEqual([]);
  });

  it.each<[string, object]>([
    ['disconnected', { err: 'Pairing channel closed' }],
    ['disconnected', { err: { errno: 1006, message: 'closed' } }],
    ['disconnected', { err: {} }],
    ['timeout', { err: 'Timeout' }],
    ['timeout', { err: { message: 'it timed out' } }],
  ])('ends with %s for %o', async (failure, answer) => {
    const { channel, arrive, at, nextBeat, services } = stage({ path: WAITING });
    await arrive();
    channel.answers = { [HEARTBEAT]: answer };
    await nextBeat();
    await vi.waitUntil(() => at()?.path === '/pair/failure');
    expect(at()?.state).toEqual({ pairing: { failure } });
    expect(channel.of('fxaccounts:pair_complete')).toEqual([]);
    expect(services.timers.waiting()).toEqual([]);
  });

  it('goes on where the browser answers nothing once', async () => {
    const { channel, arrive, at, nextBeat } = stage({ path: WAITING });
    channel.answers = { [HEARTBEAT]: {} };
    await arrive();
    await nextBeat();
    expect(at()?.path).toBe(WAITING);
  });

  it('ends where the browser does not answer any more', async () => {
    const { channel, arrive, at, nextBeat } = stage({ path: WAITING });
    await arrive();
    channel.answers = {};
    await nextBeat();
    await vi.waitUntil(() => at()?.path === '/pair/failure');
  });

  it('ends with the page: nothing is asked, and nothing shown, once it is left', async () => {
    const { channel, arrive, at, services } = stage({ path: WAITING });
    const stop = await arrive();
    await vi.waitUntil(() => services.timers.waiting().length > 0);
    let answer: (beat: object) => void = () => undefined;
    channel.answers = {
      [HEARTBEAT]: () =>
        new Promise<object>((resolve) => {
          answer = resolve;
        }),
    };
    services.timers.run();
    stop?.();
    answer({ err: 'closed' });
    await Promise.resolve();
    expect(at()?.path).toBe(WAITING);
    expect(services.timers.waiting()).toEqual([]);
  });
});
