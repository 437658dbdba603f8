import { describe, expect, test } from 'vitest';
import { mergeClients } from '../../src/attached/merge-clients.js';
import { type Device, UNDESCRIBED } from '../../src/devices/index.js';
import type { AuthorizedClient } from '../../src/oauth/index.js';
import { type ListedSession, parseUserAgent } from '../../src/sessions/index.js';

const hash = (byte: number) => new Uint8Array(32).fill(byte);
const hex = (byte: number) => Buffer.from(hash(byte)).toString('hex');

const NOTHING = parseUserAgent('');
const DESKTOP = parseUserAgent('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0');
const PHONE = parseUserAgent('Firefox-iOS-FxA/24');
const [S1, S2, R1, R2, CURRENT] = [1, 2, 3, 4, 9];

function device(members: Partial<Device>): Device {
  return {
    ...UNDESCRIBED,
    uid: 'aa'.repeat(16),
    id: 'd1',
    createdAt: 50,
    userAgent: NOTHING,
    ...members,
  };
}

function client(members: Partial<AuthorizedClient>): AuthorizedClient {
  return {
    clientId: 'c1',
    clientName: 'An app',
    refreshTokenHash: hash(R1),
    createdTime: 40,
    lastAccessTime: 400,
    scope: ['openid', 'profile'],
    ...members,
  };
}

function session(members: Partial<ListedSession>): ListedSession {
  return { tokenHash: hash(S1), createdAt: 30, lastAccessTime: 300, userAgent: DESKTOP, ...members };
}

const merge = (attached: {
  devices?: readonly Device[];
  clients?: readonly AuthorizedClient[];
  sessions?: readonly ListedSession[];
}) => mergeClients({ devices: [], clients: [], sessions: [], ...attached }, hash(CURRENT));

describe('what belongs to nothing else stands alone, with every member', () => {
  test('a session', () => {
    expect(merge({ sessions: [session({})] })).toEqual([
      {
        clientId: null,
        deviceId: null,
        sessionTokenId: hex(S1),
        refreshTokenId: null,
        isCurrentSession: false,
        deviceType: 'desktop',
        name: 'Firefox 140, Linux',
        createdTime: 30,
        lastAccessTime: 300,
        scope: null,
        userAgent: 'Firefox 140',
        os: 'Linux',
      },
    ]);
  });

  test('an application with a refresh token, and one with access tokens only', () => {
    const bare = client({ clientId: 'c2', clientName: 'Bare', refreshTokenHash: null });
    expect(merge({ clients: [client({}), bare] })).toEqual([
      {
        clientId: 'c1',
        deviceId: null,
        sessionTokenId: null,
        refreshTokenId: hex(R1),
        isCurrentSession: false,
        deviceType: null,
        name: 'An app',
        createdTime: 40,
        lastAccessTime: 400,
        scope: ['openid', 'profile'],
        userAgent: '',
        os: null,
      },
      expect.objectContaining({ clientId: 'c2', refreshTokenId: null, name: 'Bare' }),
    ]);
  });

  test('a device whose tokens nobody listed', () => {
    expect(merge({ devices: [device({ sessionTokenHash: hash(S1) })] })).toEqual([
      {
        clientId: null,
        deviceId: 'd1',
        sessionTokenId: null,
        refreshTokenId: null,
        isCurrentSession: false,
        deviceType: 'desktop',
        name: null,
        createdTime: 50,
        lastAccessTime: 50,
        scope: null,
        userAgent: '',
        os: null,
      },
    ]);
  });
});

describe('what a device is bound to is one entry with it', () => {
  test('its session', () => {
    const entries = merge({ devices: [device({ sessionTokenHash: hash(S1), name: 'Desk' })], sessions: [session({})] });
    expect(entries).toEqual([
      expect.objectContaining({
        deviceId: 'd1',
        sessionTokenId: hex(S1),
        name: 'Desk',
        deviceType: 'desktop',
        createdTime: 30,
        lastAccessTime: 300,
        userAgent: 'Firefox 140',
      }),
    ]);
  });

  test('its application, which keeps its scope and is a mobile one if nothing else is known', () => {
    const entries = merge({ devices: [device({ refreshTokenHash: hash(R1) })], clients: [client({})] });
    expect(entries).toEqual([
      expect.objectContaining({
        deviceId: 'd1',
        clientId: 'c1',
        refreshTokenId: hex(R1),
        sessionTokenId: null,
        name: 'An app',
        deviceType: 'mobile',
        scope: ['openid', 'profile'],
        createdTime: 40,
        lastAccessTime: 400,
      }),
    ]);
  });

  test('both: then there is no scope, as a session may do everything', () => {
    const entries = merge({
      devices: [device({ sessionTokenHash: hash(S1), refreshTokenHash: hash(R1), createdAt: 10, userAgent: PHONE })],
      clients: [client({ lastAccessTime: 200 })],
      sessions: [session({})],
    });
    expect(entries).toEqual([
      expect.objectContaining({
        deviceId: 'd1',
        clientId: 'c1',
        refreshTokenId: hex(R1),
        sessionTokenId: hex(S1),
        scope: null,
        createdTime: 10,
        lastAccessTime: 300,
        userAgent: 'Firefox 24',
        os: 'iOS',
      }),
    ]);
  });

  test('but not another token of the same application, nor another session', () => {
    const entries = merge({
      devices: [device({ sessionTokenHash: hash(S1), refreshTokenHash: hash(R1) })],
      clients: [client({}), client({ refreshTokenHash: hash(R2) })],
      sessions: [session({}), session({ tokenHash: hash(S2) })],
    });
    expect(
      entries.map(({ deviceId, refreshTokenId, sessionTokenId }) => [deviceId, refreshTokenId, sessionTokenId]),
    ).toEqual([
      ['d1', hex(R1), hex(S1)],
      [null, hex(R2), null],
      [null, null, hex(S2)],
    ]);
  });
});

describe('words for an entry', () => {
  test.each<[string, Partial<Device>, string | null]>([
    ['the name that the person gave', { name: 'Desk', userAgent: DESKTOP }, 'Desk'],
    ['else that of the application', { refreshTokenHash: hash(R1), userAgent: DESKTOP }, 'An app'],
    ['else what the browser says', { userAgent: DESKTOP }, 'Firefox 140, Linux'],
    ['an empty name is none', { name: '', userAgent: DESKTOP }, 'Firefox 140, Linux'],
    ['else nothing', {}, null],
  ])('%s', (_rule, members, name) => {
    expect(merge({ devices: [device(members)], clients: [client({})] })[0]?.name).toBe(name);
  });

  test.each<[Partial<Device>, string]>([
    [{ type: 'tv', refreshTokenHash: hash(R1) }, 'tv'],
    [{ refreshTokenHash: hash(R1), userAgent: DESKTOP }, 'mobile'],
    [{ userAgent: PHONE }, 'mobile'],
    [{ userAgent: DESKTOP }, 'desktop'],
  ])('type %#', (members, type) => {
    expect(merge({ devices: [device(members)] })[0]?.deviceType).toBe(type);
  });
});

test('one session is the current one, alone or behind a device', () => {
  const current = session({ tokenHash: hash(CURRENT) });
  const flags = (devices: readonly Device[]) =>
    merge({ devices, sessions: [session({}), current] }).map(({ isCurrentSession }) => isCurrentSession);
  expect(flags([])).toEqual([false, true]);
  expect(flags([device({ sessionTokenHash: hash(CURRENT) })])).toEqual([true, false]);
});
