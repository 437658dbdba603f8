import { PAIRING_AUTHORITY_REDIRECT_URI } from '@foxden/protocol';
import { WebChannelError } from '@foxden/webchannel';
import { describe, expect, it, vi } from 'vitest';
import { createAccountStore, type StoredAccount } from '../../src/account/stored-account.js';
import type { PageConfig } from '../../src/config.js';
import { beginFlow } from '../../src/flow/begin.js';
import { beginPairing } from '../../src/pairing/index.js';
import { memoryStorage } from '../support/memory-storage.js';
import { type ScriptedChannel, scriptedChannel } from '../support/scripted-channel.js';
import { testNavigation } from '../support/test-navigation.js';
import { offline, refusal, testServer } from '../support/test-server.js';
import { ISSUER, rosa, sessionStatus, testConfig } from '../support/test-services.js';
import { testTimers } from '../support/test-timers.js';

const PHONE = '1b1a3e44c54fbb58';
const CHANNEL = 'AAECAwQFBgcICQoLDA0ODw';
const STATUS = 'fxaccounts:fxa_status';
const user = { uid: rosa.uid, email: rosa.email, sessionToken: rosa.sessionToken, verified: true };

/** As a stock Firefox opens it: without context, without state. */
const opened = {
  client_id: PHONE,
  scope: 'https://identity.mozilla.com/apps/oldsync profile',
  email: rosa.email,
  uid: rosa.uid,
  channel_id: CHANNEL,
  redirect_uri: PAIRING_AUTHORITY_REDIRECT_URI,
};

const defaultServer = () =>
  testServer({
    [`GET /oauth/client/${PHONE}`]: { id: PHONE, name: 'Firefox for iOS', trusted: true, redirect_uri: 'urn:x' },
    'GET /session/status': sessionStatus(),
    'POST /session/destroy': {},
  });

interface Given {
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>> | string;
  readonly channel?: ScriptedChannel | undefined;
  readonly account?: StoredAccount;
  readonly server?: ReturnType<typeof testServer>;
  readonly config?: Partial<PageConfig>;
}

async function begin(given: Given = {}) {
  const { path = '/oauth', query = opened, account, server = defaultServer(), config = {} } = given;
  const channel = 'channel' in given ? given.channel : scriptedChannel({ [STATUS]: { signedInUser: user } });
  const accounts = createAccountStore(memoryStorage(), new EventTarget());
  if (account !== undefined) accounts.set(account);
  const navigation = testNavigation(`${path}?${new URLSearchParams(query)}`);
  const basis = { client: server.client, accounts, issuer: ISSUER };
  const { after } = testTimers();
  const surroundings = { ...basis, config: testConfig(config), openChannel: async () => channel, navigation, after };
  const beginning = await beginFlow(basis, navigation.here(), undefined, (flow, place) =>
    beginPairing(surroundings, flow, place),
  );
  return { beginning, accounts, server, channel };
}

describe('the page that a browser opens to let another device in', () => {
  it.each(['/oauth', '/authorization', '/pair/auth/allow', '/signin_totp_code'])('may be %s', async (path) => {
    const { beginning, channel, accounts } = await begin({ path });
    expect(channel?.of(STATUS)).toEqual([{ isPairing: true }]);
    expect(beginning).toMatchObject({
      kind: 'flow',
      flow: {
        hint: rosa.email,
        emailLocked: true,
        oauth: undefined,
        browser: undefined,
        pairing: { side: 'authority', channelId: CHANNEL, application: 'Firefox for iOS' },
      },
    });
    expect(accounts.get()).toEqual({ ...rosa, authAt: 0 });
  });

  it('goes by the session of the browser, for it is the one that makes the code', async () => {
    const other = { ...rosa, sessionToken: 'b0'.repeat(32) };
    const { accounts, server } = await begin({ account: other });
    expect(accounts.get()?.sessionToken).toBe(rosa.sessionToken);
    await vi.waitUntil(() => server.calls().includes('POST /session/destroy'));
  });

  it('keeps what the pages know of that session', async () => {
    const { accounts } = await begin({ account: rosa });
    expect(accounts.get()).toEqual(rosa);
  });

  it.each<[string, object | undefined]>([
    ['nobody', undefined],
    ['somebody else', { ...user, uid: 'cd'.repeat(16) }],
    ['somebody who has to sign in again', { ...user, sessionToken: null }],
  ])('does not ask %s', async (_, signedInUser) => {
    const channel = scriptedChannel({ [STATUS]: { signedInUser: signedInUser ?? null } });
    const { beginning, accounts } = await begin({ channel });
    expect(beginning).toEqual({ kind: 'problem', problem: { kind: 'pairing-signed-out' } });
    expect(channel.of('fxaccounts:pair_decline')).toEqual([{ channel_id: CHANNEL }]);
    expect(accounts.get()).toBeUndefined();
  });

  it('does not ask whose session has ended', async () => {
    const server = defaultServer();
    server.on('GET /session/status', refusal(110, 401));
    const { beginning } = await begin({ server });
    expect(beginning).toEqual({ kind: 'problem', problem: { kind: 'pairing-signed-out' } });
  });

  it('lets in only what the operator lets in', async () => {
    const config = { pairingClients: ['a2270f727f45f648'] };
    const { beginning, channel, server } = await begin({ config });
    expect(beginning).toEqual({ kind: 'problem', problem: { kind: 'pairing-not-allowed' } });
    expect(channel?.of('fxaccounts:pair_decline')).toEqual([{ channel_id: CHANNEL }]);
    expect(server.calls()).toEqual([]);
    const allowed = { pairingClients: ['a2270f727f45f648', PHONE] };
    expect((await begin({ config: allowed })).beginning.kind).toBe('flow');
    expect(
      (await begin({ config: allowed, query: { ...opened, client_id: PHONE.toUpperCase() } })).beginning.kind,
    ).toBe('flow');
  });

  it.each<[string, object]>([
    ['unknown-application', { ...opened, client_id: 'fox' }],
    ['pairing-malformed', { ...opened, channel_id: 'short' }],
    ['pairing-malformed', { ...opened, channel_id: `${CHANNEL}A` }],
    ['pairing-malformed', { ...opened, channel_id: `${CHANNEL.slice(1)}/` }],
  ])('is %s where the address makes no sense', async (kind, query) => {
    const { beginning, channel } = await begin({ query: query as Record<string, string> });
    expect(beginning).toEqual({ kind: 'problem', problem: { kind } });
    expect(channel?.said).toEqual([]);
  });

  it('makes no sense with anything twice', async () => {
    const query = `${new URLSearchParams(opened)}&uid=${'cd'.repeat(16)}`;
    expect((await begin({ query })).beginning).toEqual({ kind: 'problem', problem: { kind: 'pairing-malformed' } });
  });

  it('needs the browser around it', async () => {
    const silent = scriptedChannel({
      [STATUS]: () => {
        throw new WebChannelError('timeout', STATUS);
      },
    });
    for (const channel of [undefined, silent]) {
      expect((await begin({ channel })).beginning).toEqual({ kind: 'problem', problem: { kind: 'no-browser' } });
    }
  });

  it('says whether it is the server or the way to it', async () => {
    const kinds = [];
    for (const answer of [offline, refusal(201, 503), refusal(162)]) {
      const server = defaultServer();
      server.on(`GET /oauth/client/${PHONE}`, answer);
      const { beginning } = await begin({ server });
      kinds.push(beginning.kind === 'problem' && beginning.problem.kind);
    }
    expect(kinds).toEqual(['unreachable', 'server', 'unknown-application']);
  });
});
