import { beforeEach, describe, expect, it } from 'vitest';
import { LEAVE_TIMEOUT } from '../src/authority/authority.js';
import { AUTHORITY_TRANSITIONS, type AuthorityEvent, type AuthorityStateName } from '../src/authority/table.js';
import { type Authority, joinChannel, readPairingUrl } from '../src/index.js';
import { FLOW_TIMEOUT } from '../src/progress.js';
import { KeepingListener } from './support/ends.js';
import { SENDER } from './support/memory-relay.js';
import {
  ANY_MESSAGE,
  AUTHORIZATION,
  CONTENT,
  DATA,
  METADATA,
  type OtherSide,
  PairingWorld,
  REQUEST,
  SERVER,
} from './support/sides.js';

const { remote: ipAddress, ...place } = SENDER;
const IDENTITY = { request: REQUEST, remote: { ...place, ipAddress } };

let world: PairingWorld;
beforeEach(() => {
  world = new PairingWorld();
});

/** Where a right message leads; every other one ends it. */
const MESSAGES: Readonly<Partial<Record<AuthorityStateName, Readonly<Record<string, AuthorityStateName>>>>> = {
  SuppConnectionPending: { 'pair:supp:request': 'PendingConfirmations' },
  PendingConfirmations: { 'pair:supp:authorize': 'PendingLocalConfirmation' },
  PendingLocalConfirmation: {},
  Authorizing: { 'pair:supp:authorize': 'AuthorizingConfirmed' },
  AuthorizingConfirmed: {},
  PendingRemoteConfirmation: { 'pair:supp:authorize': 'Completed' },
};
const WAITING = Object.keys(MESSAGES) as AuthorityStateName[];
/** The code has been sent in these. */
const SENT: readonly string[] = ['PendingRemoteConfirmation', 'Completed'];

async function inState(type: AuthorityStateName) {
  const { authority, other } = await world.authorityAlone();
  if (type === 'SuppConnectionPending') return { authority, other };
  await other.say('pair:supp:request');
  await world.reached('PendingConfirmations');
  await other.listener.contents(1);
  if (type === 'PendingConfirmations') return { authority, other };
  if (type === 'PendingLocalConfirmation' || type === 'AuthorizingConfirmed') {
    await other.say('pair:supp:authorize');
    await world.reached('PendingLocalConfirmation');
  }
  if (type !== 'PendingLocalConfirmation') authority.approve();
  if (SENT.includes(type)) world.authorization.answer(AUTHORIZATION);
  if (type === 'Completed') await other.say('pair:supp:authorize');
  await world.reached(type);
  return { authority, other };
}

/** It has ended so; a code that was not sent before never is, even if it is made later. */
async function expectEnd(authority: Authority, other: OtherSide, from: string, end: object) {
  const state = await authority.ended;
  expect(state).toMatchObject(end);
  expect(authority.state).toBe(state);
  world.authorization.answer(AUTHORIZATION);
  await other.listener.end();
  const said = other.listener.heard.all.map(({ content }) => (content as { message: string }).message);
  expect(said.includes('pair:auth:authorize')).toBe(SENT.includes(from));
  expect(world.timers.pending).toBe(0);
}

describe('the table of an authority', () => {
  const events: AuthorityEvent[] = [
    'pair:supp:request',
    'pair:auth:metadata',
    'pair:auth:authorize',
    'pair:supp:authorize',
    'approve',
    'sent',
  ];
  const rows = Object.keys(AUTHORITY_TRANSITIONS).flatMap((from) =>
    events.map((event) => {
      const to = AUTHORITY_TRANSITIONS[from as AuthorityStateName][event];
      return to === undefined ? [] : [`${from} ${event} ${to}`];
    }),
  );

  it('has these transitions and no others', () => {
    expect(rows.flat()).toEqual([
      'SuppConnectionPending pair:supp:request PendingConfirmations',
      'PendingConfirmations pair:supp:authorize PendingLocalConfirmation',
      'PendingConfirmations approve Authorizing',
      'PendingLocalConfirmation approve AuthorizingConfirmed',
      'Authorizing pair:supp:authorize AuthorizingConfirmed',
      'Authorizing sent PendingRemoteConfirmation',
      'AuthorizingConfirmed sent Completed',
      'PendingRemoteConfirmation pair:supp:authorize Completed',
    ]);
    expect(rows.length).toBe(9 * 6);
  });
});

describe('an authority', () => {
  it.each(['authority', 'supplicant'])('gives its code when the %s agrees first', async (first) => {
    const { authority, other } = await world.authorityAlone();
    expect(authority.url).toBe(
      `${CONTENT}/pair#channel_id=${other.channel.channelId}&channel_key=${other.channel.channelKey}`,
    );
    expect(authority.state).toEqual({ type: 'SuppConnectionPending' });
    await other.say('pair:supp:request');
    expect(await world.reached('PendingConfirmations')).toEqual({ type: 'PendingConfirmations', ...IDENTITY });
    expect(await other.listener.contents(1)).toEqual([{ message: 'pair:auth:metadata', data: METADATA }]);
    if (first === 'supplicant') {
      await other.say('pair:supp:authorize');
      await world.reached('PendingLocalConfirmation');
    }
    expect(world.authorization.asked.all).toEqual([]);
    authority.approve();
    expect(world.authorization.asked.all).toEqual([REQUEST]);
    world.authorization.answer(AUTHORIZATION);
    expect((await other.listener.contents(2))[1]).toEqual({ message: 'pair:auth:authorize', data: AUTHORIZATION });
    if (first === 'authority') {
      await world.reached('PendingRemoteConfirmation');
      await other.say('pair:supp:authorize');
    }
    expect(await authority.ended).toEqual({ type: 'Completed', ...IDENTITY });
  });

  it('waits for the other side to leave, 5 seconds at most', async () => {
    const { other } = await inState('Completed');
    expect(LEAVE_TIMEOUT).toBe(5_000);
    world.timers.advance(LEAVE_TIMEOUT - 1);
    expect(world.relay.connections(other.channel.channelId)).toBe(2);
    world.timers.advance(1);
    expect(await other.listener.end()).toBe('orderly');
    expect(world.timers.pending).toBe(0);
  });

  it('forgets the clock when the other side has left', async () => {
    const { authority, other } = await inState('Completed');
    await other.channel.close();
    await world.relay.emptied(other.channel.channelId);
    expect(world.timers.pending).toBe(0);
    expect(authority.state.type).toBe('Completed');
  });

  it('stays where it has ended', async () => {
    const { authority, other } = await inState('Completed');
    const end = await authority.ended;
    await other.say('pair:supp:request');
    authority.decline();
    authority.approve();
    world.timers.advance(FLOW_TIMEOUT);
    await other.listener.end();
    expect(authority.state).toBe(end);
  });

  it('makes no second code for a second click', async () => {
    const { authority } = await inState('Authorizing');
    expect(() => authority.approve()).toThrow('unexpected: approve in Authorizing');
    expect(authority.state.type).toBe('Authorizing');
    world.authorization.answer(AUTHORIZATION);
    await world.reached('PendingRemoteConfirmation');
    expect(() => authority.approve()).toThrow('unexpected');
    expect(world.authorization.asked.all.length).toBe(1);
  });

  it('takes a request without what may be left out, and a scope in other spellings', async () => {
    const { authority, other } = await inState('SuppConnectionPending');
    const scope = 'profile+https://identity.mozilla.com/apps/oldsync profile';
    const changed = { ...DATA['pair:supp:request'], scope, access_type: undefined, state: 'x'.repeat(512) };
    await other.say('pair:supp:request', changed);
    await world.reached('PendingConfirmations');
    expect(authority.state).toMatchObject({ request: { ...REQUEST, state: 'x'.repeat(512) } });
  });

  it('does not come to be without a server', async () => {
    world.relay.welcome = (socket) => socket.close();
    await expect(world.authority()).rejects.toMatchObject({ kind: 'unreachable' });
    expect(world.timers.pending).toBe(0);
  });
});

describe.each(WAITING)('an authority in %s', (type) => {
  it.each(ANY_MESSAGE)('hears %s', async (message) => {
    const { authority, other } = await inState(type);
    await other.say(message);
    const to = MESSAGES[type]?.[message];
    if (to === undefined) {
      const kind = message === 'pair:boom' ? 'malformed' : 'unexpected';
      await expectEnd(authority, other, type, { type: 'Errored', error: { kind } });
    } else {
      expect((await world.reached(to)).type).toBe(to);
    }
  });

  it.each([[[]], ['text'], [null], [{ data: {} }], [{ message: 'pair:supp:authorize', data: 7 }]])(
    'is not confused by %o',
    async (content) => {
      const { authority, other } = await inState(type);
      await other.channel.send(content as object);
      await expectEnd(authority, other, type, { type: 'Errored', error: { kind: 'malformed' } });
    },
  );

  it('is aborted when the other side says good-bye', async () => {
    const { authority, other } = await inState(type);
    await other.channel.close();
    await expectEnd(authority, other, type, { type: 'Aborted', by: 'supplicant' });
  });

  it('fails when the connection is lost', async () => {
    const { authority, other } = await inState(type);
    world.relay.drop(other.channel.channelId);
    await expectEnd(authority, other, type, { type: 'Errored', error: { kind: 'disconnected' } });
  });

  it('can decline, which the other side takes for a good-bye', async () => {
    const { authority, other } = await inState(type);
    authority.decline();
    await expectEnd(authority, other, type, { type: 'Aborted', by: 'authority' });
    expect(await other.listener.end()).toBe('orderly');
  });

  it('waits 15 minutes altogether', async () => {
    const { authority, other } = await inState(type);
    world.timers.advance(15 * 60_000 - 1);
    expect(authority.state.type).toBe(type);
    world.timers.advance(1);
    await expectEnd(authority, other, type, { type: 'Errored', error: { kind: 'timeout' } });
  });

  it('ends when somebody else puts in a frame', async () => {
    const { authority, other } = await inState(type);
    world.relay.inject(other.channel.channelId, JSON.stringify({ message: 'FwMDAAEA', sender: SENDER }));
    await expectEnd(authority, other, type, { type: 'Errored', error: { kind: 'insecure' } });
  });
});

describe('an authority lets nobody in', () => {
  it('who has another key', async () => {
    const authority = await world.authority();
    const { channelId } = readPairingUrl(authority.url);
    const address = { channelId, channelKey: 'A'.repeat(43) };
    const joining = joinChannel(SERVER, address, new KeepingListener(), world.environment);
    await expect(joining).rejects.toMatchObject({ kind: 'insecure' });
    expect(await authority.ended).toMatchObject({ type: 'Errored', error: { kind: 'insecure' } });
    expect(world.authorization.asked.all).toEqual([]);
  });

  it.each([
    ['without a client', { client_id: undefined }],
    ['with a wrong client', { client_id: 'a2270f727f45f64' }],
    ['without a state', { state: '' }],
    ['with a state of 513 characters', { state: 'x'.repeat(513) }],
    ['without a scope', { scope: ' + ' }],
    ['with a wrong scope', { scope: 'profile pro"file' }],
    ['without a challenge', { code_challenge: undefined }],
    ['with a short challenge', { code_challenge: 'c'.repeat(42) }],
    ['with the plain method', { code_challenge_method: 'plain' }],
    ['without a method', { code_challenge_method: undefined }],
    ['without a key', { keys_jwk: undefined }],
    ['with no key', { keys_jwk: 'e30' }],
    ['with another access', { access_type: 'always' }],
  ])('who asks %s', async (_, change) => {
    const { authority, other } = await inState('SuppConnectionPending');
    await other.say('pair:supp:request', { ...DATA['pair:supp:request'], ...change });
    await expectEnd(authority, other, 'SuppConnectionPending', { type: 'Errored', error: { kind: 'malformed' } });
    expect(other.listener.heard.all).toEqual([]);
  });

  it.each([
    ['of another state', { ...AUTHORIZATION, state: 'another' }],
    ['that is none', { ...AUTHORIZATION, code: 'c0de' }],
  ])('with a code %s', async (_, made) => {
    const { authority, other } = await inState('Authorizing');
    world.authorization.answer(made);
    await expectEnd(authority, other, 'Authorizing', { type: 'Errored', error: { kind: 'malformed' } });
  });

  it('when the code cannot be made', async () => {
    const { authority, other } = await inState('AuthorizingConfirmed');
    const cause = new Error('the server says no');
    world.authorization.refuse(cause);
    await expectEnd(authority, other, 'AuthorizingConfirmed', { type: 'Errored', error: { kind: 'failed', cause } });
  });
});
