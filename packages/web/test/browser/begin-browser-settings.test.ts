import { describe, expect, it } from 'vitest';
import { createAccountStore, type StoredAccount } from '../../src/account/stored-account.js';
import { beginBrowserSettings } from '../../src/browser/begin-browser-settings.js';
import { readFlow } from '../../src/flow/flow.js';
import { memoryStorage } from '../support/memory-storage.js';
import { type ScriptedChannel, scriptedChannel } from '../support/scripted-channel.js';
import { offline, refusal, testServer } from '../support/test-server.js';
import { rosa, sessionStatus } from '../support/test-services.js';

const live = { uid: rosa.uid, email: rosa.email, sessionToken: rosa.sessionToken, verified: true };
const bo: StoredAccount = { ...rosa, uid: 'bb'.repeat(16), email: 'bo@example.org', sessionToken: 'b0'.repeat(32) };

const browser = (signedInUser: object | null) => scriptedChannel({ 'fxaccounts:fxa_status': { signedInUser } });
const defaultServer = () => testServer({ 'GET /session/status': sessionStatus(), 'POST /session/destroy': {} });

async function begin(channel: ScriptedChannel | undefined, account?: StoredAccount, server = defaultServer()) {
  const accounts = createAccountStore(memoryStorage(), new EventTarget());
  if (account !== undefined) accounts.set(account);
  const query = new URLSearchParams({ context: 'oauth_webchannel_v1', email: 'menu@example.org' });
  const surroundings = { client: server.client, accounts, channel };
  const beginning = await beginBrowserSettings(surroundings, readFlow('/settings', query), query);
  return { beginning, accounts, server };
}

describe('the settings that a browser has opened', () => {
  it('are those of whom it is signed in as, by its session', async () => {
    const { beginning, accounts } = await begin(browser(live));
    expect(accounts.get()).toEqual({ ...live, verified: undefined, authAt: 0 });
    expect(beginning).toMatchObject({ kind: 'flow', flow: { hint: rosa.email, browser: undefined, oauth: undefined } });
  });

  it('are not those of somebody else who was signed in to the page, and whose session ends', async () => {
    const { accounts, server } = await begin(browser(live), bo);
    expect(accounts.get()?.uid).toBe(rosa.uid);
    await expect.poll(() => server.calls()).toContain('POST /session/destroy');
  });

  it('are found by the account, where the browser does not know its new main address yet', async () => {
    const moved = { ...rosa, email: 'rosa.new@example.org' };
    const { beginning, accounts } = await begin(browser(live), moved);
    expect(accounts.get()).toEqual(moved);
    expect(beginning).toMatchObject({ flow: { hint: moved.email } });
  });

  it.each([
    ['has ended', live],
    ['is not there', { ...live, sessionToken: null }],
  ])('ask its person to sign in where its session %s', async (_, user) => {
    const server = defaultServer();
    server.on('GET /session/status', refusal(110, 401));
    const { beginning, accounts } = await begin(browser(user), undefined, server);
    expect(accounts.get()).toBeUndefined();
    expect(beginning).toMatchObject({ flow: { hint: rosa.email, emailLocked: false } });
  });

  it.each([
    ['nobody is signed in to it', browser(null)],
    ['it does not know this server', scriptedChannel()],
    ['there is none', undefined],
  ])('are as on any page where %s', async (_, channel) => {
    const { beginning, accounts } = await begin(channel, bo);
    expect(accounts.get()).toEqual(bo);
    expect(beginning).toMatchObject({ kind: 'flow', flow: { hint: 'menu@example.org' } });
  });

  it.each([
    ['the server cannot be reached', offline, 'unreachable'],
    ['the server cannot answer', refusal(203, 503), 'server'],
  ] as const)('say so while %s', async (_, answer, kind) => {
    const { beginning } = await begin(browser(live), undefined, testServer({ 'GET /session/status': answer }));
    expect(beginning).toEqual({ kind: 'problem', problem: { kind } });
  });
});
