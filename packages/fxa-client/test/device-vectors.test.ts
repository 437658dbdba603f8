import { COMMAND_SEND_TAB } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import vectors from '../../../test/fixtures/vectors/client.json';
import { closeTabs } from '../src/commands/close-tabs.js';
import { countThatFit, jsonLimit, jsonSize, MAX_PAYLOAD } from '../src/commands/fit.js';
import { readCloseTabs, readSendTab, readTabEntry } from '../src/commands/payloads.js';
import { deviceTypeFromWire, deviceTypeToWire } from '../src/devices/wire.js';
import { type DeviceCapability, FirefoxAccount } from '../src/index.js';
import { deviceConfig, SYNC_SCOPES, World } from './support/accounts.js';
import { contextOf } from './support/context.js';

/** Two devices of one account. */
async function twoDevices() {
  const world = new World();
  const sender = await world.signedIn();
  const receiver = new FirefoxAccount(
    {
      server: { Custom: 'https://accounts.example.com' },
      clientId: 'a2270f727f45f648',
      redirectUri: 'https://a.example',
    },
    { fetch: world.server.fetch, clock: world.clock },
  );
  await receiver.processEvent({
    type: 'Initialize',
    deviceConfig: { ...deviceConfig, name: 'Phone', deviceType: 'Mobile' },
  });
  await world.signIn(receiver, SYNC_SCOPES);
  await sender.getDevices(true);
  world.server.requests.length = 0;
  return { world, sender, receiver, target: receiver.getCurrentDeviceId() };
}

describe('send tab', () => {
  it('arrives, with who sent it', async () => {
    const { sender, receiver, target } = await twoDevices();
    expect(await sender.sendSingleTab(target, 'Foxes', 'https://example.com/foxes', true)).toEqual({ type: 'Sent' });
    const [command, ...others] = await receiver.pollDeviceCommands();
    expect(others).toEqual([]);
    expect(command).toMatchObject({
      type: 'TabReceived',
      sender: { id: sender.getCurrentDeviceId(), displayName: deviceConfig.name },
      payload: { entries: [{ title: 'Foxes', url: 'https://example.com/foxes', isPrivate: true }] },
    });
    expect(await receiver.pollDeviceCommands()).toEqual([]);
  });

  it('sends the members of the vectors, and shows the server nothing of the page', async () => {
    const { world, sender, target } = await twoDevices();
    await sender.sendSingleTab(target, 'Foxes', 'https://example.com/foxes');
    await sender.closeTabs(target, ['https://example.com/foxes']);
    const [tab, close] = world.server.requests.map(({ body }) => body);
    const [withTtl, withoutTtl] = vectors.invoke_command_bodies;
    expect(Object.keys(tab ?? {})).toEqual(Object.keys(withoutTtl?.without_ttl ?? {}));
    expect(Object.keys(close ?? {})).toEqual(Object.keys(withTtl?.with_ttl ?? {}));
    expect(close?.['ttl']).toBe(172_800);
    expect(JSON.stringify(world.server.requests)).not.toContain('foxes');
  });

  it('waits while the server is busy, over a restart too, and loses nothing', async () => {
    const { world, sender, receiver, target } = await twoDevices();
    world.server.fault = ({ name }) =>
      name.endsWith('invoke_command') ? { status: 429, errno: 114, headers: { 'Retry-After': '30' } } : undefined;
    const first = await sender.sendSingleTab(target, 'One', 'https://example.com/1');
    expect(first).toEqual({ type: 'Queued', retryAfter: 30 });
    world.server.fault = () => undefined;
    const restarted = await world.restart();
    expect(await restarted.sendSingleTab(target, 'Two', 'https://example.com/2')).toEqual({
      type: 'Queued',
      retryAfter: 30,
    });
    expect(await restarted.sendQueuedCommands()).toBe(30);
    world.clock.advance(30);
    expect(await restarted.sendQueuedCommands()).toBeUndefined();
    const urls = (await receiver.pollDeviceCommands()).map((command) =>
      command.type === 'TabReceived' ? command.payload.entries.at(-1)?.url : undefined,
    );
    expect(urls).toEqual(['https://example.com/1', 'https://example.com/2']);
  });

  it('is refused at once for a device that is not known, or takes no tabs', async () => {
    const { world, sender, target } = await twoDevices();
    await expect(sender.sendSingleTab('ff'.repeat(16), 't', 'u')).rejects.toMatchObject({ kind: 'Other' });
    for (const device of world.server.devices) device.availableCommands = {};
    await sender.getDevices(true);
    await expect(sender.sendSingleTab(target, 't', 'u')).rejects.toMatchObject({ kind: 'Other' });
  });

  it('does not keep a tab that the server refuses for good', async () => {
    const { world, sender, target } = await twoDevices();
    world.server.fault = ({ name }) => (name.endsWith('invoke_command') ? { status: 400, errno: 157 } : undefined);
    await expect(sender.sendSingleTab(target, 't', 'u')).rejects.toMatchObject({ errno: 157 });
    world.server.fault = () => undefined;
    expect(await sender.sendQueuedCommands()).toBeUndefined();
  });
});

describe('close tabs', () => {
  it('arrives', async () => {
    const { sender, receiver, target } = await twoDevices();
    expect(await sender.closeTabs(target, ['https://example.com/2', 'https://example.com'])).toEqual({ type: 'Ok' });
    expect(await receiver.pollDeviceCommands()).toMatchObject([
      { type: 'TabsClosed', payload: { urls: ['https://example.com', 'https://example.com/2'] } },
    ]);
  });

  it.each(vectors.close_tabs_chunking)('$max_payload bytes, $urls: $commands commands, $result', async (vector) => {
    const { world, sender, receiver, target } = await twoDevices();
    let sent = 0;
    world.server.fault = ({ name }) => {
      if (!name.endsWith('invoke_command')) return undefined;
      sent += 1;
      const fails = vector.every_command_fails === true || vector.fails_for === vector.urls[sent - 1];
      return fails ? { status: 500 } : undefined;
    };
    const result = await closeTabs(contextOf(sender), target, vector.urls, vector.max_payload);
    expect(result).toEqual(vector.result);
    expect(sent).toBe(vector.commands);
    const arrived = (await receiver.pollDeviceCommands()).flatMap((command) =>
      command.type === 'TabsClosed' ? command.payload.urls : [],
    );
    const lost = 'urls' in vector.result ? vector.result.urls : [];
    expect(arrived.sort()).toEqual(vector.urls.filter((url) => lost?.includes(url) !== true).sort());
  });

  it('fills commands to their limit and not above', () => {
    const { items, item_bytes, cases, serialized_sizes, default_limit, default_max_payload } = vectors.payload_fit;
    expect([jsonLimit(MAX_PAYLOAD), MAX_PAYLOAD]).toEqual([default_limit, default_max_payload]);
    expect(items.map(jsonSize)).toEqual(item_bytes);
    for (const { value, bytes } of serialized_sizes) expect(jsonSize(value)).toBe(bytes);
    for (const { max_payload, limit, fit } of cases) {
      expect(jsonLimit(max_payload)).toBe(limit);
      const count = { all: items.length, none: 0 }[fit as 'all'] ?? fit;
      expect(countThatFit(items, max_payload)).toBe(count);
    }
    const exact = jsonSize(items);
    expect(countThatFit(items, ((exact + 1500 + 2) * 4) / 3)).toBe(items.length);
  });
});

describe('receiving', () => {
  it.each(vectors.command_payload_parsing)('$kind $json', ({ kind, json, expect: expected }) => {
    const value = JSON.parse(json);
    if (kind === 'tab_entry') {
      const { is_private, ...entry } = expected as { is_private: boolean };
      expect(readTabEntry(value, '')).toEqual({ ...entry, isPrivate: is_private });
      return;
    }
    const { flowID, streamID, ...members } = expected as { flowID: string; streamID: string };
    const read = kind === 'send_tab' ? readSendTab : readCloseTabs;
    expect(read(value, '')).toEqual({ ...members, flowId: flowID, streamId: streamID });
  });

  it('drops what it does not know and what it cannot open, and publishes new keys for the latter', async () => {
    const { world, sender, receiver, target } = await twoDevices();
    await sender.sendSingleTab(target, 't', 'https://example.com/old');
    const published = { ...world.server.devices.find(({ id }) => id === target)?.availableCommands };
    const foreign = { command: COMMAND_SEND_TAB, payload: { encrypted: 'A'.repeat(200) } };
    world.server.queue.push({ index: 2, data: foreign, target });
    world.server.queue.push({ index: 3, data: { command: 'dance', payload: {} }, target });
    expect(await receiver.pollDeviceCommands()).toHaveLength(1);
    const renewed = world.server.devices.find(({ id }) => id === target)?.availableCommands;
    expect(renewed?.[COMMAND_SEND_TAB]).not.toBe(published[COMMAND_SEND_TAB]);
    await sender.getDevices(true);
    await sender.sendSingleTab(target, 't', 'https://example.com/new');
    expect(await receiver.pollDeviceCommands()).toMatchObject([
      { payload: { entries: [{ url: 'https://example.com/new' }] } },
    ]);
  });

  it('gives the same commands again when the senders cannot be had', async () => {
    const { world, sender, receiver, target } = await twoDevices();
    await sender.sendSingleTab(target, 't', 'https://example.com');
    world.clock.advance(61);
    world.server.fault = ({ name }) => (name === 'GET /account/devices' ? 'offline' : undefined);
    await expect(receiver.pollDeviceCommands()).rejects.toMatchObject({ kind: 'Network' });
    world.server.fault = () => undefined;
    expect(await receiver.pollDeviceCommands()).toHaveLength(1);
  });
});

describe('a push message', () => {
  it.each(vectors.push_messages)('$json', async (vector) => {
    const world = new World();
    const account = await world.signedIn();
    const profileUid = vector.cached_profile_uid;
    if (profileUid !== undefined) world.server.profile.uid = profileUid;
    await account.getProfile();
    world.server.requests.length = 0;
    if (vector.parses_as !== undefined) {
      // Nothing waits under this index.
      await expect(account.handlePushMessage(vector.json)).rejects.toMatchObject({ kind: 'Other' });
      const [sent] = world.server.requests;
      expect(Object.fromEntries(sent?.url.searchParams ?? [])).toEqual({ index: '1', limit: '1' });
      return;
    }
    if (vector.error !== undefined) {
      await expect(account.handlePushMessage(vector.json)).rejects.toMatchObject({ kind: 'Other' });
      return;
    }
    const isLocal = vector.current_device_id !== undefined;
    const json = isLocal ? vector.json.replace('my_id', account.getCurrentDeviceId()) : vector.json;
    const event = await account.handlePushMessage(json);
    const [type = '', data = {}] =
      typeof vector.event === 'string' ? [vector.event] : (Object.entries(vector.event ?? {})[0] ?? []);
    expect(event.type).toBe(type);
    if ('device_name' in data) expect(event).toMatchObject({ deviceName: data.device_name });
    if ('is_local_device' in data) expect(event).toMatchObject({ isLocalDevice: data.is_local_device });
    if (vector.effect === 'disconnect()') expect(account.getState()).toEqual({ type: 'Disconnected' });
    else if (vector.effect?.includes('no request')) expect(world.server.requests).toEqual([]);
    if (vector.effect === 'cached profile dropped') {
      await account.getProfile();
      expect(world.server.names()).toContain('GET /profile');
    }
  });

  it('of a command gives it, and polling gives it again', async () => {
    const { sender, receiver, target } = await twoDevices();
    await sender.sendSingleTab(target, 'Foxes', 'https://example.com/foxes');
    const data = { command: COMMAND_SEND_TAB, index: 1, sender: sender.getCurrentDeviceId(), url: 'https://a.example' };
    const message = { version: 1, command: 'fxaccounts:command_received', data };
    const event = await receiver.handlePushMessage(JSON.stringify(message));
    expect(event).toMatchObject({ type: 'CommandReceived', command: { type: 'TabReceived' } });
    expect(await receiver.pollDeviceCommands()).toHaveLength(1);
  });

  it.each([
    '{"command":"fxaccounts:profile_updated","data":{}}',
    '{"command":"fxaccounts:command_received","data":{"index":"1"}}',
    '{"command":"constructor"}',
  ])('of an unknown shape is Unknown: %s', async (json) => {
    expect(await new World().account().handlePushMessage(json)).toEqual({ type: 'Unknown' });
  });
});

describe('capabilities', () => {
  it.each(vectors.ensure_capabilities)('$name', async (vector) => {
    const world = new World();
    const account = await world.signedIn();
    const start = JSON.parse(account.toJson());
    const fresh = { ...start, server_local_device_info: null };
    let current = FirefoxAccount.fromJson(JSON.stringify(fresh), world.options);
    let requests = 0;
    world.server.fault = ({ name }) => {
      if (name === 'POST /account/device') requests += 1;
      return undefined;
    };
    for (const call of vector.calls) {
      if (call === 'complete_oauth_flow') {
        const { code, state } = world.server.authorize(await current.beginOAuthFlow(SYNC_SCOPES, 'test'));
        world.server.fault = ({ name }) => (name === 'GET /account/devices' ? 'offline' : undefined);
        await current.completeOAuthFlow(code, state);
        world.server.fault = ({ name }) => {
          if (name === 'POST /account/device') requests += 1;
          return undefined;
        };
        continue;
      }
      const names = Array.isArray(call) ? call : [call];
      const fails = names.some((name) => name.includes('server 500'));
      const before = world.server.fault;
      if (fails) {
        world.server.fault = (request) => {
          before(request);
          return { status: 500 };
        };
      }
      const capabilities = names.map((name) => name.replace(/ .*$/, '') as DeviceCapability);
      const ensured = current.ensureCapabilities(capabilities);
      if (fails) await expect(ensured).rejects.toMatchObject({ status: 500 });
      else expect((await ensured).capabilities).toEqual(capabilities);
      world.server.fault = before;
    }
    expect(requests).toBe(vector.requests);
    if (vector.after_reload_requests === undefined) return;
    current = FirefoxAccount.fromJson(current.toJson(), world.options);
    await current.ensureCapabilities(['SendTab']);
    expect(requests).toBe(vector.requests + vector.after_reload_requests);
  });

  it('without the key of Sync are refused', async () => {
    const world = new World();
    const account = await world.signedIn(['profile']);
    await expect(account.ensureCapabilities(['SendTab'])).rejects.toMatchObject({ kind: 'Authentication' });
    expect(account.getState().type).toBe('Connected');
  });
});

describe('the type of a device', () => {
  it.each(vectors.device_type.parse)('$json is $type', ({ json, type }) => {
    expect(deviceTypeFromWire(json)).toBe(type);
  });

  it.each(vectors.device_type.serialise)('$type is written as $json', ({ type, json }) => {
    expect(deviceTypeToWire(type as 'Desktop')).toBe(json);
  });
});

describe('back-off', () => {
  const [longest, short, otherPath] = vectors.backoff;
  const limited = (path: string, seconds: string) => (request: { name: string }) =>
    request.name.endsWith(path) ? { status: 429, errno: 114, headers: { 'Retry-After': seconds } } : undefined;

  it('keeps requests from an address that a server asked to leave alone, and tells for how long', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.fault = limited('/account/devices', longest?.headers?.['retry-after'] ?? '');
    const expected = { kind: 'Other', status: 429, retryAfter: 1_000_000 };
    await expect(account.getDevices(true)).rejects.toMatchObject(expected);
    await expect(account.getDevices(true)).rejects.toMatchObject({ kind: 'Other', retryAfter: 1_000_000 });
    expect(world.server.requests).toHaveLength(1);
  });

  it('ends when the time is over, and not before', async () => {
    const world = new World();
    const account = await world.signedIn();
    world.server.fault = limited('/account/devices', short?.headers?.['retry-after'] ?? '');
    await expect(account.getDevices(true)).rejects.toMatchObject({ retryAfter: 1 });
    world.server.fault = () => undefined;
    world.clock.advance(0.999);
    await expect(account.getDevices(true)).rejects.toMatchObject({ retryAfter: 1 });
    world.clock.advance((short?.wait_seconds ?? 0) - 0.999);
    expect(await account.getDevices(true)).toHaveLength(1);
  });

  it('is of one address: other paths are free', async () => {
    const { world, sender, target } = await twoDevices();
    world.server.fault = limited(otherPath?.path_limited?.replace('/v1', '') ?? '', '60');
    expect(await sender.sendSingleTab(target, 't', 'u')).toMatchObject({ type: 'Queued' });
    expect(await sender.pollDeviceCommands()).toEqual([]);
    expect(world.server.names()).toContain(`GET ${otherPath?.path_free?.replace('/v1', '')}`);
  });
});

describe('telemetry', () => {
  it('tells what was sent and received, once, under its own name', async () => {
    const { sender, receiver, target } = await twoDevices();
    await sender.sendSingleTab(target, 't', 'https://example.com');
    await sender.closeTabs(target, ['https://example.com']);
    await receiver.pollDeviceCommands();
    const sent = JSON.parse(sender.gatherTelemetry());
    const received = JSON.parse(receiver.gatherTelemetry());
    expect(sent.commands_sent.map(({ command }: { command: string }) => command)).toEqual(['send_tab', 'close_tabs']);
    expect(received.commands_received).toEqual(
      sent.commands_sent.map((entry: object) => ({ ...entry, reason: 'poll' })),
    );
    expect(JSON.parse(sender.gatherTelemetry())).toEqual({ commands_sent: [], commands_received: [] });
  });

  it('keeps two hundred entries of each kind and no more', async () => {
    const { telemetry } = contextOf(new World().account());
    for (let entry = 0; entry < 201; entry += 1) telemetry.sent('send_tab', `${entry}`, '');
    expect(JSON.parse(telemetry.gather()).commands_sent).toHaveLength(200);
  });
});

it('the list of attached clients is asked for with the session, once a minute', async () => {
  const world = new World();
  const account = await world.signedIn();
  await account.getAttachedClients();
  expect(await account.getAttachedClients()).toMatchObject([{ name: deviceConfig.name, deviceType: 'Unknown' }]);
  expect(world.server.requests).toHaveLength(1);
  world.clock.advance(60);
  await account.getAttachedClients();
  expect(world.server.requests).toHaveLength(2);
});
