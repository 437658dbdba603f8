import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationUrl, notes } from './support/applications.js';
import { withoutChromium } from './support/chromium.js';
import { heading, PASSWORD, signIn, submit } from './support/people.js';
import { backupCodes, newPerson, turnTotpOn } from './support/protected.js';
import { openStage, type Stage } from './support/stage.js';

describe.skipIf(withoutChromium)('signing in takes more than a password', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  it('with a code of the authenticator, after a wrong one, and back in the application', async () => {
    const person = await newPerson(stage);
    const code = await turnTotpOn(stage, person);
    const page = await stage.visit();
    await page.goto(authorizationUrl(stage.url, notes));
    await signIn(page, person.email);
    await page.waitForURL('**/signin_totp_code?**');
    await page.reload();
    await page.fill('[name=code]', code() === '000000' ? '111111' : '000000');
    await page.waitForSelector('.error');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('code');
    await page.fill('[name=code]', code());
    await heading(page, 'Back in the application');
    expect(new URL(page.url()).searchParams.get('code')).toMatch(/^[0-9a-f]+$/);
  });

  it('with a backup code in its place, each one once', async () => {
    const person = await newPerson(stage);
    await turnTotpOn(stage, person);
    const [code = ''] = await backupCodes(stage, person);
    for (const outcome of ['accepted', 'refused']) {
      const page = await stage.visit();
      await page.goto(stage.url);
      await signIn(page, person.email);
      await heading(page, 'authenticator code');
      await page.getByRole('link', { name: 'Use a backup code' }).click();
      await page.waitForURL('**/signin_recovery_code');
      await heading(page, 'Enter a backup code');
      await page.fill('[name=code]', `${code.slice(0, 5)} ${code.slice(5).toUpperCase()}`);
      await submit(page);
      if (outcome === 'accepted') await heading(page, 'You are signed in');
      else await page.locator('.error', { hasText: 'used already' }).waitFor();
      await page.context().close();
    }
  });

  it('keeps somebody who has not shown the second step from being taken for signed in', async () => {
    const person = await newPerson(stage);
    await turnTotpOn(stage, person);
    const page = await stage.visit();
    await page.goto(stage.url);
    await signIn(page, person.email);
    await heading(page, 'authenticator code');
    await page.goto(stage.url);
    await heading(page, 'authenticator code');
  });

  it('with a mailed code where sign-ins are blocked', async () => {
    const { email } = await newPerson(stage, 'block');
    const page = await stage.visit();
    await page.goto(stage.url);
    await signIn(page, email);
    await page.waitForURL('**/signin_unblock');
    await heading(page, 'Enter the code from your email');
    const code = await stage.header(email, 'x-unblock-code');
    await page.fill('[name=code]', code.startsWith('00') ? '11111111' : '00000000');
    await submit(page);
    await page.locator('.error', { hasText: 'wrong' }).waitFor();
    await page.fill('[name=code]', code.toLowerCase());
    await submit(page);
    await heading(page, 'You are signed in');
  });

  it('asks for the password again when the code was right and the password was not', async () => {
    const { email } = await newPerson(stage, 'block');
    const page = await stage.visit();
    await page.goto(stage.url);
    await signIn(page, email, 'not the password');
    await heading(page, 'Enter the code');
    await page.fill('[name=code]', await stage.header(email, 'x-unblock-code'));
    await submit(page);
    await page.locator('[role=status]', { hasText: 'the password was not right' }).waitFor();
    await page.fill('[name=password]', PASSWORD);
    await submit(page);
    await heading(page, 'Enter the code');
    await page.fill('[name=code]', await stage.header(email, 'x-unblock-code', 2));
    await submit(page);
    await heading(page, 'You are signed in');
  });

  it('asks for the password when the page is loaded again, since it was never stored', async () => {
    const { email } = await newPerson(stage, 'block');
    const page = await stage.visit();
    await page.goto(stage.url);
    await signIn(page, email);
    await heading(page, 'Enter the code');
    await page.reload();
    await page.waitForSelector('[name=password]');
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    expect(stored).not.toContain(PASSWORD);
  });

  it('makes a code useless that its receiver did not ask for', async () => {
    const { email } = await newPerson(stage, 'block');
    const page = await stage.visit();
    await page.goto(stage.url);
    await signIn(page, email);
    const code = await stage.header(email, 'x-unblock-code');
    const owner = await stage.visit();
    await owner.goto(await stage.header(email, 'x-link'));
    await heading(owner, 'Was it not you');
    await submit(owner);
    await heading(owner, 'does not work any more');
    await page.fill('[name=code]', code);
    await submit(page);
    await page.locator('.error', { hasText: 'wrong' }).waitFor();
    await submit(owner);
    await heading(owner, 'Reset your password');
  });

  it('is done with the keyboard alone', async () => {
    const person = await newPerson(stage);
    const code = await turnTotpOn(stage, person);
    const page = await stage.visit();
    await page.goto(stage.url);
    await page.waitForSelector('[name=email]');
    await page.keyboard.type(person.email);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[name=password]');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await heading(page, 'authenticator code');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(page, 'Enter a backup code');
    await page.goBack();
    await heading(page, 'authenticator code');
    await page.keyboard.type(code());
    await heading(page, 'You are signed in');
  });
});
