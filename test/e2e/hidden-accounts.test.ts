import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from './support/chromium.js';
import { createAccount, enterEmail, heading, newAddress, PASSWORD, signIn, submit } from './support/people.js';
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

  it('leads everybody to the password without asking, and to sign-up whoever wants it', async () => {
    const page = await stage.visit();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const email = newAddress();
    await page.goto(stage.url);
    await enterEmail(page, email);
    expect(asked).not.toContain('/v1/account/status');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.waitForSelector('[name=passwordConfirm]');
    await page.fill('[name=password]', PASSWORD);
    await page.fill('[name=passwordConfirm]', PASSWORD);
    await submit(page);
    await page.fill('[name=code]', await stage.code(email));
    await heading(page, 'You are signed in');
  });

  it('goes straight to sign-up from its own address, and from there to sign-in', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(`${stage.url}/signup`);
    await createAccount(page, email);
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
