import { base64urlToBytes, bytesToBase64url } from '@foxden/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, joinChannel } from '../src/index.js';
import { Inbox, KeepingListener } from './support/ends.js';
import { type ForeignChannel, foreignPairing } from './support/foreign-channel.js';
import { MemoryRelay, SENDER } from './support/memory-relay.js';

const SERVER = 'wss://pairing.example.com';
const { remote: ipAddress, ...place } = SENDER;

let relay: MemoryRelay;
let own: KeepingListener;
beforeEach(() => {
  relay = new MemoryRelay();
  own = new KeepingListener();
});

/** What a foreign channel tells, as `[event, detail]`. */
function eventsOf(channel: ForeignChannel): Inbox<readonly [string, unknown]> {
  const events = new Inbox<readonly [string, unknown]>();
  for (const name of ['message', 'error', 'close']) {
    channel.addEventListener(name, (event) => events.put([name, (event as CustomEvent).detail]));
  }
  return events;
}

async function ourJoiner() {
  const foreign = await foreignPairing(relay.WebSocket).create(SERVER);
  const address = { channelId: foreign.channelId, channelKey: bytesToBase64url(foreign.channelKey) };
  const events = eventsOf(foreign);
  const channel = await joinChannel(SERVER, address, own, { WebSocket: relay.WebSocket });
  return { foreign, events, channel };
}

async function ourCreator() {
  const channel = await createChannel(SERVER, own, { WebSocket: relay.WebSocket });
  const key = base64urlToBytes(channel.channelKey);
  const foreign = await foreignPairing(relay.WebSocket).connect(SERVER, channel.channelId, key);
  return { foreign, events: eventsOf(foreign), channel };
}

describe.each([
  ['our joiner with its creator', ourJoiner],
  ['our creator with its joiner', ourCreator],
])('fxa-pairing-channel: %s', (_, meet) => {
  it('talks both ways', async () => {
    const { foreign, events, channel } = await meet();
    await channel.send({ message: 'pair:supp:request', data: { state: 'grüße' } });
    await foreign.send({ message: 'pair:auth:metadata', data: { email: 'someone@example.com' } });
    await foreign.send({ message: 'pair:auth:authorize' });
    expect(await events.first(([name]) => name !== 'close')).toEqual([
      'message',
      { data: { message: 'pair:supp:request', data: { state: 'grüße' } }, sender: SENDER },
    ]);
    expect(await own.contents(2)).toEqual([
      { message: 'pair:auth:metadata', data: { email: 'someone@example.com' } },
      { message: 'pair:auth:authorize' },
    ]);
    expect(own.heard.all[0]?.sender).toEqual({ ...place, ipAddress });
  });

  it('is closed by us, and takes it for a good-bye', async () => {
    const { foreign, events, channel } = await meet();
    await channel.send({ message: 'one' });
    await channel.close();
    await events.first(([name]) => name === 'close');
    expect(events.all.map(([name]) => name)).toEqual(['message', 'close']);
    await foreign.close();
    expect(await own.end()).toBe('orderly');
  });

  it('is closed by it, and we take it for a good-bye', async () => {
    const { foreign, channel } = await meet();
    await channel.send({ message: 'one' });
    await foreign.send({ message: 'two' });
    await foreign.close();
    expect(await own.end()).toBe('orderly');
    expect(own.heard.all.map(({ content }) => content)).toEqual([{ message: 'two' }]);
  });
});

describe('fxa-pairing-channel with another key', () => {
  it('is let in by our creator never', async () => {
    const channel = await createChannel(SERVER, own, { WebSocket: relay.WebSocket });
    const foreign = await foreignPairing(relay.WebSocket).connect(SERVER, channel.channelId, new Uint8Array(32));
    await expect(foreign.send({ message: 'one' })).rejects.toThrow('DECRYPT_ERROR');
    expect(await own.end()).toBe('insecure');
    await expect(channel.send({ message: 'one' })).rejects.toMatchObject({ kind: 'insecure' });
  });

  it('lets our joiner in never', async () => {
    const foreign = await foreignPairing(relay.WebSocket).create(SERVER);
    const address = { channelId: foreign.channelId, channelKey: bytesToBase64url(new Uint8Array(32)) };
    const letIn = foreign.send({ message: 'one' });
    const joining = joinChannel(SERVER, address, own, { WebSocket: relay.WebSocket });
    await expect(letIn).rejects.toThrow('DECRYPT_ERROR');
    await expect(joining).rejects.toMatchObject({ kind: 'insecure' });
    expect(own.heard.all).toEqual([]);
  });
});
