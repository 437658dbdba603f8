import { randomBytes } from 'node:crypto';
import { base64urlToBytes, bytesToBase64url } from '@foxden/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { readPairingUrl } from '../src/index.js';
import { Inbox } from './support/ends.js';
import { type ForeignChannel, foreignPairing } from './support/foreign-channel.js';
import { type RelaySocket, SENDER } from './support/memory-relay.js';
import { AUTHORIZATION, DATA, METADATA, PairingWorld, SERVER } from './support/sides.js';

let world: PairingWorld;
beforeEach(() => {
  world = new PairingWorld();
});

/** What a foreign channel hears: messages, and how it ends. */
function heardBy(channel: ForeignChannel): Inbox<unknown> {
  const heard = new Inbox<unknown>();
  channel.addEventListener('message', (event) => heard.put((event as CustomEvent).detail.data));
  channel.addEventListener('close', () => heard.put('close'));
  channel.addEventListener('error', () => heard.put('error'));
  return heard;
}

/** Both sides, as far as somebody has to agree. */
async function bothSides() {
  const authority = await world.authority();
  const address = readPairingUrl(authority.url);
  const supplicant = world.supplicant(address);
  await world.reached('waiting_for_authorizations');
  await world.reached('PendingConfirmations');
  return { authority, supplicant, address };
}

describe('our supplicant and our authority', () => {
  it.each(['authority first', 'supplicant first'])('bring a code over, %s', async (order) => {
    const { authority, supplicant } = await bothSides();
    world.authorization.asked.first(() => true).then(() => world.authorization.answer(AUTHORIZATION));
    world.delivery.asked.first(() => true).then(() => world.delivery.answer());
    const sides = order === 'authority first' ? [authority, supplicant] : [supplicant, authority];
    for (const side of sides) side.approve();
    expect(await supplicant.ended).toMatchObject({ type: 'complete', authorization: AUTHORIZATION });
    expect((await authority.ended).type).toBe('Completed');
    await world.relay.emptied(readPairingUrl(authority.url).channelId);
    expect(world.timers.pending).toBe(0);
  });

  it('take eleven frames at most', async () => {
    const { authority, supplicant, address } = await bothSides();
    supplicant.approve();
    await world.reached('PendingLocalConfirmation');
    authority.approve();
    world.authorization.answer(AUTHORIZATION);
    await world.delivery.asked.first(() => true);
    world.delivery.answer();
    await world.relay.emptied(address.channelId);
    // Five of the handshake, four messages, one good-bye of each.
    expect(world.relay.sent.length).toBeLessThanOrEqual(11);
    expect([(await supplicant.ended).type, (await authority.ended).type]).toEqual(['complete', 'Completed']);
  });
});

describe('somebody who joins as the third', () => {
  /** A connection that hears and says what it likes. */
  async function third(channelId: string): Promise<{ readonly socket: RelaySocket; readonly heard: Inbox<string> }> {
    const socket = new world.relay.WebSocket(`${SERVER}/v1/ws/${channelId}`);
    const heard = new Inbox<string>();
    socket.addEventListener('message', (event: MessageEvent) => heard.put(String(event.data)));
    await heard.first(() => true);
    return { socket, heard };
  }

  it('hears nothing of what is said', async () => {
    const authority = await world.authority();
    const address = readPairingUrl(authority.url);
    const { heard } = await third(address.channelId);
    const supplicant = world.supplicant(address);
    await world.reached('waiting_for_authorizations');
    authority.approve();
    world.authorization.answer(AUTHORIZATION);
    await world.reached('waiting_for_supplicant');
    // The welcome, five frames of the handshake, three messages.
    expect(heard.all.length).toBe(9);
    const plain = heard.all
      .slice(1)
      .map((frame) => Buffer.from(JSON.parse(frame).message, 'base64url').toString('latin1'));
    for (const secret of [AUTHORIZATION.code, METADATA.email, 'pair:']) expect(plain.join()).not.toContain(secret);
    expect(supplicant.state.type).toBe('waiting_for_supplicant');
  });

  it.each([
    ['garbage', () => randomBytes(40).toString('base64url')],
    ['a ClientHello', () => world.relay.sent[0] ?? ''],
    ['what was said before', () => world.relay.sent.at(-1) ?? ''],
    ['no base64url', () => '***'],
  ])('ends the pairing with %s, and nobody gets a code', async (_, frame) => {
    const { authority, supplicant, address } = await bothSides();
    authority.approve();
    await world.reached('Authorizing');
    const { socket } = await third(address.channelId);
    socket.send(frame());
    expect(await authority.ended).toMatchObject({ type: 'Errored' });
    expect(await supplicant.ended).toMatchObject({ type: 'failed' });
    world.authorization.answer(AUTHORIZATION);
    expect(world.delivery.asked.all).toEqual([]);
  });

  it('joins first without the key, and the right one comes too late', async () => {
    const authority = await world.authority();
    const address = readPairingUrl(authority.url);
    const stranger = world.supplicant({ ...address, channelKey: 'A'.repeat(43) });
    expect(await stranger.ended).toMatchObject({ type: 'failed', error: { kind: 'insecure' } });
    expect(await authority.ended).toMatchObject({ type: 'Errored', error: { kind: 'insecure' } });
    expect(await world.supplicant(address).ended).toMatchObject({ type: 'failed', error: { kind: 'unreachable' } });
    expect(world.authorization.asked.all).toEqual([]);
  });
});

describe('with fxa-pairing-channel on the other side', () => {
  it('our supplicant gets a code', async () => {
    const foreign = await foreignPairing(world.relay.WebSocket).create(SERVER);
    const heard = heardBy(foreign);
    const { channelId } = foreign;
    const supplicant = world.supplicant({ channelId, channelKey: bytesToBase64url(foreign.channelKey) });
    expect(await heard.first(() => true)).toEqual({ message: 'pair:supp:request', data: DATA['pair:supp:request'] });
    await foreign.send({ message: 'pair:auth:metadata', data: METADATA });
    const { remote: ipAddress } = SENDER;
    expect(await world.reached('waiting_for_authorizations')).toMatchObject({
      authority: METADATA,
      remote: { ipAddress },
    });
    supplicant.approve();
    await foreign.send({ message: 'pair:auth:authorize', data: AUTHORIZATION });
    await world.delivery.asked.first(() => true);
    world.delivery.answer();
    expect(await supplicant.ended).toMatchObject({ type: 'complete', authorization: AUTHORIZATION });
    await heard.first((item) => item === 'close');
    expect(heard.all.slice(1)).toEqual([{ message: 'pair:supp:authorize', data: {} }, 'close']);
  });

  /** Our authority, asked by a foreign supplicant. */
  async function foreignAsks() {
    const authority = await world.authority();
    const { channelId, channelKey } = readPairingUrl(authority.url);
    const foreign = await foreignPairing(world.relay.WebSocket).connect(
      SERVER,
      channelId,
      base64urlToBytes(channelKey),
    );
    const heard = heardBy(foreign);
    await foreign.send({ message: 'pair:supp:request', data: DATA['pair:supp:request'] });
    await world.reached('PendingConfirmations');
    return { authority, foreign, heard, channelId };
  }

  it('our authority gives a code', async () => {
    const { authority, foreign, heard, channelId } = await foreignAsks();
    authority.approve();
    world.authorization.answer(AUTHORIZATION);
    await heard.first(() => heard.all.length === 2);
    expect(heard.all).toEqual([
      { message: 'pair:auth:metadata', data: METADATA },
      { message: 'pair:auth:authorize', data: AUTHORIZATION },
    ]);
    await foreign.send({ message: 'pair:supp:authorize' });
    expect((await authority.ended).type).toBe('Completed');
    await foreign.close();
    await world.relay.emptied(channelId);
  });

  it('our authority declines, and no code is given', async () => {
    const { authority, heard } = await foreignAsks();
    authority.decline();
    await heard.first((item) => item === 'close');
    expect(heard.all).toEqual([{ message: 'pair:auth:metadata', data: METADATA }, 'close']);
    expect(await authority.ended).toEqual({ type: 'Aborted', by: 'authority' });
  });
});
