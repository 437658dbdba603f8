import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { from, visit } from '../support/pairing.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const MESSAGES = 16;
const BYTES = 65_536;
const LONGEST = 32_768;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    trustedProxies: ['127.0.0.1'],
    pairingMessages: MESSAGES,
    pairingBytes: BYTES,
    pairingChannelsPerAddress: 1000,
  });
});
afterAll(() => server.close());

/** Two ends of a new channel. */
async function pair() {
  const first = visit(server);
  const id = await first.id();
  const second = visit(server, `/v1/ws/${id}`);
  await second.id();
  return { id, first, second };
}

describe('the first frame', () => {
  test('tells whoever opens a channel its id, and whoever joins it the same', async () => {
    const first = visit(server);
    const hello = (await first.next()) as { channelid: string; link: string };
    expect(hello.channelid).toMatch(/^[A-Za-z0-9_-]{21}[AQgw]$/);
    expect(hello).toEqual({ channelid: hello.channelid, link: `/v1/ws/${hello.channelid}` });
    const second = visit(server, hello.link);
    expect(await second.next()).toEqual(hello);
  });

  test.each(['/v1/ws/short', `/v1/ws/${'A'.repeat(23)}`, `/v1/ws/${'A'.repeat(21)}.`, '/v1/ws/?x=1'])(
    'tells a fresh id where the path has none: %s',
    async (path) => {
      const [one, other] = [visit(server, path), visit(server, path)];
      expect(await one.id()).not.toBe(await other.id());
    },
  );
});

describe('a message', () => {
  test('goes to all others, trimmed, with who sent it, and not back', async () => {
    const address = '203.0.113.9';
    const first = visit(server, '/v1/ws/', { headers: { 'user-agent': 'One/1' } });
    const id = await first.id();
    const second = visit(server, `/v1/ws/${id}`, {
      headers: { 'user-agent': 'Two/2', 'x-forwarded-for': `10.9.9.9, ${address}`, 'accept-language': 'de' },
    });
    await second.id();
    const third = visit(server, `/v1/ws/${id}`, from(address));
    await third.id();
    second.socket.send(' \n{"a":"ü"}\t');
    const envelope = { message: '{"a":"ü"}', sender: { ua: 'Two/2', remote: address } };
    expect(await first.next()).toEqual(envelope);
    expect(await third.next()).toEqual(envelope);
    first.socket.send('answer');
    expect(await second.next()).toEqual({ message: 'answer', sender: { ua: 'One/1', remote: '127.0.0.1' } });
    third.socket.send('without a name');
    expect(await first.next()).toEqual({ message: 'without a name', sender: { remote: address } });
  });

  test('that is binary goes nowhere; one in fragments, which a proxy may make, goes whole', async () => {
    const { first, second } = await pair();
    first.socket.send(Buffer.from('binary'));
    first.socket.send('two ', { fin: false });
    first.socket.send('parts', { fin: true });
    expect(await second.next()).toMatchObject({ message: 'two parts' });
  });

  test('stays in its channel', async () => {
    const [one, other] = [await pair(), await pair()];
    one.first.socket.send('one');
    await one.first.settled();
    other.first.socket.send('other');
    expect(await other.second.next()).toMatchObject({ message: 'other' });
  });

  test('tells no more of a name than 512 characters', async () => {
    const first = visit(server, '/v1/ws/', { headers: { 'user-agent': 'x'.repeat(513) } });
    const second = visit(server, `/v1/ws/${await first.id()}`);
    await second.id();
    first.socket.send('hello');
    expect(await second.next()).toMatchObject({ sender: { ua: 'x'.repeat(512) } });
  });
});

describe('a channel that is closed without a word', () => {
  test('is one that nobody opened', async () => {
    const visitor = visit(server, `/v1/ws/${'A'.repeat(22)}`);
    await expect(visitor.id()).rejects.toThrow('ended');
    expect(await visitor.ended).toEqual({ code: 1008, reason: 'no such channel' });
  });

  test('is one that has two connections, from elsewhere; where one of them is, a third may come, and no fourth', async () => {
    const first = visit(server, '/v1/ws/', from('203.0.113.1'));
    const path = `/v1/ws/${await first.id()}`;
    const second = visit(server, path, from('203.0.113.2'));
    await second.id();
    const stranger = visit(server, path, from('203.0.113.3'));
    await expect(stranger.id()).rejects.toThrow('ended');
    expect(await stranger.ended).toEqual({ code: 1008, reason: 'the channel is full' });
    const again = visit(server, path, from('203.0.113.2'));
    await again.id();
    const fourth = visit(server, path, from('203.0.113.2'));
    expect(await fourth.ended).toEqual({ code: 1008, reason: 'the channel is full' });
    // The others heard nothing of all this.
    first.socket.send('still here');
    expect(await second.next()).toMatchObject({ message: 'still here' });
  });

  test('is one that all have left; one stays while anybody is there', async () => {
    const { id, first, second } = await pair();
    await first.leave();
    const back = visit(server, `/v1/ws/${id}`, from('203.0.113.4'));
    expect(await back.id()).toBe(id);
    await second.leave();
    await back.leave();
    const late = visit(server, `/v1/ws/${id}`);
    expect(await late.ended).toMatchObject({ reason: 'no such channel' });
  });
});

describe('a channel ends for all', () => {
  const SPENT = { code: 1008, reason: 'the channel took all it takes' };

  test('with one message more than it takes, whoever sent how many', async () => {
    const { id, first, second } = await pair();
    for (let sent = 1; sent <= MESSAGES; sent += 1) {
      const [from, to] = sent % 3 === 0 ? [first, second] : [second, first];
      from.socket.send(String(sent));
      expect(await to.next()).toMatchObject({ message: String(sent) });
    }
    first.socket.send('one more');
    expect(await second.ended).toEqual(SPENT);
    expect(await first.ended).toEqual(SPENT);
    expect(await visit(server, `/v1/ws/${id}`).ended).toMatchObject({ reason: 'no such channel' });
  });

  test('with one byte more than it takes, binary ones too', async () => {
    const { first, second } = await pair();
    first.socket.send('x'.repeat(LONGEST));
    first.socket.send(Buffer.alloc(LONGEST - 1));
    second.socket.send('y');
    expect(await first.next()).toMatchObject({ message: 'y' });
    second.socket.send('z');
    expect(await first.ended).toEqual(SPENT);
    expect(await second.ended).toEqual(SPENT);
  });

  test('when its time is over, not a millisecond before', async () => {
    const { id, first, second } = await pair();
    const end = server.clock.now() + server.server.context.config.pairingSeconds * 1000;
    while (server.clock.now() < end - 1) {
      server.clock.advance(Math.min(50_000, end - 1 - server.clock.now()));
      server.server.context.pairing.runOnce();
      await Promise.all([first.settled(), second.settled()]);
    }
    server.clock.advance(1);
    const late = visit(server, `/v1/ws/${id}`);
    expect(await late.ended).toMatchObject({ reason: 'no such channel' });
    const OVER = { code: 1008, reason: 'the time of the channel is over' };
    expect([await first.ended, await second.ended]).toEqual([OVER, OVER]);
  });

  test('when its time is over though nobody asks for it', async () => {
    const brief = await startTestServer({ pairingSeconds: 60 });
    const visitor = visit(brief);
    await visitor.id();
    brief.clock.advance(30_000);
    await visitor.settled();
    brief.clock.advance(30_000);
    brief.server.context.pairing.runOnce();
    expect(await visitor.ended).toMatchObject({ reason: 'the time of the channel is over' });
    await brief.close();
  });
});

describe('a connection', () => {
  test('that is silent for a minute is cut off; whoever answers pings stays', async () => {
    const silent = visit(server, '/v1/ws/', { autoPong: false });
    const other = visit(server, `/v1/ws/${await silent.id()}`);
    await other.id();
    for (const step of [30_000, 29_999]) {
      server.clock.advance(step);
      const pinged = [silent.pinged(), other.pinged()];
      server.server.context.pairing.runOnce();
      await Promise.all(pinged);
      await other.settled();
    }
    server.clock.advance(1);
    server.server.context.pairing.runOnce();
    expect((await silent.ended).code).toBe(1006);
    await other.settled();
  });

  test('is pinged every five seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const started = await startTestServer();
    const visitor = visit(started);
    await visitor.id();
    for (let count = 0; count < 2; count += 1) {
      const pinged = visitor.pinged();
      vi.advanceTimersByTime(5000);
      await pinged;
    }
    vi.useRealTimers();
    await started.close();
  });

  test('is closed for a longer message than may be, and the others stay', async () => {
    const { first, second } = await pair();
    first.socket.send('x'.repeat(LONGEST));
    expect(await second.next()).toMatchObject({ message: 'x'.repeat(LONGEST) });
    first.socket.send('x'.repeat(LONGEST + 1));
    expect((await first.ended).code).toBe(1009);
    await second.settled();
  });
});
