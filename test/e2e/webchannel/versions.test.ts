import { destroySession } from '@foxden/auth-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.js';
import { heading, newAddress, PASSWORD, signIn, signUp, submit } from '../support/people.js';
import { newPerson } from '../support/protected.js';
import { openStage, type Stage } from '../support/stage.js';
import { type EmbeddedBrowser, openEmbeddedBrowser } from './support/embedded-browser.js';
import { versions } from './support/versions.js';

let stage: Stage;
beforeAll(async () => {
  if (!withoutChromium) stage = await openStage();
});
afterAll(async () => {
  expect(stage?.complaints ?? []).toEqual([]);
  await stage?.close();
});

/** The oldest and a phone, as the newest is walked with the browser itself; `npm run soak` walks through all. */
const EVERY_RUN = ['Firefox 70', 'Firefox for iOS'];
const walked =
  process.env['FOXDEN_ALL_BROWSERS'] === undefined ? versions.filter(({ name }) => EVERY_RUN.includes(name)) : versions;

describe.skipIf(withoutChromium).each(walked)('$name', (version) => {
  const { capabilities, context, loginWhileSignedIn, silent } = version;
  const mayDecline = capabilities.multiService === true;
  let browser: EmbeddedBrowser;
  beforeEach(async () => {
    browser = await openEmbeddedBrowser(stage, version);
    return () => browser.page.context().close();
  });

  async function signUpFor(service?: string): Promise<string> {
    const email = newAddress();
    await browser.beginSignIn(service);
    await signUp(stage, browser.page, email);
    return email;
  }

  async function signInAs(email: string, service?: string): Promise<void> {
    await browser.beginSignIn(service);
    await signIn(browser.page, email);
  }

  it('syncs what a new person chose, and not what they declined', async () => {
    const email = await signUpFor('sync');
    await heading(browser.page, 'Choose what to sync');
    const offered = await browser.page
      .locator('.check')
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('name')));
    expect(offered).toEqual(expect.arrayContaining([...(capabilities.engines ?? []), 'bookmarks', 'history']));
    await browser.page.uncheck('[name=passwords]');
    await browser.page.uncheck('[name=creditcards]');
    await submit(browser.page);
    await heading(browser.page, 'This Firefox is syncing');
    await expect.poll(() => browser.sync.on).toBe(true);
    expect(browser.account.user).toMatchObject({ email, verified: true });
    expect(browser.sync.choice).toEqual({
      offeredEngines: offered,
      declinedEngines: expect.arrayContaining(['passwords', 'creditcards']),
    });
    expect(browser.sync.choice?.declinedEngines).toHaveLength(2);
  });

  it(`${mayDecline ? 'lets' : 'does not let'} a new person be without Sync`, async () => {
    const email = await signUpFor('sync');
    await heading(browser.page, 'Choose what to sync');
    const decline = browser.page.locator('.second-action');
    expect(await decline.count()).toBe(mayDecline ? 1 : 0);
    if (!mayDecline) return;
    await decline.click();
    await heading(browser.page, 'This Firefox is signed in');
    expect(browser.account.user).toMatchObject({ email });
    expect(browser.sync.on).toBe(false);
  });

  it('goes straight on with an account that there is, where Sync was named', async () => {
    const { email, uid } = await newPerson(stage);
    await signInAs(email, 'sync');
    await heading(browser.page, 'This Firefox is syncing');
    await expect.poll(() => browser.sync.on).toBe(true);
    expect(browser.account.user?.uid).toBe(uid);
    expect(browser.sync.choice).toBeUndefined();
  });

  it.runIf(mayDecline)('asks whether to sync where nothing was named', async () => {
    const { email } = await newPerson(stage);
    await signInAs(email);
    await heading(browser.page, 'Sync this device?');
    await browser.page.click('.second-action');
    await heading(browser.page, 'This Firefox is signed in');
    expect([browser.account.user?.email, browser.sync.on]).toEqual([email, false]);

    await browser.beginSignIn('sync');
    await browser.page.fill('[name=password]', PASSWORD);
    await submit(browser.page);
    await heading(browser.page, 'This Firefox is syncing');
    expect(browser.sync.on).toBe(loginWhileSignedIn === 'may-enable-sync');
  });

  it.runIf(!mayDecline && context === 'fx_desktop_v3')('is too old for anything but Sync', async () => {
    await browser.beginSignIn();
    await heading(browser.page, 'This browser is too old');
  });

  it('is signed out with the page', async () => {
    const { email } = await newPerson(stage);
    await signInAs(email, 'sync');
    await heading(browser.page, 'This Firefox is syncing');
    await browser.page.goto(stage.url);
    await submit(browser.page);
    await browser.page.waitForSelector('[name=email]');
    await expect.poll(() => browser.account.user).toBeUndefined();
    expect(browser.sync.on).toBe(false);
  });

  it.skipIf(silent !== undefined)('signs in again without a question about what is decided', async () => {
    const { email, uid } = await newPerson(stage);
    await signInAs(email, 'sync');
    await heading(browser.page, 'This Firefox is syncing');
    await destroySession(stage.client, browser.account.user?.sessionToken ?? '');
    browser.account.user = { email, uid, verified: true };
    browser.sync.on = false;
    await browser.beginSignIn('sync');
    await browser.page.fill('[name=password]', PASSWORD);
    await submit(browser.page);
    await heading(browser.page, 'This Firefox is');
    // Nothing was said about Sync, so it is as the browser had it.
    expect(browser.sync.on).toBe(false);
    expect(browser.account.user).toMatchObject({ uid, sessionToken: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each([
    ['goes on', true],
    ['goes back', false],
  ])('warns of merging, and %s', async (_, allowed) => {
    const first = await newPerson(stage);
    await signInAs(first.email, 'sync');
    await heading(browser.page, 'This Firefox is syncing');
    await expect.poll(() => browser.account.user?.uid).toBe(first.uid);
    await expect.poll(() => browser.sync.on).toBe(true);
    await browser.account.disconnect();
    browser.merging.allowed = allowed;

    const second = await newPerson(stage);
    await browser.beginSignIn('sync');
    await browser.page.waitForSelector('h1');
    if ((await browser.page.locator('[name=email]').count()) === 0) await browser.page.click('.ways a:last-child');
    await browser.page.fill('[name=email]', second.email);
    await submit(browser.page);
    if (capabilities.can_link_account_uid === true || allowed) {
      await browser.page.fill('[name=password]', PASSWORD);
      await submit(browser.page);
    }
    if (allowed) await heading(browser.page, 'This Firefox is syncing');
    else await browser.page.getByText('Nothing was changed in this Firefox.').waitFor();
    expect(browser.merging.warned).toEqual([second.email]);
    expect(browser.account.user?.uid).toBe(allowed ? second.uid : undefined);
  });
});
