import { bytesToBase64url } from '@foxden/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { CONNECT_TIMEOUT } from '../src/channel/connection.js';
import { MAX_FRAME } from '../src/channel/frames.js';
import { createChannel, joinChannel, type PairingChannel } from '../src/index.js';
import { KeepingListener, ManualTimers } from './support/ends.js';
import { MemoryRelay, SENDER } from './support/memory-relay.js';

const SERVER = 'wss://pairing.example.com';
const OTHER_KEY = bytesToBase64url(new Uint8Array(32));
const OTHER_ID = bytesToBase64url(new Uint8Array(16));

let relay: MemoryRelay;
let timers: ManualTimers;
let ofCreator: KeepingListener;
let ofJoiner: KeepingListener;
beforeEach(() => {
  relay = new MemoryRelay();
  timers = new ManualTimers();
  ofCreator = new KeepingListener();
  ofJoiner = new KeepingListener();
});

const environment = () => ({ WebSocket: relay.WebSocket, after: timers.after });
const create = () => createChannel(SERVER, ofCreator, environment());
const join = (address: { readonly channelId: string; readonly channelKey: string }) =>
  joinChannel(SERVER, address, ofJoiner, environment());

async function meet(): Promise<readonly [PairingChannel, PairingChannel]> {
  const creator = await create();
  return [creator, await join(creator)];
}

describe('a channel', () => {
  it('has an id and a key of its own', async () => {
    const [one, other] = [await create(), await create()];
    expect(one.channelId).toMatch(/^[\w-]{22}$/);
    expect(one.channelKey).toMatch(/^[\w-]{43}$/);
    expect(one.channelKey).not.toBe(other.channelKey);
  });

  it('carries messages both ways in their order, with what the server says of their sender', async () => {
    const [creator, joiner] = await meet();
    await Promise.all([1, 2, 3].map((number) => joiner.send({ number, text: 'zażółć 🦊' })));
    await creator.send({ number: 4 });
    expect(await ofCreator.contents(3)).toEqual([1, 2, 3].map((number) => ({ number, text: 'zażółć 🦊' })));
    expect(await ofJoiner.contents(1)).toEqual([{ number: 4 }]);
    const { remote: ipAddress, ...place } = SENDER;
    expect(ofCreator.heard.all[0]?.sender).toEqual({ ...place, ipAddress });
  });

  it('keeps what is sent too early until somebody has joined', async () => {
    const creator = await create();
    const sent = creator.send({ number: 1 });
    await join(creator);
    await sent;
    expect(await ofJoiner.contents(1)).toEqual([{ number: 1 }]);
  });

  it('shows the server nothing of the key or of what is said', async () => {
    const [creator, joiner] = await meet();
    await joiner.send({ text: 'a secret' });
    await ofCreator.contents(1);
    const seen = relay.sent.map((frame) => Buffer.from(frame, 'base64url').toString('latin1')).join();
    expect(seen).not.toContain('secret');
    expect(relay.sent.join()).not.toContain(creator.channelKey);
    expect(seen).not.toContain(Buffer.from(creator.channelKey, 'base64url').toString('latin1'));
  });

  it.each(['creator', 'joiner'] as const)('that the %s closes ends orderly on both sides', async (role) => {
    const [creator, joiner] = await meet();
    const closing = role === 'creator' ? creator : joiner;
    await closing.send({ last: true });
    await closing.close();
    await closing.close();
    expect([await ofCreator.end(), await ofJoiner.end()]).toEqual(['orderly', 'orderly']);
    expect((role === 'creator' ? ofJoiner : ofCreator).heard.all.length).toBe(1);
    expect([ofCreator.ends.all.length, ofJoiner.ends.all.length]).toEqual([1, 1]);
    await expect(closing.send({})).rejects.toMatchObject({ kind: 'disconnected' });
    expect([relay.connections(creator.channelId), timers.pending]).toEqual([0, 0]);
  });

  it('whose connection is lost without a good-bye ends with an error', async () => {
    const [creator, joiner] = await meet();
    relay.drop(creator.channelId);
    expect([await ofCreator.end(), await ofJoiner.end()]).toEqual(['disconnected', 'disconnected']);
    await expect(joiner.send({})).rejects.toMatchObject({ kind: 'disconnected' });
  });

  it('hears everything that came before the connection was lost', async () => {
    const [creator, joiner] = await meet();
    await joiner.send({ number: 1 });
    await joiner.send({ number: 2 });
    relay.drop(creator.channelId);
    await ofCreator.end();
    expect(ofCreator.heard.all.length).toBe(2);
  });

  it('carries 16384 bytes at once; more is refused, and the channel stays', async () => {
    const [, joiner] = await meet();
    const filling = 16384 - JSON.stringify({ text: '' }).length;
    await joiner.send({ text: 'x'.repeat(filling) });
    await expect(joiner.send({ text: 'x'.repeat(filling + 1) })).rejects.toMatchObject({ kind: 'malformed' });
    await joiner.send({ text: 'on' });
    expect((await ofCreator.contents(2))[1]).toEqual({ text: 'on' });
  });
});

describe('a channel does not come to be', () => {
  it('without a WebSocket', async () => {
    class Broken {
      constructor() {
        throw new SyntaxError('no such scheme');
      }
    }
    const refused = createChannel(SERVER, ofCreator, { WebSocket: Broken as never });
    await expect(refused).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('where the server knows it not, or has no room', async () => {
    await expect(join({ channelId: OTHER_ID, channelKey: OTHER_KEY })).rejects.toMatchObject({ kind: 'unreachable' });
    const [creator] = await meet();
    new relay.WebSocket(`${SERVER}/v1/ws/${creator.channelId}`);
    await expect(join(creator)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it.each([
    ['id', { channelId: `${OTHER_ID}/`, channelKey: OTHER_KEY }],
    ['key', { channelId: OTHER_ID, channelKey: 'short' }],
  ])('with an impossible %s', async (_, address) => {
    await expect(join(address)).rejects.toMatchObject({ kind: 'malformed' });
  });

  it('where the server opens another one than was asked for', async () => {
    relay.welcome = (socket) =>
      socket.deliver(JSON.stringify({ channelid: bytesToBase64url(new Uint8Array(16).fill(1)) }));
    await expect(join({ channelId: OTHER_ID, channelKey: OTHER_KEY })).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it.each(['', '{', '[]', '{}', 'null', '{"channelid":7}', '{"channelid":"a/../b"}', new ArrayBuffer(2)])(
    'where the server begins with %o',
    async (welcome) => {
      relay.welcome = (socket) => socket.deliver(welcome);
      await expect(create()).rejects.toMatchObject({ kind: 'malformed' });
      expect(await ofCreator.end()).toBe('malformed');
      expect(timers.pending).toBe(0);
    },
  );

  it('where the server says nothing for 30 seconds', async () => {
    relay.welcome = () => undefined;
    const creating = create();
    timers.advance(CONNECT_TIMEOUT - 1);
    expect(ofCreator.ends.all).toEqual([]);
    timers.advance(1);
    await expect(creating).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('where the other side says nothing for 30 seconds', async () => {
    const creator = await create();
    relay.alter = () => [];
    const joining = join(creator);
    timers.advance(CONNECT_TIMEOUT - 1);
    expect(ofJoiner.ends.all).toEqual([]);
    timers.advance(1);
    await expect(joining).rejects.toMatchObject({ kind: 'timeout' });
    expect(ofCreator.ends.all).toEqual([]);
  });

  it('for a joiner with another key, and then for nobody else', async () => {
    const creator = await create();
    const joining = join({ channelId: creator.channelId, channelKey: OTHER_KEY });
    await expect(joining).rejects.toMatchObject({ kind: 'insecure' });
    expect(await ofCreator.end()).toBe('insecure');
    expect(ofCreator.heard.all).toEqual([]);
  });

  it('where the other side leaves before it has proved that it knows the key', async () => {
    const creator = await create();
    const record = Buffer.from([21, 3, 3, 0, 2, 1, 0]).toString('base64url');
    relay.inject(creator.channelId, JSON.stringify({ message: record, sender: SENDER }));
    expect(await ofCreator.end()).toBe('disconnected');
  });
});

describe('somebody else on the channel', () => {
  const envelope = (message: unknown, sender: unknown = SENDER) => JSON.stringify({ message, sender });
  /** As long as a frame may be, and a record that is none. */
  const longest = envelope('', { ua: '' }).length;

  it.each([
    ['no JSON', 'hello', 'malformed'],
    ['no object', '"hello"', 'malformed'],
    ['nothing', '{}', 'malformed'],
    ['no text', new ArrayBuffer(8), 'malformed'],
    ['another hello', JSON.stringify({ channelid: OTHER_ID, link: `/v1/ws/${OTHER_ID}` }), 'malformed'],
    ['a record without a sender', JSON.stringify({ message: 'FgMD' }), 'malformed'],
    ['a record whose sender is a text', envelope('FgMD', 'me'), 'malformed'],
    ['a record that is a number', envelope(7), 'malformed'],
    ['no base64url', envelope('a+b/'), 'malformed'],
    ['base64url of no length', envelope('abcde'), 'malformed'],
    ['an empty record', envelope(''), 'insecure'],
    ['half a header', envelope('FgMD'), 'insecure'],
    ['a frame as long as it may be', envelope('', { ua: 'x'.repeat(MAX_FRAME - longest) }), 'insecure'],
    ['a longer frame', envelope('', { ua: 'x'.repeat(MAX_FRAME - longest + 1) }), 'malformed'],
  ])('who puts in %s ends it', async (_, frame, kind) => {
    const [creator, joiner] = await meet();
    relay.inject(creator.channelId, frame as string);
    expect([await ofCreator.end(), await ofJoiner.end()]).toEqual([kind, kind]);
    expect([ofCreator.heard.all, ofJoiner.heard.all]).toEqual([[], []]);
    await expect(joiner.send({})).rejects.toMatchObject({ kind });
    expect(relay.connections(creator.channelId)).toBe(0);
  });

  it('who repeats what was said ends it', async () => {
    const [creator, joiner] = await meet();
    await joiner.send({ number: 1 });
    await ofCreator.contents(1);
    relay.inject(creator.channelId, envelope(relay.sent.at(-1)));
    expect([await ofCreator.end(), await ofJoiner.end()]).toEqual(['insecure', 'insecure']);
    expect([ofCreator.heard.all.length, ofJoiner.heard.all.length]).toEqual([1, 0]);
  });

  it('who is silent changes nothing', async () => {
    const creator = await create();
    new relay.WebSocket(`${SERVER}/v1/ws/${creator.channelId}`);
    const joiner = await join(creator);
    await joiner.send({ number: 1 });
    expect(await ofCreator.contents(1)).toEqual([{ number: 1 }]);
  });
});

describe('what is no JSON, or hurts its listener', () => {
  it('ends the channel', async () => {
    const creator = await create();
    const failing = { ...ofJoiner, onEnd: ofJoiner.onEnd, onMessage: () => JSON.parse('{') };
    await joinChannel(SERVER, creator, failing, environment());
    await creator.send({});
    expect([await ofJoiner.end(), await ofCreator.end()]).toEqual(['failed', 'insecure']);
  });
});
