import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syncMount } from '../../../packages/cli/src/sync-mount.js';
import { newAddress, PASSWORD } from '../support/people.js';
import { until } from '../support/until.js';
import { signOutInFirefox, stateOf, waitForState } from './support/accounts-in-firefox.js';
import {
  addData,
  type Data,
  dataOf,
  hasToken,
  removePasswords,
  renameBookmark,
  sync,
} from './support/data-in-firefox.js';
import { type Firefox, withoutFirefox } from './support/firefox.js';
import { type FirefoxStage, openFirefoxStage } from './support/firefox-stage.js';
import { ACTION, beginSignIn, heading, provePassword, signIn, signUp } from './support/people-in-firefox.js';

const SYNCED = ['success.status_ok', 'success.login', 'success.sync'];
const SYNCING = { status: 'signed_in', syncing: true } as const;
/** Short, so that tokens expire while the tests run; long enough for the slowest request. */
const syncTokenSeconds = 10;

/** One life of an account in two browsers: each test goes on where the one before it ended. */
describe.skipIf(withoutFirefox)('two stock Firefoxes of one account', () => {
  const email = newAddress();
  let log = '';
  let stage: FirefoxStage;
  let one: Firefox;
  let two: Firefox;

  beforeAll(async () => {
    const write = (text: string) => {
      log += text;
    };
    stage = await openFirefoxStage({ syncTokenSeconds }, [], { mounts: [syncMount], write });
    [one, two] = await Promise.all([stage.firefox(), stage.firefox()]);
  });
  afterAll(() => stage?.close());

  /** What Sync has answered, as the log of the server has it. */
  const answers = () => log.split('\n').filter((line) => line.includes('"sync.request"'));
  const answersWith = (what: RegExp) => answers().filter((line) => what.test(line));
  /** A browser that finds no meta/global finds an empty server. */
  const emptyServersFound = () => answersWith(/"route":"[^"]*:collection[^"]*:id".*"status":404\b/).length;

  /** Syncs browsers one after the other, and expects what each has then. */
  async function syncInTurn(...turns: readonly (readonly [Firefox, Partial<Data>])[]): Promise<void> {
    for (const [firefox, expected] of turns) {
      // One that meets the other browser's gives way (412); any other refusal fails a test below.
      await until('a sync', async () => (isDeepStrictEqual(await sync(firefox), SYNCED) ? true : undefined));
      expect(await dataOf(firefox)).toMatchObject(expected);
    }
  }

  it('have the same bookmarks, history and passwords', async () => {
    await addData(one, 'Foxes');
    await beginSignIn(one);
    await signUp(stage, one, email);
    await one.click(ACTION);
    await waitForState(one, { ...SYNCING, email });
    await syncInTurn([one, {}]);
    await beginSignIn(two);
    await signIn(two, email);
    await waitForState(two, { ...SYNCING, email });
    await syncInTurn([two, { bookmark: 'Foxes', page: 'Visited', passwords: ['den'] }]);
  });

  it('take over what the other changes and deletes', async () => {
    await renameBookmark(two, 'Vixens');
    await removePasswords(two);
    const data = { bookmark: 'Vixens', page: 'Visited', passwords: [] };
    await syncInTurn([two, data], [one, data]);
  });

  it('agree after both have changed the same', async () => {
    await renameBookmark(two, 'Of the second');
    await renameBookmark(one, 'Of the first');
    await syncInTurn([one, {}], [two, {}], [one, {}]);
    const data = await dataOf(one);
    expect(data.bookmark).toMatch(/^Of the (first|second)$/);
    expect(await dataOf(two)).toEqual(data);
  });

  it('go on, and show no error, when their tokens have expired', async () => {
    await until('the tokens to expire', async () =>
      (await hasToken(one)) || (await hasToken(two)) ? undefined : true,
    );
    await renameBookmark(one, 'Kits');
    await syncInTurn([one, { bookmark: 'Kits' }], [two, { bookmark: 'Kits' }]);
    expect([await stateOf(one), await stateOf(two)]).toMatchObject([SYNCING, SYNCING]);
    expect(answersWith(/"route":"\/1\.0\//).length).toBeGreaterThanOrEqual(4);
    // A browser that begins a sync by itself may have to give way to the other (412).
    expect(answersWith(/"status":(?!2\d\d|304|404|412)/)).toEqual([]);
  });

  it('keep what they have when they are signed out', async () => {
    await signOutInFirefox(one);
    await waitForState(one, { status: 'not_configured' });
    expect(await dataOf(one)).toMatchObject({ bookmark: 'Kits', page: 'Visited' });
  });

  it('begin with an empty server after a reset without recovery key, and fill it again', async () => {
    const before = emptyServersFound();
    expect(before).toBeGreaterThan(0);
    await one.open(`${stage.url}/reset_password?email=${email}`);
    await one.click(ACTION);
    await one.type('[name=code]', await stage.header(email, 'x-password-forgot-otp'));
    await heading(one, 'Choose a new password');
    await one.type('[name=password]', PASSWORD);
    await one.type('[name=passwordConfirm]', PASSWORD);
    await one.click(ACTION);
    await heading(one, 'You are signed in');

    await beginSignIn(one);
    await provePassword(one);
    await waitForState(one, { ...SYNCING, email });
    await syncInTurn([one, { bookmark: 'Kits' }]);
    expect(emptyServersFound()).toBeGreaterThan(before);

    // Its session has ended with the old password, which it notices with the next token.
    await until('the token to expire', async () => ((await hasToken(two)) ? undefined : true));
    await sync(two);
    await waitForState(two, { status: 'login_failed' });
    await beginSignIn(two);
    await provePassword(two);
    await waitForState(two, { ...SYNCING, email });
    await renameBookmark(two, 'After the reset');
    await syncInTurn([two, {}], [one, { bookmark: 'After the reset' }]);
  });

  it('reached nobody but this server', () => {
    expect([one.refused, two.refused]).toEqual([[], []]);
  });
});
