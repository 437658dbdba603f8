import { createKeysKeyPair } from '@foxden/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAccountStore, type StoredAccount } from '../../src/account/stored-account.js';
import { createVisit } from '../../src/account/visit.js';
import { beginBrowserFlow } from '../../src/browser/begin-browser-flow.js';
import { beginFlow } from '../../src/flow/begin.js';
import { readFlow } from '../../src/flow/flow.js';
import { memoryStorage } from '../support/memory-storage.js';
import { type ScriptedChannel, scriptedChannel } from '../support/scripted-channel.js';
import { offline, refusal, testServer } from '../support/test-server.js';
import { ISSUER, rosa, sessionStatus, testServices } from '../support/test-services.js';

const DESKTOP = '5882386c6d801776';
const capabilities = { multiService: true, choose_what_to_sync: true, engines: ['bookmarks'] };
const STATUS = { signedInUser: null, clientId: DESKTOP, capabilities };
const live = { uid: rosa.uid, email: rosa.email, sessionToken: rosa.sessionToken, verified: true };

let keysJwk: string;
beforeAll(async () => {
  ({ keysJwk } = await createKeysKeyPair());
});

const request = (more: Readonly<Record<string, string>> = {}) => ({
  context: 'oauth_webchannel_v1',
  service: 'sync',
  client_id: DESKTOP,
  action: 'email',
  response_type: 'code',
  access_type: 'offline',
  scope: 'https://identity.mozilla.com/apps/oldsync profile',
  state: 'the state',
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
  keys_jwk: keysJwk,
  ...more,
});

function browser(status: object = STATUS): ScriptedChannel {
  return scriptedChannel({ 'fxaccounts:fxa_status': status, 'fxaccounts:oauth_flow_is_active': { isActive: true } });
}

interface Given {
  readonly channel?: ScriptedChannel | undefined;
  readonly account?: StoredAccount;
  readonly server?: ReturnType<typeof testServer>;
}

const defaultServer = () =>
  testServer({
    [`GET /oauth/client/${DESKTOP}`]: { id: DESKTOP, name: 'Firefox', trusted: true, redirect_uri: 'urn:x' },
    'GET /session/status': sessionStatus(),
    'POST /session/destroy': {},
  });

async function begin(query: Readonly<Record<string, string>>, given: Given = {}) {
  const { account, server = defaultServer() } = given;
  const channel = 'channel' in given ? given.channel : browser();
  const accounts = createAccountStore(memoryStorage(), new EventTarget());
  if (account !== undefined) accounts.set(account);
  const parameters = new URLSearchParams(query);
  const surroundings = { client: server.client, accounts, channel, storage: memoryStorage() };
  const beginning = await beginBrowserFlow(surroundings, readFlow('/', parameters), parameters);
  return { beginning, accounts, server };
}

const v3 = { context: 'fx_desktop_v3', service: 'sync' };

describe('a flow that a browser has begun', () => {
  it('asks the browser how things stand, with service and context as the address has them', async () => {
    const channel = browser();
    const { beginning } = await begin(request(), { channel });
    expect(channel.of('fxaccounts:fxa_status')).toEqual([
      { service: 'sync', context: 'oauth_webchannel_v1', isPairing: false },
    ]);
    expect(beginning).toMatchObject({
      kind: 'flow',
      flow: { hint: undefined, emailLocked: false, browser: { user: undefined }, oauth: { request: { keysJwk } } },
    });
  });

  it('needs no OAuth in older browsers', async () => {
    const { beginning, server } = await begin(v3);
    expect(beginning).toMatchObject({ kind: 'flow', flow: { oauth: undefined, browser: { user: undefined } } });
    expect(server.calls()).toEqual([]);
  });

  it.each([
    ['sync', { keys_optional: true }, true],
    ['relay', { keys_optional: true }, false],
    ['relay', {}, true],
  ])('for %s with %o needs the password: %s', async (service, more, needed) => {
    const channel = browser({ ...STATUS, capabilities: { ...capabilities, ...more } });
    const { beginning } = await begin(request({ service }), { channel });
    if (beginning.kind !== 'flow') throw new Error('no flow');
    const visit = createVisit();
    expect(beginning.flow.browser?.needsPassword(visit, rosa.uid)).toBe(needed);
    visit.prove(rosa.uid, { kB: new Uint8Array(32) });
    expect(beginning.flow.browser?.needsPassword(visit, rosa.uid)).toBe(false);
  });

  it('before OAuth needs the password for what buys the keys', async () => {
    const { beginning } = await begin(v3);
    if (beginning.kind !== 'flow') throw new Error('no flow');
    const visit = createVisit();
    visit.prove(rosa.uid, { kB: new Uint8Array(32) });
    expect(beginning.flow.browser?.needsPassword(visit, rosa.uid)).toBe(true);
    visit.prove(rosa.uid, { keyFetchToken: '80'.repeat(32), unwrapBKey: new Uint8Array(32) });
    expect(beginning.flow.browser?.needsPassword(visit, rosa.uid)).toBe(false);
  });

  it('is no other than one that names a browser', async () => {
    const { client, accounts } = testServices();
    const surroundings = { client, accounts, issuer: ISSUER };
    const place = (query: string) => ({ path: '/', query: new URLSearchParams(query), state: {}, arrival: 0 });
    const named: string[] = [];
    const beginInBrowser = async (_: unknown, query: URLSearchParams) => {
      named.push(query.get('context') ?? '');
      return { kind: 'problem', problem: { kind: 'no-browser' } } as const;
    };
    for (const query of ['', 'context=web', 'context=oauth', 'context=fx_desktop_v3', 'context=fx_ios_v1']) {
      await beginFlow(surroundings, place(query), beginInBrowser);
    }
    expect(named).toEqual(['fx_desktop_v3', 'fx_ios_v1']);
  });
});

describe('whom the browser is signed in as', () => {
  const as = (signedInUser: object) => ({ channel: browser({ ...STATUS, signedInUser }) });

  it('is signed in to the page by the same session, and nobody else may sign in', async () => {
    const { beginning, accounts, server } = await begin(request(), as(live));
    expect(accounts.get()).toEqual({ ...live, verified: undefined, authAt: 0 });
    expect(beginning).toMatchObject({ flow: { hint: rosa.email, emailLocked: true, browser: { user: live } } });
    expect(server.calls()).toContain('GET /session/status');
  });

  it('keeps the session that the page has of its own', async () => {
    const own = { ...rosa, sessionToken: 'c0'.repeat(32) };
    const { accounts } = await begin(request(), { ...as(live), account: own });
    expect(accounts.get()).toEqual(own);
  });

  it('takes the place of a session of the page that has ended', async () => {
    const own = { ...rosa, sessionToken: 'c0'.repeat(32) };
    const server = defaultServer();
    const isFirst = () => server.calls().filter((call) => call === 'GET /session/status').length === 1;
    server.on('GET /session/status', () => (isFirst() ? sessionStatus() : refusal(110, 401)));
    const { accounts } = await begin(request(), { ...as(live), account: own, server });
    expect(accounts.get()?.sessionToken).toBe(live.sessionToken);
  });

  it('has to prove the password where that session has ended, or there is none', async () => {
    const server = defaultServer();
    server.on('GET /session/status', refusal(110, 401));
    const ended = await begin(request(), { ...as(live), server });
    const returning = await begin(request(), as({ ...live, sessionToken: null }));
    for (const { accounts, beginning } of [ended, returning]) {
      expect(accounts.get()).toBeUndefined();
      expect(beginning).toMatchObject({ flow: { hint: rosa.email, emailLocked: true } });
    }
  });

  it.each([
    ['nothing, where its session has ended', '', true, undefined],
    ['whether to sync, where its session lives', '', false, { engines: [], mayDecline: true }],
  ])('is asked %s', async (_, service, hasEnded, question) => {
    const server = defaultServer();
    if (hasEnded) server.on('GET /session/status', refusal(110, 401));
    const { beginning } = await begin(request({ service }), { ...as(live), server, account: rosa });
    if (beginning.kind !== 'flow') throw new Error('no flow');
    expect(beginning.flow.browser?.syncQuestion(rosa.uid)).toEqual(question);
  });

  it('is not taken for the owner of a session that is somebody else’s', async () => {
    const server = defaultServer();
    server.on('GET /session/status', { ...sessionStatus(), uid: 'cd'.repeat(16) });
    const { accounts } = await begin(request(), { ...as(live), server });
    expect(accounts.get()).toBeUndefined();
  });

  it('is found out in a private window too', async () => {
    const inPrivate = (data: { service?: string }) => ({
      ...STATUS,
      signedInUser: data.service === 'sync' ? live : null,
    });
    const channel = browser();
    channel.answers = { ...channel.answers, 'fxaccounts:fxa_status': inPrivate };
    const { beginning } = await begin(request({ service: 'relay' }), { channel });
    expect(channel.of('fxaccounts:fxa_status').map(({ service }) => service)).toEqual(['relay', 'sync']);
    expect(beginning).toMatchObject({ flow: { hint: rosa.email, emailLocked: true } });
  });

  it('is told to whoever wants to sign in as another', async () => {
    const { beginning } = await begin(request({ email: 'bo@example.org' }), as(live));
    expect(beginning).toEqual({ kind: 'problem', problem: { kind: 'browser-taken', email: rosa.email } });
  });
});

describe('a flow that cannot be', () => {
  it.each<[string, Readonly<Record<string, string>>, Given, object]>([
    [
      'where no browser listens to OAuth',
      { context: 'oauth_webchannel_v1' },
      { channel: undefined },
      { kind: 'no-browser' },
    ],
    ['where the browser does not know this server', v3, { channel: scriptedChannel() }, { kind: 'no-browser' }],
    ['of a browser of long ago', { context: 'fx_desktop_v1' }, {}, { kind: 'old-browser' }],
    [
      'of a browser that can only sync, without Sync',
      { context: 'fx_desktop_v3' },
      { channel: browser({ capabilities: {} }) },
      { kind: 'old-browser' },
    ],
  ])('%s', async (_, query, given, problem) => {
    const { beginning } = await begin(query, given);
    expect(beginning).toEqual({ kind: 'problem', problem });
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['for another client than the browser is', { client_id: 'a0a1a2a3a4a5a6a7' }, 'unknown-application'],
    ['for what is no client', { client_id: 'firefox' }, 'unknown-application'],
    ['without a state', { state: '' }, 'refused-request'],
    ['that nobody may be asked about', { prompt: 'none' }, 'refused-request'],
    ['with a key that is none', { keys_jwk: 'no key' }, 'refused-request'],
    ['with a broken challenge', { code_challenge: 'short' }, 'refused-request'],
  ])('%s', async (_, wrong, kind) => {
    const query = request(wrong);
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
    const { beginning } = await begin(given);
    expect(beginning).toMatchObject({ kind: 'problem', problem: { kind } });
  });

  it('for a client that is not the operator’s own', async () => {
    const server = testServer({ [`GET /oauth/client/${DESKTOP}`]: { id: DESKTOP, name: 'x', trusted: false } });
    const { beginning } = await begin(request(), { server });
    expect(beginning).toMatchObject({ problem: { kind: 'unknown-application' } });
  });

  it('while the server cannot be reached', async () => {
    const server = testServer({ [`GET /oauth/client/${DESKTOP}`]: offline });
    const { beginning } = await begin(request(), { server });
    expect(beginning).toMatchObject({ problem: { kind: 'unreachable' } });
  });

  it('in a browser that only looks like one is a page like any other, before OAuth', async () => {
    const { beginning } = await begin(v3, { channel: undefined });
    expect(beginning).toMatchObject({ kind: 'flow', flow: { browser: undefined } });
  });
});

describe('an address of a flow that the browser has forgotten', () => {
  const begun = { client_id: DESKTOP, state: 'new state', keys_jwk: 'new key', scope: 'profile' };

  it('is begun anew, and keeps what else was in it', async () => {
    const channel = browser();
    channel.answers = {
      ...channel.answers,
      'fxaccounts:oauth_flow_is_active': { isActive: false },
      'fxaccounts:oauth_flow_begin': begun,
    };
    const { beginning } = await begin(request({ entrypoint: 'menu' }), { channel });
    if (beginning.kind !== 'answer') throw new Error('the flow goes on');
    const query = Object.fromEntries(new URLSearchParams(beginning.url));
    expect(query).toEqual({ ...request({ entrypoint: 'menu' }), ...begun });
  });

  it.each([['a browser that cannot say'], ['a browser that cannot begin one']])('is left to %s', async (which) => {
    const channel = browser();
    const isActive =
      which === 'a browser that cannot say' ? {} : { 'fxaccounts:oauth_flow_is_active': { isActive: false } };
    channel.answers = { 'fxaccounts:fxa_status': STATUS, ...isActive };
    const { beginning } = await begin(request(), { channel });
    expect(beginning.kind).toBe('flow');
  });

  it('is not asked about on a phone, which might never answer', async () => {
    const channel = browser({ capabilities: { choose_what_to_sync: true } });
    await begin(request(), { channel });
    expect(channel.said.map(({ command }) => command)).toEqual(['fxaccounts:fxa_status']);
  });
});
