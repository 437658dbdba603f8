import { bytesToHex, createKeysKeyPair, deriveScopedKey, openKeysJwe, SCOPE_OLDSYNC } from '@foxden/protocol';
import type { WebChannelError } from '@foxden/webchannel';
import { describe, expect, it } from 'vitest';
import { createBrowserFlow, type WaitingBrowser } from '../../src/browser/create-browser-flow.js';
import { createNewAccount } from '../../src/browser/new-account.js';
import { advance } from '../../src/flow/advance.js';
import { memoryStorage } from '../support/memory-storage.js';
import { scriptedChannel } from '../support/scripted-channel.js';
import { offline, refusal, testServer } from '../support/test-server.js';
import { oauthFlow, rosa, sessionStatus, testServices, trustedClient } from '../support/test-services.js';

const LOGIN = 'fxaccounts:login';
const OAUTH_LOGIN = 'fxaccounts:oauth_login';
const LINK = 'fxaccounts:can_link_account';
const kB = new Uint8Array(32).fill(7);
const code = 'c0'.repeat(32);
const keyData = { identifier: SCOPE_OLDSYNC, keyRotationSecret: '00'.repeat(32), keyRotationTimestamp: 1510726317123 };
const desktop = { multiService: true, can_link_account_uid: true, engines: ['tabs'], choose_what_to_sync: true };

/** Somebody who has done everything but what a test is about, in front of a browser. */
async function person(more: Partial<WaitingBrowser> = {}) {
  const { keysJwk, privateKey } = await createKeysKeyPair();
  const channel = scriptedChannel({ [LINK]: { ok: true }, [LOGIN]: { ok: true }, [OAUTH_LOGIN]: { ok: true } });
  const newAccount = createNewAccount(memoryStorage());
  const browser = createBrowserFlow({
    channel,
    context: 'oauth_webchannel_v1',
    service: 'sync',
    capabilities: desktop,
    user: undefined,
    isReturning: false,
    newAccount,
    ...more,
  });
  const server = testServer({
    'GET /session/status': sessionStatus(),
    'POST /account/scoped-key-data': { [SCOPE_OLDSYNC]: keyData },
    'POST /oauth/authorization': { code, state: 'the state', redirect: 'urn:x', scope: 'granted' },
    'POST /session/duplicate': { uid: rosa.uid, sessionToken: 'd0'.repeat(32), authAt: 1, verified: true },
    'POST /session/destroy': {},
  });
  const request = { keysJwk, scope: [SCOPE_OLDSYNC, 'profile'] };
  const returnAddress = { redirectUri: '', state: undefined, issuer: '', takesErrors: false };
  const oauth = more.context === 'fx_desktop_v3' ? undefined : { ...oauthFlow(trustedClient, request), returnAddress };
  const services = testServices({ account: rosa, server, flow: { oauth, browser } });
  services.visit.prove(rosa.uid, { kB, keyFetchToken: '80'.repeat(32), unwrapBKey: new Uint8Array(32).fill(9) });
  return { services, channel, browser, privateKey, server };
}

describe('signing a browser in', () => {
  it('tells it of the session first, then gives it the code with the sealed keys', async () => {
    const { services, channel, server, privateKey, browser } = await person();
    await advance(services);
    const { authAt: _, ...session } = rosa;
    expect(channel.said.map(({ command }) => command)).toEqual([LINK, LOGIN, OAUTH_LOGIN]);
    expect(channel.of(LOGIN)).toEqual([{ ...session, verified: true, services: { sync: {} } }]);
    expect(channel.of(OAUTH_LOGIN)).toEqual([
      {
        action: 'signin',
        code,
        state: 'the state',
        redirect: 'urn:ietf:wg:oauth:2.0:oob:oauth-redirect-webchannel',
        scope: 'granted',
      },
    ]);
    const sealed = String(server.sent.at(-1)?.body['keys_jwe']);
    expect(await openKeysJwe(privateKey, sealed)).toEqual({
      [SCOPE_OLDSYNC]: await deriveScopedKey(keyData, kB, rosa.uid),
    });
    expect(services.navigation.entries.at(-1)).toEqual({
      path: '/connect_another_device',
      state: { outcome: 'syncing' },
    });
    expect(browser.isDone()).toBe(true);
    expect(JSON.stringify(channel.said)).not.toContain(bytesToHex(kB));
  });

  it('asks a new person what to sync first, and hands the choice over', async () => {
    const { services, channel, browser } = await person();
    browser.noteNewAccount(rosa.uid);
    await advance(services);
    expect(services.navigation.entries.at(-1)).toEqual({ path: '/authorization', state: { page: 'choose-sync' } });
    expect(channel.said).toEqual([]);
    browser.answerSyncQuestion(rosa.uid, { declined: ['tabs'] });
    await advance(services);
    expect(channel.of(LOGIN)).toMatchObject([
      { services: { sync: { offeredEngines: ['tabs'], declinedEngines: ['tabs'] } } },
    ]);
    expect(channel.of(OAUTH_LOGIN)).toMatchObject([{ action: 'signup' }]);
  });

  it('says that nothing is synced where that was wanted', async () => {
    const { services, channel, browser } = await person({ service: undefined });
    browser.answerSyncQuestion(rosa.uid, 'no-sync');
    await advance(services);
    expect(channel.of(LOGIN)).toMatchObject([{ services: {} }]);
    expect(services.navigation.entries.at(-1)?.state).toEqual({ outcome: 'not-syncing' });
  });

  it('hands an older browser what buys the keys, unspent', async () => {
    const { services, channel, server } = await person({ context: 'fx_desktop_v3' });
    await advance(services);
    expect(channel.of(LOGIN)).toMatchObject([{ keyFetchToken: '80'.repeat(32), unwrapBKey: '09'.repeat(32) }]);
    expect(channel.of(OAUTH_LOGIN)).toEqual([]);
    expect(server.calls()).toEqual(['GET /session/status']);
  });

  it('does without keys where the browser can, for somebody who was not asked for the password', async () => {
    const capabilities = { ...desktop, keys_optional: true };
    const { services, channel, server } = await person({ service: 'relay', capabilities });
    services.visit.forget();
    services.visit.acknowledge(rosa.uid);
    await advance(services);
    expect(channel.of(LOGIN)).toMatchObject([{ services: { relay: {} } }]);
    expect(services.navigation.entries.at(-1)?.state).toEqual({ outcome: 'signed-in' });
    expect(server.sent.at(-1)?.body).toMatchObject({ scope: 'profile' });
    expect(server.sent.at(-1)?.body).not.toHaveProperty('keys_jwe');
  });

  it('says nothing of services to a browser that only signs in again', async () => {
    const user = { uid: rosa.uid, email: rosa.email, verified: true, sessionToken: null };
    const { services, channel } = await person({ user, isReturning: true });
    await advance(services);
    expect(channel.of(LOGIN)[0]).not.toHaveProperty('services');
    expect(services.navigation.entries.at(-1)?.state).toEqual({ outcome: 'signed-in' });
  });

  it('waits for no answer of a phone', async () => {
    const { services, channel } = await person({ capabilities: { choose_what_to_sync: true, engines: ['tabs'] } });
    channel.answers = { [LINK]: { ok: true } };
    await advance(services);
    expect(channel.said.map(({ command }) => command)).toEqual([LINK, LOGIN, OAUTH_LOGIN]);
    expect(services.navigation.entries.at(-1)?.path).toBe('/connect_another_device');
  });

  it.each([
    ['another session, where the browser would end the one it has', { ...desktop, can_link_account_uid: false }, 'd0'],
    ['the same session, where it keeps it', desktop, 'a0'],
  ])('hands over %s', async (_, capabilities, digits) => {
    const { services, channel } = await person({ capabilities, user: { ...rosa, verified: true } });
    await advance(services);
    expect(channel.of(LOGIN)).toMatchObject([{ sessionToken: digits.repeat(32) }]);
    expect(services.accounts.get()?.sessionToken).toBe(digits.repeat(32));
  });
});

describe('a sign-in that the browser does not take', () => {
  it('is tried again with another session, where the browser would end the one it was told of', async () => {
    const { services, channel } = await person({ capabilities: { ...desktop, can_link_account_uid: false } });
    const answers = channel.answers;
    channel.answers = { [LINK]: { ok: true }, [LOGIN]: { ok: true } };
    await advance(services);
    channel.answers = answers;
    await advance(services);
    expect(channel.of(LOGIN).map(({ sessionToken }) => sessionToken)).toEqual([rosa.sessionToken, 'd0'.repeat(32)]);
    expect(services.navigation.entries.at(-1)?.path).toBe('/connect_another_device');
  });

  it('is never one of somebody else', async () => {
    const { services, channel, browser } = await person({ user: { uid: 'cd'.repeat(16), email: rosa.email } });
    await advance(services);
    expect(channel.said).toEqual([]);
    expect(browser.isDone()).toBe(false);
    expect(services.navigation.entries.at(-1)?.state).toEqual({
      page: 'finish',
      notice: { id: 'failure-browser-taken' },
    });
  });

  it('because the person would not merge leaves no session behind', async () => {
    const { services, channel, server } = await person();
    channel.answers = { [LINK]: { ok: false } };
    await advance(services);
    expect(channel.of(LOGIN)).toEqual([]);
    expect(services.accounts.get()).toBeUndefined();
    expect(server.calls().at(-1)).toBe('POST /session/destroy');
    expect(services.navigation.entries.at(-1)?.state).toEqual({ page: 'email', notice: { id: 'notice-not-linked' } });
  });

  it.each([LOGIN, OAUTH_LOGIN] as const)('because %s fails can be tried again', async (command) => {
    const { services, channel } = await person();
    const answers = channel.answers;
    channel.answers = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== command));
    await advance(services);
    expect(services.navigation.entries.at(-1)?.state).toEqual({ page: 'finish', notice: { id: 'failure-browser' } });
    channel.answers = answers;
    await advance(services);
    expect(services.navigation.entries.at(-1)?.path).toBe('/connect_another_device');
  });

  it.each([
    ['the connection', offline, 'failure-unreachable'],
    ['the server', () => refusal(999, 500), 'failure-server'],
    ['a refusal', () => refusal(163), 'failure-refused'],
  ])('because of %s is told here, and to nobody else', async (_, answer, id) => {
    const { services, channel, server } = await person();
    server.on('POST /oauth/authorization', answer);
    await advance(services);
    expect(channel.of(OAUTH_LOGIN)).toEqual([]);
    expect(services.navigation.left).toEqual([]);
    expect(services.navigation.entries.at(-1)?.state).toMatchObject({ page: 'finish', notice: { id } });
  });
});

describe('asking whether an account may be linked', () => {
  it.each([
    ['a new account', false, desktop, [{ email: rosa.email }]],
    ['an account that the browser wants to know by its uid', true, desktop, []],
    ['an account that there is, in an older browser', true, { multiService: true }, [{ email: rosa.email }]],
  ])('comes early for %s', async (_, exists, capabilities, asked) => {
    const { channel, browser } = await person({ capabilities });
    expect(await browser.mayContinue(rosa.email, exists)).toBe(true);
    expect(channel.of(LINK)).toEqual(asked);
  });

  it('is done once', async () => {
    const { services, channel, browser } = await person({ capabilities: { multiService: true } });
    await browser.mayContinue(rosa.email, true);
    await advance(services);
    expect(channel.of(LINK)).toHaveLength(1);
  });

  it('names the uid where the browser goes by it', async () => {
    const { services, channel } = await person();
    await advance(services);
    expect(channel.of(LINK)).toEqual([{ email: rosa.email, uid: rosa.uid }]);
  });

  it('tells when the browser breaks', async () => {
    const { channel, browser } = await person();
    channel.answers = {};
    await expect(browser.mayContinue(rosa.email, false)).rejects.toMatchObject({
      kind: 'refused',
    } satisfies Partial<WebChannelError>);
  });
});
