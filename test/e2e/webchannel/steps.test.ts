import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.js';
import { heading, newAddress, PASSWORD, signIn, signUp } from '../support/people.js';
import { newPerson } from '../support/protected.js';
import { openStage, type Stage } from '../support/stage.js';
import { type EmbeddedBrowser, openEmbeddedBrowser } from './support/embedded-browser.js';
import { versions } from './support/versions.js';

const newest = versions.filter(({ name }) => name === 'Firefox 153');
const MOST_STEPS = 20;

/** Goes on with the Tab key until a control has the focus, which must be seen at every step. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((wanted) => {
      const control = document.activeElement;
      if (control === null || control === document.body) return 'nowhere';
      const { outlineStyle, boxShadow } = getComputedStyle(control);
      if (outlineStyle === 'none' && boxShadow === 'none') return `unseen: ${control.outerHTML}`;
      return control.matches(wanted) ? 'there' : 'on the way';
    }, selector);
    if (at === 'there') return;
    // After the last control the focus leaves the page for a moment.
    if (at.startsWith('unseen')) throw new Error(at);
  }
  throw new Error(`the Tab key does not lead to ${selector}`);
}

/** Types into the field that a page begins with. */
async function typeFirst(page: Page, name: string, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.getAttribute('name') === wanted, name);
  await page.keyboard.type(text);
}

describe.skipIf(withoutChromium).each(newest)('the pages that sign in $name', (version) => {
  let stage: Stage;
  let browser: EmbeddedBrowser;
  beforeAll(async () => {
    stage = await openStage();
  });
  beforeEach(async () => {
    browser = await openEmbeddedBrowser(stage, version);
    return () => browser.page.context().close();
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  async function signUpByKeys(email: string): Promise<void> {
    const { page } = browser;
    await browser.beginSignIn('sync');
    await typeFirst(page, 'email', email);
    await page.keyboard.press('Enter');
    await typeFirst(page, 'password', PASSWORD);
    await tabTo(page, '[name=passwordConfirm]');
    await page.keyboard.type(PASSWORD);
    await tabTo(page, '[type=submit]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[name=code]');
    await typeFirst(page, 'code', await stage.code(email));
    await heading(page, 'Choose what to sync');
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  }

  it('are gone through by the keyboard alone, from an address to what is synced', async () => {
    const { page } = browser;
    await signUpByKeys(newAddress());
    for (const engine of ['history', 'passwords']) {
      await tabTo(page, `[name=${engine}]`);
      await page.keyboard.press('Space');
    }
    await tabTo(page, '[type=submit]');
    await page.keyboard.press('Enter');
    await heading(page, 'This Firefox is syncing');
    await expect.poll(() => browser.sync.on).toBe(true);
    expect(browser.sync.choice?.declinedEngines.toSorted()).toEqual(['history', 'passwords']);
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  });

  it('are gone through by the keyboard alone, to a device that does not sync', async () => {
    const { page } = browser;
    const email = newAddress();
    await signUpByKeys(email);
    await tabTo(page, '.second-action');
    await page.keyboard.press('Space');
    await heading(page, 'This Firefox is signed in');
    expect([browser.account.user?.email, browser.sync.on]).toEqual([email, false]);
  });

  it('are gone through by the keyboard alone, with an account that there is, after a wrong password', async () => {
    const { page } = browser;
    const { email } = await newPerson(stage);
    await browser.beginSignIn('sync');
    await typeFirst(page, 'email', email);
    await page.keyboard.press('Enter');
    await typeFirst(page, 'password', 'not the password');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.error');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await heading(page, 'This Firefox is syncing');
    await expect.poll(() => browser.account.user?.email).toBe(email);
  });

  it('lead back to the address by the back button, and from there to the same choice', async () => {
    const { page } = browser;
    const email = newAddress();
    await browser.beginSignIn('sync');
    await signUp(stage, page, email);
    await heading(page, 'Choose what to sync');
    await page.goBack();
    await heading(page, 'Sign in or create an account');
    expect(await page.inputValue('[name=email]')).toBe(email);
    expect(browser.account.user).toBeUndefined();
    await signIn(page, email);
    await heading(page, 'Choose what to sync');
    await page.click('.second-action');
    await heading(page, 'This Firefox is signed in');
    expect([browser.account.user?.email, browser.sync.on]).toEqual([email, false]);
  });

  it('sign nobody in again by the back button, and turn nothing on', async () => {
    const { page } = browser;
    const email = newAddress();
    await browser.beginSignIn('sync');
    await signUp(stage, page, email);
    await page.click('.second-action');
    await heading(page, 'This Firefox is signed in');
    const user = { ...browser.account.user };
    expect(user.email).toBe(email);
    await page.goBack();
    await heading(page, 'Sign in or create an account');
    await page.goForward();
    await heading(page, 'This Firefox is signed in');
    expect(browser.account.user).toEqual(user);
    expect(browser.sync.on).toBe(false);
  });
});
