import { describe, expect, it } from 'vitest';
import type { BrowserFlow, SyncAnswer, SyncQuestion } from '../../src/browser/browser-flow.js';
import { tellChange } from '../../src/browser/tell-change.js';
import { createChooseSyncModel } from '../../src/pages/choose-sync/model.js';
import { createConnectedModel } from '../../src/pages/connected/model.js';
import { createEmailModel } from '../../src/pages/email/model.js';
import { choosePage } from '../../src/routing/choose-page.js';
import { scriptedChannel } from '../support/scripted-channel.js';
import { offline, testServer } from '../support/test-server.js';
import { rosa, sessionStatus, testServices } from '../support/test-services.js';

/** A browser that asks one question about Sync, and what it was told. */
function browserFlow(question: SyncQuestion | undefined, more: Partial<BrowserFlow> = {}) {
  const answers: SyncAnswer[] = [];
  const flow: BrowserFlow = {
    user: undefined,
    needsPassword: () => false,
    isDone: () => false,
    mayContinue: async () => true,
    noteNewAccount: () => undefined,
    syncQuestion: () => (answers.length > 0 ? undefined : question),
    answerSyncQuestion: (_, answer) => void answers.push(answer),
    signIn: async ({ navigation }) => navigation.go('/connect_another_device', {}),
    ...more,
  };
  return { flow, answers };
}

describe('choosing what to sync', () => {
  const question = { engines: ['bookmarks', 'passwords', 'tabs'], mayDecline: true };
  const server = () => testServer({ 'GET /session/status': sessionStatus() });

  it('declines what is not kept, and goes on', async () => {
    const { flow, answers } = browserFlow(question);
    const services = testServices({ account: rosa, server: server(), flow: { browser: flow } });
    const model = createChooseSyncModel(services);
    expect(model.state.get()).toMatchObject({ ...question, email: rosa.email, busy: false });
    await model.sync(['tabs', 'bookmarks']);
    expect(answers).toEqual([{ declined: ['passwords'] }]);
    expect(services.navigation.entries.at(-1)?.path).toBe('/connect_another_device');
  });

  it('may be to sync nothing at all', async () => {
    const { flow, answers } = browserFlow(question);
    const model = createChooseSyncModel(testServices({ account: rosa, server: server(), flow: { browser: flow } }));
    await model.dontSync();
    expect(answers).toEqual(['no-sync']);
  });

  it('counts once, though both buttons are pressed', async () => {
    const { flow, answers } = browserFlow(question);
    const model = createChooseSyncModel(testServices({ account: rosa, server: server(), flow: { browser: flow } }));
    await Promise.all([model.dontSync(), model.sync([])]);
    expect(answers).toEqual(['no-sync']);
  });

  it('tells what went wrong, and stays', async () => {
    const { flow } = browserFlow(question);
    const offlineServer = testServer({ 'GET /session/status': offline });
    const services = testServices({ account: rosa, server: offlineServer, flow: { browser: flow } });
    const model = createChooseSyncModel(services);
    await model.sync(question.engines);
    expect(model.state.get()).toMatchObject({ busy: false, failure: { id: 'failure-unreachable' } });
  });

  it('is only shown where there is something to choose', () => {
    const place = { account: rosa, state: { page: 'choose-sync' as const } };
    const asked = testServices({ ...place, flow: { browser: browserFlow(question).flow } });
    const done = testServices({ ...place, flow: { browser: browserFlow(undefined).flow } });
    expect([choosePage(asked), choosePage(done)]).toEqual(['choose-sync', 'finish']);
  });
});

describe('the address of a person', () => {
  it('goes no further where the person does not want it in this browser', async () => {
    const asked: unknown[] = [];
    const mayContinue = async (...question: unknown[]) => {
      asked.push(question);
      return false;
    };
    const server = testServer({ 'POST /account/status': { exists: false } });
    const browser = browserFlow(undefined, { mayContinue }).flow;
    const services = testServices({ server, flow: { browser } });
    const model = createEmailModel(services);
    await model.submit('bo@example.org');
    expect(asked).toEqual([['bo@example.org', false]]);
    expect(model.state.get()).toMatchObject({ busy: false, notice: { id: 'notice-not-linked' } });
    expect(services.navigation.entries).toHaveLength(1);
  });
});

describe('a browser in which somebody is signed in', () => {
  it('takes them along with one click, where it needs no keys', () => {
    const user = { uid: rosa.uid, email: rosa.email, verified: true };
    const { flow } = browserFlow(undefined, { user });
    const known = { hint: rosa.email, emailLocked: true, browser: flow };
    expect(choosePage(testServices({ account: rosa, flow: known }))).toBe('continue-as');
    expect(choosePage(testServices({ flow: known }))).toBe('password');
    expect(choosePage(testServices({ flow: known, state: { page: 'email' } }))).toBe('password');
  });

  it('asks nothing more once it is done', () => {
    const { flow } = browserFlow(undefined, { isDone: () => true });
    expect(choosePage(testServices({ account: rosa, flow: { browser: flow } }))).toBe('signed-in');
  });
});

describe('the page after it', () => {
  it('opens the browser’s own settings of Sync', async () => {
    const channel = scriptedChannel({ 'fxaccounts:sync_preferences': { ok: true } });
    const services = testServices({ url: '/connect_another_device', state: { outcome: 'syncing' }, channel });
    const model = createConnectedModel(services);
    model.start?.();
    await services.openChannel();
    expect(model.state.get()).toEqual({ outcome: 'syncing', canManageSync: true });
    await model.manageSync();
    expect(channel.of('fxaccounts:sync_preferences')).toEqual([{ entryPoint: 'connected' }]);
  });

  it('offers them to nobody without a browser, and stays where the browser has none', async () => {
    const outside = createConnectedModel(testServices({ url: '/pair' }));
    outside.start?.();
    await outside.manageSync();
    expect(outside.state.get()).toEqual({ outcome: undefined, canManageSync: false });
    await createConnectedModel(testServices({ channel: scriptedChannel() })).manageSync();
  });
});

describe('a new session for a browser that is signed in', () => {
  it('is told to it, and to nobody where there is none', async () => {
    const channel = scriptedChannel();
    await tellChange(testServices({ channel }), { kind: 'password-changed', account: rosa });
    const { authAt: _, ...session } = rosa;
    expect(channel.of('fxaccounts:change_password')).toEqual([{ ...session, verified: true }]);
    await tellChange(testServices(), { kind: 'password-changed', account: rosa });
  });
});
