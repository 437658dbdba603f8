import {
  accountDevice,
  accountDeviceCommands,
  accountDeviceDestroy,
  accountInvokeCommand,
  type BodyOf,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshTokenFor, withToken } from '../support/attach.js';
import { signIn, signUp } from '../support/person.js';
import { pushedTo, type Subscriber, subscribe } from '../support/push.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const OPEN = 'https://identity.mozilla.com/cmd/open-uri';
const DAY = 24 * 60 * 60 * 1000;

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

type Proof = { readonly token: readonly ['sessionToken', string] } | ReturnType<typeof withToken>;

interface Pair {
  readonly email: string;
  readonly sender: Proof;
  readonly senderId: string;
  readonly target: Proof;
  readonly targetId: string;
  readonly subscriber: Subscriber;
}

/** Two devices of one account; one takes a command and has push. */
async function pair(): Promise<Pair> {
  people += 1;
  const email = `pair${people}@example.com`;
  const session = (sessionToken: string) => ({ token: ['sessionToken', sessionToken] as const });
  const sender = session((await signUp(server, email)).sessionToken);
  const target = session((await signIn(server, email)).sessionToken);
  const subscriber = await subscribe(`target${people}`);
  const { id: senderId } = await server.ok(accountDevice, { ...sender, body: { name: 'Sender' } });
  const body = { name: 'Target', availableCommands: { [OPEN]: 'sealed' }, ...subscriber.subscription };
  const { id: targetId } = await server.ok(accountDevice, { ...target, body });
  return { email, sender, senderId, target, targetId, subscriber };
}

const invoke = (proof: Proof, body: Partial<BodyOf<typeof accountInvokeCommand>> & { target: string }) =>
  server.ok(accountInvokeCommand, { ...proof, body: { command: OPEN, payload: { encrypted: 'sealed' }, ...body } });
const fetchFrom = (proof: Proof, index?: number, limit?: number) =>
  server.ok(accountDeviceCommands, {
    ...proof,
    query: {
      ...(index !== undefined && { index: String(index) }),
      ...(limit !== undefined && { limit: String(limit) }),
    },
  });

describe('a command', () => {
  test('waits for its target, which is told of it by push, and says who sent it', async () => {
    const { sender, senderId, target, targetId, subscriber } = await pair();
    expect(await invoke(sender, { target: targetId.toUpperCase() })).toEqual({ enqueued: true, notified: true });
    const { index, last, messages } = await fetchFrom(target);
    expect({ last, messages }).toEqual({
      last: true,
      messages: [{ index, data: { command: OPEN, payload: { encrypted: 'sealed' }, sender: senderId } }],
    });
    expect(await pushedTo(server, subscriber)).toEqual([
      {
        version: 1,
        command: 'fxaccounts:command_received',
        data: {
          command: OPEN,
          index,
          sender: senderId,
          url: `${server.url}/v1/account/device/commands?index=${index}&limit=1`,
        },
      },
    ]);
  });

  test('is not for the eyes of another device, and stays until it expires', async () => {
    const { sender, target, targetId } = await pair();
    await invoke(sender, { target: targetId });
    expect(await fetchFrom(sender)).toEqual({ index: 0, last: true, messages: [] });
    expect((await fetchFrom(target)).messages).toHaveLength(1);
    expect((await fetchFrom(target)).messages).toHaveLength(1);
  });

  test('comes from and to applications by their refresh tokens too', async () => {
    people += 1;
    const { sessionToken } = await signUp(server, `app${people}@example.com`);
    const application = withToken(await refreshTokenFor(server, sessionToken));
    const { id } = await server.ok(accountDevice, { ...application, body: { availableCommands: { [OPEN]: 'x' } } });
    await invoke(application, { target: id });
    expect((await fetchFrom(application)).messages).toMatchObject([{ data: { sender: id } }]);
  });

  test('of a sender without a device has none, and one without a device finds no commands', async () => {
    const { email, target, targetId } = await pair();
    const nobody = { token: ['sessionToken', (await signIn(server, email)).sessionToken] as const };
    await invoke(nobody, { target: targetId });
    const [message] = (await fetchFrom(target)).messages;
    expect(message?.data).not.toHaveProperty('sender');
    expect(await fetchFrom(nobody)).toEqual({ index: 0, last: true, messages: [] });
  });

  test('goes with the device that it was for', async () => {
    const { sender, targetId } = await pair();
    await invoke(sender, { target: targetId });
    const rows = () =>
      server.server.context.storage.db
        .selectFrom('commands')
        .select('index')
        .where('deviceId', '=', Buffer.from(targetId, 'hex'))
        .execute();
    expect(await rows()).toHaveLength(1);
    await server.ok(accountDeviceDestroy, { ...sender, body: { id: targetId } });
    expect(await rows()).toEqual([]);
  });

  test('of another account reaches nobody', async () => {
    const [mine, other] = [await pair(), await pair()];
    const body = { target: other.targetId, command: OPEN, payload: {} };
    expect(await server.fails(accountInvokeCommand, { ...mine.sender, body })).toMatchObject({ code: 400, errno: 123 });
    expect((await fetchFrom(other.target)).messages).toEqual([]);
  });

  test.each(['toString', 'https://identity.mozilla.com/cmd/close-uri/v1'])(
    'that the target does not take is refused: %s',
    async (command) => {
      const { sender, targetId } = await pair();
      const body = { target: targetId, command, payload: {} };
      expect(await server.fails(accountInvokeCommand, { ...sender, body })).toMatchObject({ code: 400, errno: 157 });
    },
  );
});

describe('the time a command waits', () => {
  test.each([
    ['is what it says, to the millisecond', 60, 60_000],
    ['is four weeks when it says nothing', undefined, 28 * DAY],
    ['is four weeks when it asks for more', 10_000_000, 28 * DAY],
    ['may be a part of a second', 0.5, 500],
  ])('%s', async (_, ttl, milliseconds) => {
    const { email, sender, targetId } = await pair();
    await invoke(sender, { target: targetId, ttl });
    server.clock.advance(milliseconds - 1);
    const again = { token: ['sessionToken', (await signIn(server, email)).sessionToken] as const };
    // The session of the target may be too old by then.
    const { id } = await server.ok(accountDevice, { ...again, body: { id: targetId } });
    expect(id).toBe(targetId);
    expect((await fetchFrom(again)).messages).toHaveLength(1);
    server.clock.advance(1);
    expect((await fetchFrom(again)).messages).toEqual([]);
  });

  test('may be none: then it is found by nobody', async () => {
    const { sender, target, targetId } = await pair();
    await invoke(sender, { target: targetId, ttl: 0 });
    expect((await fetchFrom(target)).messages).toEqual([]);
  });
});

describe('fetching commands', () => {
  test('begins at an index and ends at a limit; the answer says where it ended and whether more waits', async () => {
    const { sender, target, targetId } = await pair();
    for (let count = 0; count < 5; count += 1) {
      await invoke(sender, { target: targetId, payload: { encrypted: String(count) } });
    }
    const all = await fetchFrom(target);
    const indices = all.messages.map(({ index }) => index);
    expect(all.messages.map(({ data }) => data.payload.encrypted)).toEqual(['0', '1', '2', '3', '4']);
    expect(indices).toEqual([...indices].sort((a, b) => a - b));
    const [first = 0, , , fourth = 0, fifth = 0] = indices;
    expect(await fetchFrom(target, first, 4)).toMatchObject({ index: fourth, last: false });
    expect(await fetchFrom(target, first, 5)).toMatchObject({ index: fifth, last: true });
    expect(await fetchFrom(target, fifth, 1)).toMatchObject({ index: fifth, last: true, messages: [{ index: fifth }] });
    expect(await fetchFrom(target, fifth + 1)).toEqual({ index: 0, last: true, messages: [] });
    expect(await fetchFrom(target, first, 0)).toEqual({ index: 0, last: false, messages: [] });
  });

  test('gives at most a hundred', async () => {
    const { sender, target, targetId } = await pair();
    for (let count = 0; count < 101; count += 1) await invoke(sender, { target: targetId });
    const first = await fetchFrom(target);
    expect([first.messages.length, first.last]).toEqual([100, false]);
    const rest = await fetchFrom(target, first.index + 1);
    expect([rest.messages.length, rest.last]).toEqual([1, true]);
  });

  test.each([
    { limit: '101' },
    { limit: '-1' },
    { limit: '' },
    { index: '-1' },
    { index: '1.5' },
    { index: '9'.repeat(16) },
  ])('refuses %j', async (query) => {
    const { target } = await pair();
    expect(await server.fails(accountDeviceCommands, { ...target, query })).toMatchObject({ code: 400, errno: 107 });
  });
});

describe('sizes', () => {
  test('a request of 16 KiB is taken, one byte more is not', async () => {
    const { sender, target, targetId } = await pair();
    const empty = JSON.stringify({ target: targetId, command: OPEN, payload: { encrypted: '' } });
    const bodyOf = (size: number) => ({
      target: targetId,
      command: OPEN,
      payload: { encrypted: 'x'.repeat(size - empty.length) },
    });
    await server.ok(accountInvokeCommand, { ...sender, body: bodyOf(16_384) });
    const refused = await server.call(accountInvokeCommand, { ...sender, body: bodyOf(16_385) });
    expect(refused).toMatchObject({ status: 413, body: { errno: 113 } });
    expect((await fetchFrom(target)).messages).toHaveLength(1);
  });

  test.each([
    ['a TTL of 10 000 000 seconds', { ttl: 10_000_000 }, 200],
    ['a longer one', { ttl: 10_000_001 }, 400],
    ['a negative one', { ttl: -1 }, 400],
    ['a name of 100 characters', { command: 'a'.repeat(100) }, 200],
    ['a name of 101 characters', { command: 'a'.repeat(101) }, 400],
  ])('%s', async (_, members, status) => {
    const { sender, target, targetId } = await pair();
    await server.ok(accountDevice, {
      ...target,
      body: { availableCommands: { [OPEN]: 'x', ['a'.repeat(100)]: 'x' } },
    });
    const body = { target: targetId, command: OPEN, payload: {}, ...members };
    expect((await server.call(accountInvokeCommand, { ...sender, body })).status).toBe(status);
  });
});

test('an account may send 500 commands in a quarter of an hour, and not one more', async () => {
  const limited = await startTestServer({ rateLimits: true });
  const { uid, sessionToken } = await signUp(limited, 'many@example.com');
  const token = ['sessionToken', sessionToken] as const;
  const { id } = await limited.ok(accountDevice, { token, body: { availableCommands: { [OPEN]: 'x' } } });
  const send = () => limited.call(accountInvokeCommand, { token, body: { target: id, command: OPEN, payload: {} } });
  for (let count = 0; count < 499; count += 1) {
    await limited.server.context.limits.check('invokeDeviceCommand', { ip: '192.0.2.1', uid });
  }
  expect((await send()).status).toBe(200);
  expect(await send()).toMatchObject({ status: 429, body: { errno: 114 } });
  await limited.close();
});
