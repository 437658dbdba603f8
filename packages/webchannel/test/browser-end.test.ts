import { describe, expect, it } from 'vitest';
import { createBrowserEnd } from '../src/index.js';
import { conversation, failed, ok } from './support/conversation.js';
import { bo, memoryBrowser, rosa, STATE, session } from './support/memory-browser.js';

const STATUS = 'fxaccounts:fxa_status';
const LOGIN = 'fxaccounts:login';
const OAUTH_LOGIN = 'fxaccounts:oauth_login';
const offered = ['bookmarks', 'history', 'passwords'];
const services = { sync: { offeredEngines: offered, declinedEngines: ['passwords'] } };

describe('who is heard', () => {
  it.each([
    ['another host', 'https://evil.example'],
    ['another port', 'https://accounts.example.org:8443'],
    ['another scheme', 'http://accounts.example.org'],
    ['a document without an origin', 'null'],
  ])('is not %s', async (_, origin) => {
    const browser = memoryBrowser();
    browser.user = session();
    const say = conversation(browser, { origin });
    expect(await say(STATUS)).toEqual({ errno: 2, error: 'No Such Channel' });
    expect(await say('fxaccounts:logout', { uid: rosa.uid })).toEqual({ errno: 2, error: 'No Such Channel' });
    expect(browser.user).toBeDefined();
  });

  it('is the server’s origin, whatever the path of its pages', async () => {
    const say = conversation(memoryBrowser({ accountsUrl: 'https://accounts.example.org/below/here/' }));
    expect(await say(STATUS)).toMatchObject({ data: { signedInUser: null } });
  });

  it.each(['no JSON', '[]', '"text"', '{"id":"other","message":{}}', '{"id":"account_updates"}', 'null'])(
    'says nothing to %s',
    async (detail) => {
      const answers: object[] = [];
      const reply = (answer: object) => answers.push(answer);
      await createBrowserEnd(memoryBrowser()).receive(detail, { origin: 'https://accounts.example.org', reply });
      expect(answers).toEqual([]);
    },
  );

  it('is told about a command that nobody knows, also one that every object has', async () => {
    const say = conversation(memoryBrowser());
    expect(await say('fxaccounts:verified')).toEqual(failed('fxaccounts:verified', 'unknown command'));
    expect(await say('constructor')).toEqual(failed('constructor', 'unknown command'));
  });
});

describe('messages', () => {
  it('are handled in their order, the next one when the one before is done', async () => {
    const browser = memoryBrowser();
    browser.last = 'somebody else';
    let confirmMerge: () => Promise<boolean> = async () => true;
    const warned = new Promise<(merges: boolean) => void>((shown) => {
      confirmMerge = () => new Promise((answer) => shown(answer));
    });
    const say = conversation({ ...browser, confirmMerge: () => confirmMerge() });
    const order: string[] = [];
    const linking = say('fxaccounts:can_link_account', rosa).then(() => order.push('link'));
    const asking = say(STATUS).then(() => order.push('status'));
    const answerWarning = await warned;
    expect(order).toEqual([]);
    answerWarning(true);
    await Promise.all([linking, asking]);
    expect(order).toEqual(['link', 'status']);
  });

  it('are still heard after one whose page was gone', async () => {
    const browser = memoryBrowser();
    const end = createBrowserEnd(browser);
    const detail = JSON.stringify({ id: 'account_updates', message: { command: STATUS } });
    const origin = 'https://accounts.example.org';
    const gone = () => {
      throw new Error('no document');
    };
    await end.receive(detail, { origin, reply: gone });
    const answers: object[] = [];
    await end.receive(detail, { origin, reply: (answer) => answers.push(answer) });
    expect(answers).toHaveLength(1);
  });

  it('keep the id that they came with, and none where they had none', async () => {
    const end = createBrowserEnd(memoryBrowser());
    const answers: object[] = [];
    const sender = { origin: 'https://accounts.example.org', reply: (answer: object) => answers.push(answer) };
    await end.receive({ id: 'account_updates', message: { command: STATUS, messageId: 5 } }, sender);
    await end.receive({ id: 'account_updates', message: { command: STATUS } }, sender);
    expect(answers).toMatchObject([{ message: { messageId: 5 } }, { message: { command: STATUS } }]);
    expect(answers[1]).not.toHaveProperty('message.messageId');
  });
});

describe('how things stand', () => {
  it('is told with client and capabilities', async () => {
    const browser = memoryBrowser();
    browser.user = session();
    expect(await conversation(browser)(STATUS, { context: 'oauth_webchannel_v1', isPairing: false })).toMatchObject({
      data: { signedInUser: session(), clientId: '5882386c6d801776', capabilities: browser.capabilities },
    });
  });

  it('names the person, but no session, while they have to sign in again', async () => {
    const browser = memoryBrowser();
    browser.user = { ...rosa, verified: true };
    expect(await conversation(browser)(STATUS)).toMatchObject({
      data: { signedInUser: { ...rosa, sessionToken: null, verified: true } },
    });
  });

  it.each([
    [{ service: 'sync' }, true],
    [{ isPairing: true }, true],
    [{ context: 'fx_desktop_v3' }, true],
    [{ service: 'relay', context: 'oauth_webchannel_v1' }, false],
    [{}, false],
  ])('names the person in a private window when asked with %o: %s', async (question, named) => {
    const browser = memoryBrowser();
    browser.user = session();
    const answer = await conversation(browser, { isPrivate: true })(STATUS, question);
    expect(answer).toMatchObject({ data: { signedInUser: named ? session() : null } });
  });
});

describe('signing in with OAuth', () => {
  it('enables Sync with what was chosen, once the keys are there', async () => {
    const browser = memoryBrowser();
    const say = conversation(browser);
    expect(await say(LOGIN, { ...session(), services })).toEqual(ok(LOGIN));
    expect(browser.syncing).toBe(false);
    expect(await say(OAUTH_LOGIN, { code: 'c0', state: STATE })).toEqual(ok(OAUTH_LOGIN));
    expect([browser.syncing, browser.choice]).toEqual([true, services.sync]);
  });

  it.each([
    ['no services', {}],
    ['other services', { services: { relay: {} } }],
    ['services that are none', { services: { sync: 'yes' } }],
    ['lists as an older browser gets them', { offeredSyncEngines: offered, declinedSyncEngines: [] }],
  ])('leaves Sync off with %s', async (_, more) => {
    const browser = memoryBrowser();
    const say = conversation(browser);
    await say(LOGIN, { ...session(), ...more });
    expect(await say(OAUTH_LOGIN, { code: 'c0', state: STATE })).toEqual(ok(OAUTH_LOGIN));
    expect([browser.user?.uid, browser.syncing]).toEqual([rosa.uid, false]);
  });

  it.each([
    ['an empty object', {}],
    ['one list only', { offeredEngines: offered }],
    ['lists of something else', { offeredEngines: [1], declinedEngines: [] }],
  ])('leaves the engines alone for %s', async (_, sync) => {
    const browser = memoryBrowser();
    const say = conversation(browser);
    await say(LOGIN, { ...session(), services: { sync } });
    await say(OAUTH_LOGIN, { code: 'c0', state: STATE });
    expect([browser.syncing, browser.choice]).toEqual([true, undefined]);
  });

  it('declines nothing that was not offered', async () => {
    const browser = memoryBrowser();
    const say = conversation(browser);
    const sync = { offeredEngines: ['tabs'], declinedEngines: ['tabs', 'passwords'] };
    await say(LOGIN, { ...session(), services: { sync } });
    await say(OAUTH_LOGIN, { code: 'c0', state: STATE });
    expect(browser.choice).toEqual({ offeredEngines: ['tabs'], declinedEngines: ['tabs'] });
  });

  it('takes a first message without confirmation, and keeps what it asked for', async () => {
    const browser = memoryBrowser();
    const say = conversation(browser);
    await say(LOGIN, { ...session(), verified: false, services });
    await say(LOGIN, session());
    await say(OAUTH_LOGIN, { code: 'c0', state: STATE });
    expect([browser.syncing, browser.choice]).toEqual([true, services.sync]);
  });

  it('says that Sync cannot be without keys; the person is signed in all the same', async () => {
    const browser = memoryBrowser();
    const say = conversation(browser);
    await say(LOGIN, { ...session(), services });
    expect(await say(OAUTH_LOGIN, { code: 'keyless', state: STATE })).toEqual(
      failed(OAUTH_LOGIN, 'Error: User does not have sync keys'),
    );
    expect([browser.user?.uid, browser.syncing]).toEqual([rosa.uid, false]);
  });

  it('refuses a code of a flow that it did not begin', async () => {
    const say = conversation(memoryBrowser());
    await say(LOGIN, session());
    expect(await say(OAUTH_LOGIN, { code: 'c0', state: 'other' })).toEqual(failed(OAUTH_LOGIN, 'Error: INVALID_STATE'));
  });

  it.each([
    ['uid', { uid: 'short' }],
    ['sessionToken', { sessionToken: 'zz'.repeat(32) }],
    ['email', { email: '' }],
    ['keyFetchToken', { keyFetchToken: '00' }],
  ])('refuses a login whose %s is malformed, and changes nothing', async (name, wrong) => {
    const browser = memoryBrowser();
    const answer = await conversation(browser)(LOGIN, { ...session(), ...wrong });
    expect(answer).toMatchObject({ data: { error: { message: expect.stringContaining(name) } } });
    expect(browser.done).toEqual([]);
  });

  it('begins another flow for the scopes it may ask for', async () => {
    const say = conversation(memoryBrowser());
    const begin = 'fxaccounts:oauth_flow_begin';
    expect(await say('fxaccounts:oauth_flow_is_active')).toMatchObject({ data: { isActive: true } });
    expect(await say(begin, { scopes: ['profile'] })).toMatchObject({ data: { scope: 'profile', state: STATE } });
    expect(await say(begin, { scopes: ['relay'] })).toEqual(failed(begin, 'Error: INVALID_SCOPES'));
  });
});

describe('signing in while signed in', () => {
  it.each([[true], [false]])('leaves Sync as it is: %s', async (syncing) => {
    const browser = memoryBrowser();
    Object.assign(browser, { user: { ...rosa, verified: true }, syncing });
    const say = conversation(browser);
    await say(LOGIN, { ...session(), services });
    await say(OAUTH_LOGIN, { code: 'c0', state: STATE });
    expect([browser.user?.sessionToken, browser.syncing, browser.choice]).toEqual([
      session().sessionToken,
      syncing,
      undefined,
    ]);
  });

  it.each([
    ['turns Sync on where the page names it', { services: { sync: {} } }, true],
    ['leaves it off where the page says nothing', {}, false],
  ])('%s, in a browser that follows', async (_, more, syncing) => {
    const browser = memoryBrowser({ loginWhileSignedIn: 'may-enable-sync' });
    browser.user = session();
    const say = conversation(browser);
    await say(LOGIN, { ...session(), ...more });
    await say(OAUTH_LOGIN, { code: 'c0', state: STATE });
    expect(browser.syncing).toBe(syncing);
  });

  it('never turns Sync off, in a browser that follows', async () => {
    const browser = memoryBrowser({ loginWhileSignedIn: 'may-enable-sync' });
    Object.assign(browser, { user: session(), syncing: true });
    const say = conversation(browser);
    await say(LOGIN, { ...session(), services: {} });
    await say(OAUTH_LOGIN, { code: 'c0', state: STATE });
    expect(browser.syncing).toBe(true);
  });

  it('as somebody else signs the one before out, on the server too', async () => {
    const browser = memoryBrowser();
    Object.assign(browser, { user: session(bo), syncing: true });
    await conversation(browser)(LOGIN, { ...session(), services: {} });
    expect(browser.done).toEqual(['disconnect', `sign in ${rosa.email}`]);
    expect(browser.syncing).toBe(false);
  });
});

describe('browsers before OAuth', () => {
  const old = { multiService: false, engines: ['creditcards'], pairing: true };

  it('of several services enable what the login names, at once', async () => {
    const keys = { keyFetchToken: '80'.repeat(32), unwrapBKey: '90'.repeat(32) };
    const browser = memoryBrowser({ context: 'fx_desktop_v3' });
    await conversation(browser)(LOGIN, { ...session(), ...keys, services });
    expect([browser.syncing, browser.choice]).toEqual([true, services.sync]);
    const without = memoryBrowser({ context: 'fx_desktop_v3' });
    await conversation(without)(LOGIN, { ...session(), ...keys });
    expect(without.syncing).toBe(false);
  });

  it.each([
    ['the lists at the top', { offeredSyncEngines: offered, declinedSyncEngines: ['history'] }, ['history']],
    ['no choice', {}, undefined],
    ['a choice in a place that they do not know', { services }, undefined],
  ])('of one service always sync, with %s', async (_, more, declined) => {
    const keys = { keyFetchToken: '80'.repeat(32), unwrapBKey: '90'.repeat(32) };
    const browser = memoryBrowser({ context: 'fx_desktop_v3', capabilities: old });
    await conversation(browser)(LOGIN, { ...session(), ...keys, ...more });
    expect([browser.syncing, browser.choice?.declinedEngines]).toEqual([true, declined]);
  });
});

describe('mobile browsers', () => {
  const mobile = () =>
    memoryBrowser({
      capabilities: { choose_what_to_sync: true, engines: offered },
      silent: [LOGIN, OAUTH_LOGIN, 'fxaccounts:change_password', 'fxaccounts:logout', 'fxaccounts:delete'],
    });

  it('sign in without a word, and take what was chosen from the second message', async () => {
    const browser = mobile();
    const say = conversation(browser);
    expect(await say(LOGIN, session())).toBeUndefined();
    const choice = { offeredSyncEngines: offered, declinedSyncEngines: ['history'] };
    expect(await say(OAUTH_LOGIN, { code: 'c0', state: STATE, ...choice })).toBeUndefined();
    expect([browser.syncing, browser.choice?.declinedEngines]).toEqual([true, ['history']]);
  });

  it('say that a sign-in failed', async () => {
    expect(await conversation(mobile())(OAUTH_LOGIN, { code: 'c0', state: 'other' })).toEqual(
      failed(OAUTH_LOGIN, 'Error: INVALID_STATE'),
    );
  });

  it('sign out whoever it is', async () => {
    const browser = mobile();
    browser.user = session();
    expect(await conversation(browser)('fxaccounts:logout', { uid: bo.uid })).toBeUndefined();
    expect(browser.user).toBeUndefined();
  });
});

describe('linking an account', () => {
  const LINK = 'fxaccounts:can_link_account';
  const byAddress = { multiService: true };

  it('asks nobody in a new browser', async () => {
    const browser = memoryBrowser();
    expect(await conversation(browser)(LINK, rosa)).toEqual(ok(LINK));
    expect(browser.warned).toEqual([]);
  });

  it.each([[true], [false]])('as another one than before is up to the person: %s', async (merges) => {
    const browser = memoryBrowser();
    browser.merges = merges;
    const say = conversation(browser);
    await say(LOGIN, session());
    await say('fxaccounts:logout', { uid: rosa.uid });
    expect(await say(LINK, rosa)).toEqual(ok(LINK));
    expect(await say(LINK, { ...rosa, email: 'rosa.second@example.org' })).toEqual(ok(LINK));
    expect(await say(LINK, bo)).toMatchObject({ data: { ok: merges } });
    expect(await say(LINK, { email: 'new@example.org' })).toMatchObject({ data: { ok: merges } });
    expect(browser.warned).toEqual([bo.email, 'new@example.org']);
  });

  it('goes by the address in browsers that know no better, once that was confirmed', async () => {
    const browser = memoryBrowser({ capabilities: byAddress });
    const say = conversation(browser);
    await say(LOGIN, { ...session(), verified: false });
    expect(await say(LINK, bo)).toEqual(ok(LINK));
    await say(LOGIN, session());
    expect(await say(LINK, { email: rosa.email })).toEqual(ok(LINK));
    expect(await say(LINK, bo)).toMatchObject({ data: { ok: false } });
  });

  it('keeps of the account only a hash, the one that Firefox keeps', async () => {
    const browser = memoryBrowser();
    await conversation(browser)(LOGIN, session());
    expect(browser.last).toBe('0vn6nZm7MLK2f8aw6iaU80XAlhWW4P2CVhAQtPdXDC0=');
  });
});

describe('afterwards', () => {
  it('a changed password brings another session, for the same account only', async () => {
    const browser = memoryBrowser();
    Object.assign(browser, { user: session(), syncing: true });
    const say = conversation(browser);
    const command = 'fxaccounts:change_password';
    expect(await say(command, session(rosa, 'b0'.repeat(32)))).toEqual(ok(command));
    expect(await say(command, session(bo))).toEqual(
      failed(command, "Error: The specified credentials aren't for the current user"),
    );
    expect(browser.done).toEqual([`change password ${'b0'.repeat(32)}`]);
    expect(browser.syncing).toBe(true);
  });

  it.each(['fxaccounts:logout', 'fxaccounts:delete'])('%s signs out here alone', async (command) => {
    const browser = memoryBrowser();
    Object.assign(browser, { user: session(), syncing: true });
    const say = conversation(browser);
    expect(await say(command, { uid: bo.uid })).toEqual(ok(command));
    expect(browser.user).toBeDefined();
    expect(await say(command, { uid: rosa.uid })).toEqual(ok(command));
    expect([browser.user, browser.syncing, browser.done]).toEqual([undefined, false, ['forget']]);
  });

  it('a changed profile is read again, without an answer', async () => {
    const browser = memoryBrowser();
    browser.user = session();
    const say = conversation(browser);
    expect(await say('profile:change', { uid: rosa.uid })).toBeUndefined();
    expect(await say('profile:change', { uid: bo.uid })).toBeUndefined();
    expect(browser.done).toEqual(['refresh profile']);
  });

  it.each([
    ['fxaccounts:sync_preferences', 'sync-preferences'],
    ['fxaccounts:firefox_view', 'firefox-view'],
    ['fxaccounts:pair_preferences', 'pair-preferences'],
  ])('%s opens a place of the browser’s own', async (command, place) => {
    const browser = memoryBrowser();
    expect(await conversation(browser)(command, { entryPoint: 'settings' })).toEqual(ok(command));
    expect(browser.done).toEqual([`open ${place} from settings`]);
  });

  it('a browser that cannot pair says nothing about it', async () => {
    const browser = memoryBrowser({ capabilities: { multiService: true } });
    expect(await conversation(browser)('fxaccounts:pair_preferences')).toBeUndefined();
    expect(browser.done).toEqual([]);
  });
});

describe('a pairing', () => {
  const reference = { channel_id: 'AAECAwQFBgcICQoLDA0ODw' };
  const metadata = { ua: 'Firefox/140.0', ipAddress: '192.0.2.7' };

  function paired(done: string[] = []) {
    const note = (what: string) => async () => void done.push(what);
    const pairing = {
      supplicantMetadata: async () => metadata,
      heartbeat: async () => ({ suppAuthorized: false }),
      authorize: note('authorize'),
      decline: note('decline'),
      complete: note('complete'),
    };
    return (channelId: string) => (channelId === reference.channel_id ? pairing : undefined);
  }

  it.each([
    ['fxaccounts:pair_supplicant_metadata', metadata],
    ['fxaccounts:pair_heartbeat', { suppAuthorized: false }],
  ])('answers %s', async (command, data) => {
    const say = conversation(memoryBrowser({ pairing: paired() }));
    expect(await say(command, reference)).toEqual({ command, messageId: '17', data });
  });

  it.each(['authorize', 'decline', 'complete'])('does what the person wants: %s', async (what) => {
    const done: string[] = [];
    const command = `fxaccounts:pair_${what}`;
    const say = conversation(memoryBrowser({ pairing: paired(done) }));
    expect(await say(command, reference)).toEqual({ command, messageId: '17', data: {} });
    expect(done).toEqual([what]);
  });

  it.each(['supplicant_metadata', 'heartbeat', 'authorize', 'decline', 'complete'])(
    'of another channel gets no answer, nor does any where none is ever begun: %s',
    async (what) => {
      const done: string[] = [];
      const command = `fxaccounts:pair_${what}`;
      const say = conversation(memoryBrowser({ pairing: paired(done) }));
      expect(await say(command, { channel_id: 'BBECAwQFBgcICQoLDA0ODw' })).toBeUndefined();
      expect(await conversation(memoryBrowser())(command, reference)).toBeUndefined();
      expect(done).toEqual([]);
    },
  );

  it('is told of a message that names none', async () => {
    const command = 'fxaccounts:pair_authorize';
    const say = conversation(memoryBrowser({ pairing: paired() }));
    expect(await say(command)).toEqual(failed(command, 'TypeError: channel_id is missing'));
  });

  it('is for pages of the server alone', async () => {
    const done: string[] = [];
    const say = conversation(memoryBrowser({ pairing: paired(done) }), { origin: 'https://evil.example' });
    expect(await say('fxaccounts:pair_authorize', reference)).toEqual({ errno: 2, error: 'No Such Channel' });
    expect(done).toEqual([]);
  });
});
