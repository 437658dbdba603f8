import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationUrl, notes } from './support/applications.js';
import { withoutChromium } from './support/chromium.js';
import { enterEmail, heading, newAddress, PASSWORD, signIn, submit } from './support/people.js';
import { newPerson } from './support/protected.js';
import { openStage, type Stage } from './support/stage.js';

describe.skipIf(withoutChromium)('a server that hides which addresses have accounts', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ hideAccounts: true });
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  /** What the page says, without the address that was typed into it. */
  const said = async (page: Page, email: string): Promise<string> =>
    ((await page.textContent('main')) ?? '').replaceAll(email, '<email>').replaceAll(/^\W*[A-Z](?=<email>)/g, '');

  const fillSignUp = async (page: Page, password = PASSWORD): Promise<void> => {
    await page.waitForSelector('[name=passwordConfirm]');
    await page.fill('[name=password]', password);
    await page.fill('[name=passwordConfirm]', password);
    await submit(page);
  };

  /** From nothing to the page that every sign-up ends on. */
  const signUpHidden = async (page: Page, email: string, password = PASSWORD): Promise<void> => {
    await page.goto(`${stage.url}/signup`);
    await enterEmail(page, email);
    await fillSignUp(page, password);
    await heading(page, 'Look into your mailbox');
  };

  it('leads everybody to the password without asking, and to sign-up whoever wants it', async () => {
    const page = await stage.visit();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const email = newAddress();
    await page.goto(stage.url);
    await enterEmail(page, email);
    expect(asked).not.toContain('/v1/account/status');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await fillSignUp(page);
    await heading(page, 'Look into your mailbox');
    expect(asked).not.toContain('/v1/account/status');
  });

  it('ends signing up on the same page for a new address and one that has an account', async () => {
    const { email: held } = await newPerson(stage);
    const ends = [];
    for (const [email, template] of [
      [newAddress(), 'verify'],
      [held, 'accountExists'],
    ] as const) {
      const page = await stage.visit();
      await signUpHidden(page, email);
      // The title follows the heading.
      await expect.poll(() => page.title()).toContain('Look into your mailbox');
      ends.push({
        url: page.url(),
        title: await page.title(),
        html: (await page.innerHTML('main')).replaceAll(email, '<email>'),
        focus: await page.evaluate(() => document.activeElement?.textContent),
        stored: await page.evaluate(() => JSON.stringify({ ...localStorage })),
        history: await page.evaluate(() => history.length),
      });
      await expect.poll(async () => (await stage.mail(email)).headers['x-template-name']).toBe(template);
      await page.reload();
      await heading(page, 'Look into your mailbox');
      await page.goBack();
      expect(await page.inputValue('[name=email]')).toBe(email);
      await page.context().close();
    }
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]).toMatchObject({ url: `${stage.url}/confirm`, focus: 'Look into your mailbox' });
    expect(ends[0]?.html).toContain('<email>');
  });

  it('does not tell by signing in with what was just chosen, until the link is opened', async () => {
    const { email: held } = await newPerson(stage);
    const told = new Set<string>();
    for (const email of [newAddress(), held]) {
      const page = await stage.visit();
      await signUpHidden(page, email, 'another fox in the den');
      await submit(page);
      await page.fill('[name=password]', 'another fox in the den');
      await submit(page);
      await page.waitForSelector('.error');
      told.add(await said(page, email));
      await page.context().close();
    }
    expect([...told]).toHaveLength(1);
  });

  it('makes an account by the link of the mail, from any browser, that the waiting page signs in to', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(authorizationUrl(stage.url, notes));
    await enterEmail(page, email);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await fillSignUp(page);
    await heading(page, 'Look into your mailbox');

    const other = await stage.visit();
    await other.goto(await stage.header(email, 'x-link'));
    await heading(other, 'Your email address is confirmed');
    await submit(other);
    await signIn(other, email);
    await heading(other, 'You are signed in');

    await submit(page);
    await page.fill('[name=password]', PASSWORD);
    await submit(page);
    await heading(page, 'Back in the application');
  });

  it('mails the owner a link that leads to the password of the account', async () => {
    const { email } = await newPerson(stage);
    const page = await stage.visit();
    await signUpHidden(page, email);
    const link = await stage.header(email, 'x-link');
    expect(new URL(link).pathname).toBe('/signin');
    await page.goto(link);
    await page.fill('[name=password]', PASSWORD);
    await submit(page);
    await heading(page, 'You are signed in');
  });

  it('goes straight to sign-up from its own address, and from there to sign-in', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await signUpHidden(page, email);
    const other = await stage.visit();
    await other.goto(`${stage.url}/signup`);
    await enterEmail(other, email);
    await other.getByRole('link', { name: 'Sign in instead' }).click();
    await heading(other, 'Sign in');
    await other.goBack();
    await other.goBack();
    expect(await other.inputValue('[name=email]')).toBe(email);
  });

  it('says the same of a wrong password, a reset and a block, whether there is an account or not', async () => {
    for (const name of ['known', 'block']) {
      const { email } = await newPerson(stage, name);
      const texts = new Map<string, Set<string>>();
      const note = async (step: string, page: Page, address: string) =>
        texts.set(step, (texts.get(step) ?? new Set()).add(await said(page, address)));
      for (const address of [email, newAddress(name)]) {
        const page = await stage.visit();
        await page.goto(stage.url);
        await signIn(page, address, 'not the password');
        await page.waitForSelector(name === 'block' ? '[name=code]' : '.error');
        await note('sign-in', page, address);
        await page.goto(`${stage.url}/reset_password`);
        await page.fill('[name=email]', address);
        await submit(page);
        await page.waitForSelector('[name=code]');
        await note('code', page, address);
        await page.fill('[name=code]', '00000000');
        await page.waitForSelector('.error');
        await note('wrong code', page, address);
        await page.context().close();
      }
      for (const [step, told] of texts) expect([...told], step).toHaveLength(1);
    }
  });
});
