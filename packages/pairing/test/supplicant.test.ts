import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, type Supplicant } from '../src/index.js';
import { FLOW_TIMEOUT, follow } from '../src/progress.js';
import { SUPPLICANT_TRANSITIONS, type SupplicantEvent, type SupplicantStateName } from '../src/supplicant/table.js';
import { KeepingListener } from './support/ends.js';
import { SENDER } from './support/memory-relay.js';
import { ANY_MESSAGE, AUTHORIZATION, DATA, METADATA, PairingWorld, SERVER } from './support/sides.js';

const { remote: ipAddress, ...place } = SENDER;
const REMOTE = { ...place, ipAddress };
const IDENTITY = { authority: METADATA, remote: REMOTE };

let world: PairingWorld;
beforeEach(() => {
  world = new PairingWorld();
});

/** Where a right message leads; every other one ends it. */
const MESSAGES: Readonly<Partial<Record<SupplicantStateName, Readonly<Record<string, SupplicantStateName>>>>> = {
  waiting_for_metadata: { 'pair:auth:metadata': 'waiting_for_authorizations' },
  waiting_for_authorizations: { 'pair:auth:authorize': 'waiting_for_supplicant' },
  waiting_for_authority: { 'pair:auth:authorize': 'sending_result' },
  waiting_for_supplicant: {},
};
const WAITING = Object.keys(MESSAGES) as SupplicantStateName[];

async function inState(type: SupplicantStateName) {
  const { supplicant, other } = await world.supplicantAlone();
  if (type === 'connecting') return { supplicant, other };
  await world.reached('waiting_for_metadata');
  if (type === 'waiting_for_metadata') return { supplicant, other };
  await other.say('pair:auth:metadata');
  await world.reached('waiting_for_authorizations');
  if (type === 'waiting_for_authorizations') return { supplicant, other };
  if (type === 'waiting_for_authority') supplicant.approve();
  else await other.say('pair:auth:authorize');
  if (type !== 'waiting_for_authority') await world.reached('waiting_for_supplicant');
  if (type === 'sending_result') supplicant.approve();
  await world.reached(type);
  return { supplicant, other };
}

/** It has failed, the code went nowhere, and the connection and the clock are let go. */
async function expectFailed(supplicant: Supplicant, kind: string) {
  const end = await supplicant.ended;
  expect(end).toMatchObject({ type: 'failed', error: { kind } });
  expect(supplicant.state).toBe(end);
  expect(world.delivery.asked.all).toEqual([]);
  expect(world.timers.pending).toBe(0);
}

describe('the table of a supplicant', () => {
  const events: SupplicantEvent[] = [
    'connected',
    'pair:supp:request',
    'pair:auth:metadata',
    'pair:auth:authorize',
    'pair:supp:authorize',
    'approve',
    'delivered',
  ];
  const rows = Object.keys(SUPPLICANT_TRANSITIONS).flatMap((from) =>
    events.map((event) => {
      const to = SUPPLICANT_TRANSITIONS[from as SupplicantStateName][event];
      return to === undefined ? [] : [`${from} ${event} ${to}`];
    }),
  );

  it('has these transitions and no others', () => {
    expect(rows.flat()).toEqual([
      'connecting connected waiting_for_metadata',
      'waiting_for_metadata pair:auth:metadata waiting_for_authorizations',
      'waiting_for_authorizations pair:auth:authorize waiting_for_supplicant',
      'waiting_for_authorizations approve waiting_for_authority',
      'waiting_for_authority pair:auth:authorize sending_result',
      'waiting_for_supplicant approve sending_result',
      'sending_result delivered complete',
    ]);
    expect(rows.length).toBe(8 * 7);
    expect(() => follow(SUPPLICANT_TRANSITIONS, 'failed', 'approve')).toThrow('unexpected: approve in failed');
  });
});

describe('a supplicant', () => {
  it.each(['authority', 'supplicant'])('gets its code when the %s agrees first', async (first) => {
    const { supplicant, other } = await world.supplicantAlone();
    expect(supplicant.state).toEqual({ type: 'connecting' });
    expect(await other.listener.contents(1)).toEqual([
      { message: 'pair:supp:request', data: DATA['pair:supp:request'] },
    ]);
    expect(supplicant.state).toEqual({ type: 'waiting_for_metadata' });
    await other.say('pair:auth:metadata');
    expect(await world.reached('waiting_for_authorizations')).toEqual({
      type: 'waiting_for_authorizations',
      ...IDENTITY,
    });
    if (first === 'supplicant') supplicant.approve();
    await other.say('pair:auth:authorize');
    if (first === 'authority') {
      // The code is here, and shown to nobody yet.
      expect(await world.reached('waiting_for_supplicant')).toEqual({ type: 'waiting_for_supplicant', ...IDENTITY });
      expect(world.delivery.asked.all).toEqual([]);
      supplicant.approve();
    }
    expect(await world.delivery.asked.first(() => true)).toEqual(AUTHORIZATION);
    expect((await other.listener.contents(2))[1]).toEqual({ message: 'pair:supp:authorize', data: {} });
    expect(supplicant.state).toEqual({ type: 'sending_result', ...IDENTITY });
    world.delivery.answer();
    expect(await supplicant.ended).toEqual({ type: 'complete', ...IDENTITY, authorization: AUTHORIZATION });
    expect(await other.listener.end()).toBe('orderly');
    expect(world.timers.pending).toBe(0);
  });

  it('takes an authority that tells nothing of itself', async () => {
    const { supplicant, other } = await inState('waiting_for_metadata');
    await other.channel.send({ message: 'pair:auth:metadata' });
    await world.reached('waiting_for_authorizations');
    expect(supplicant.state).toEqual({ type: 'waiting_for_authorizations', authority: {}, remote: REMOTE });
  });

  it('leaves out of the metadata what is no text, or more than anybody reads', async () => {
    const { supplicant, other } = await inState('waiting_for_metadata');
    const metadata = { email: 'x'.repeat(256), avatar: null, displayName: 'x'.repeat(255), deviceName: 7, other: 'x' };
    await other.say('pair:auth:metadata', metadata);
    await world.reached('waiting_for_authorizations');
    expect(supplicant.state).toMatchObject({ authority: { displayName: 'x'.repeat(255) } });
    expect(Object.keys((supplicant.state as { authority: object }).authority)).toEqual(['displayName']);
  });

  it('completes also when the other side is gone before the code is handed on', async () => {
    const { supplicant, other } = await inState('sending_result');
    await world.delivery.asked.first(() => true);
    await other.channel.close();
    world.delivery.answer();
    expect((await supplicant.ended).type).toBe('complete');
  });

  it('stays where it has ended', async () => {
    const { supplicant } = await inState('sending_result');
    await world.delivery.asked.first(() => true);
    world.delivery.answer();
    const end = await supplicant.ended;
    supplicant.cancel();
    supplicant.approve();
    world.timers.advance(FLOW_TIMEOUT);
    expect(supplicant.state).toBe(end);
    expect(world.states.all.at(-1)).toBe(end);
  });
});

describe.each(WAITING)('a supplicant in %s', (type) => {
  it.each(ANY_MESSAGE)('hears %s', async (message) => {
    const { supplicant, other } = await inState(type);
    await other.say(message);
    const to = MESSAGES[type]?.[message];
    if (to === undefined) {
      await expectFailed(supplicant, message === 'pair:boom' ? 'malformed' : 'unexpected');
      expect(await other.listener.end()).toBe('insecure');
    } else {
      expect((await world.reached(to)).type).toBe(to);
    }
  });

  it.each([
    [[]],
    ['text'],
    [null],
    [{ data: {} }],
    [{ message: 7 }],
    [{ message: 'pair:auth:metadata', data: 'text' }],
  ])('is not confused by %o', async (content) => {
    const { supplicant, other } = await inState(type);
    await other.channel.send(content as object);
    await expectFailed(supplicant, 'malformed');
  });

  it('is declined when the other side says good-bye', async () => {
    const { supplicant, other } = await inState(type);
    await other.channel.close();
    await expectFailed(supplicant, 'declined');
  });

  it('fails when the connection is lost', async () => {
    const { supplicant, other } = await inState(type);
    world.relay.drop(other.channel.channelId);
    await expectFailed(supplicant, 'disconnected');
  });

  it('can be cancelled, which the other side takes for a good-bye', async () => {
    const { supplicant, other } = await inState(type);
    supplicant.cancel();
    await expectFailed(supplicant, 'cancelled');
    expect(await other.listener.end()).toBe('orderly');
  });

  it('waits 15 minutes altogether', async () => {
    const { supplicant, other } = await inState(type);
    world.timers.advance(15 * 60_000 - 1);
    expect(supplicant.state.type).toBe(type);
    world.timers.advance(1);
    await expectFailed(supplicant, 'timeout');
    expect(await other.listener.end()).toBe('orderly');
  });

  it('ends when somebody else puts in a frame', async () => {
    const { supplicant, other } = await inState(type);
    world.relay.inject(other.channel.channelId, JSON.stringify({ message: 'FwMDAAEA', sender: SENDER }));
    await expectFailed(supplicant, 'insecure');
  });
});

describe('a supplicant refuses a code', () => {
  const { code, state } = AUTHORIZATION;
  it.each([
    ['without a code', { state }],
    ['that is too short', { code: code.slice(1), state }],
    ['that is too long', { code: `${code}0`, state }],
    ['that is no hex', { code: `${code.slice(1)}g`, state }],
    ['that is no text', { code: 7, state }],
    ['without a state', { code }],
    ['of another state', { code, state: `${state} ` }],
    ['of no state', { code, state: '' }],
  ])('%s', async (_, data) => {
    for (const type of ['waiting_for_authorizations', 'waiting_for_authority'] as const) {
      world = new PairingWorld();
      const { supplicant, other } = await inState(type);
      await other.say('pair:auth:authorize', data);
      await expectFailed(supplicant, 'malformed');
    }
  });

  it('that it cannot hand on', async () => {
    const { supplicant } = await inState('sending_result');
    await world.delivery.asked.first(() => true);
    const cause = new Error('the browser is gone');
    world.delivery.refuse(cause);
    expect(await supplicant.ended).toMatchObject({ type: 'failed', error: { kind: 'failed', cause } });
  });
});

describe('a supplicant that cannot meet its authority', () => {
  it.each(['waiting_for_metadata', 'waiting_for_authority'] as const)('does not approve in %s', async (type) => {
    const { supplicant } = await inState(type);
    expect(() => supplicant.approve()).toThrow('unexpected');
    expect(supplicant.state.type).toBe(type);
  });

  it('fails with another key, and so does the authority', async () => {
    const listener = new KeepingListener();
    const { channelId } = await createChannel(SERVER, listener, world.environment);
    await expectFailed(world.supplicant({ channelId, channelKey: 'A'.repeat(43) }), 'insecure');
    expect(await listener.end()).toBe('insecure');
  });

  it('fails where there is no such channel', async () => {
    const address = { channelId: 'A'.repeat(22), channelKey: 'A'.repeat(43) };
    await expectFailed(world.supplicant(address), 'unreachable');
    await expectFailed(world.supplicant({ ...address, channelId: '../x' }), 'malformed');
  });

  it('hears nothing for 30 seconds and gives up', async () => {
    world.relay.welcome = () => undefined;
    const supplicant = world.supplicant({ channelId: 'A'.repeat(22), channelKey: 'A'.repeat(43) });
    world.timers.advance(30_000);
    await expectFailed(supplicant, 'timeout');
  });

  it('can be cancelled while it connects, and leaves the channel', async () => {
    const { supplicant, other } = await inState('connecting');
    supplicant.cancel();
    expect(supplicant.state).toMatchObject({ type: 'failed', error: { kind: 'cancelled' } });
    expect(await other.listener.end()).toBe('orderly');
    expect(other.listener.heard.all).toEqual([]);
  });
});
