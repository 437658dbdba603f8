import { accountExists, getRecoveryKeyStatus, getSessionStatus, getTotpStatus } from '@foxden/auth-client';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationUrl, stranger } from './support/applications.js';
import { withoutChromium } from './support/chromium.js';
import { heading, newAddress, PASSWORD, signIn, submit } from './support/people.js';
import { newPerson, type Person, turnTotpOn } from './support/protected.js';
import { openStage, type Stage } from './support/stage.js';

const NEW_PASSWORD = 'another fox in the den';

describe.skipIf(withoutChromium)('the settings', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  /** Somebody who has signed in to reach a page of the settings, and was led to it. */
  async function visitSettings(path = '', title = 'Your account'): Promise<{ page: Page; person: Person }> {
    const person = await newPerson(stage, 'sam');
    const page = await stage.visit();
    await page.goto(`${stage.url}/settings${path}`);
    await signIn(page, person.email);
    await heading(page, title);
    expect(new URL(page.url()).pathname).toBe(`/settings${path}`);
    return { page, person };
  }

  async function confirmByMail(page: Page, { email }: Person): Promise<void> {
    await heading(page, 'Confirm that it is you');
    await page.fill('[name=code]', await stage.header(email, 'x-account-change-verify-code'));
  }

  const told = (page: Page, text: string) => page.locator('[role=status]', { hasText: text }).waitFor();

  it('show how the account stands, and lead to each section by the keyboard alone', async () => {
    const { page } = await visitSettings();
    await page.locator('.row', { hasText: 'Two-step sign-in' }).locator('.row-state', { hasText: 'Off' }).waitFor();
    for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(page, 'Connected services');
  });

  it('want the second step first from a session that has not taken it', async () => {
    const person = await newPerson(stage);
    const code = await turnTotpOn(stage, person);
    const page = await stage.visit();
    await page.goto(`${stage.url}/settings/clients`);
    await signIn(page, person.email);
    await heading(page, 'authenticator code');
    await page.goto(`${stage.url}/settings/clients`);
    await heading(page, 'authenticator code');
    await page.fill('[name=code]', code());
    await heading(page, 'Connected services');
  });

  it('disconnect another session, and take away from an application what it was allowed', async () => {
    const { page, person } = await visitSettings();
    await page.goto(authorizationUrl(stage.url, stranger, { scope: 'profile:email profile:display_name' }));
    await submit(page);
    await heading(page, 'Allow');
    await submit(page);
    await heading(page, 'Back in the application');
    await page.goto(`${stage.url}/settings/clients`);
    await page.getByRole('button', { name: /See your display name/ }).click();
    await told(page, 'taken away from');
    expect(await page.getByRole('button', { name: /See your display name/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /See your email/ }).count()).toBe(1);
    await page
      .getByRole('button', { name: /^Disconnect/ })
      .first()
      .click();
    await told(page, 'disconnected');
    await expect(getSessionStatus(stage.client, person.sessionToken)).rejects.toMatchObject({ status: 401 });
  });

  it('change the password: signed in here, nowhere else, and not without the old one', async () => {
    const { page, person } = await visitSettings('/change_password', 'Change your password');
    const change = async (old: string) => {
      await page.fill('[name=oldPassword]', old);
      await page.fill('[name=password]', NEW_PASSWORD);
      await page.fill('[name=passwordConfirm]', NEW_PASSWORD);
      await submit(page);
    };
    await change('not the password');
    await page.locator('.error', { hasText: 'not your present password' }).waitFor();
    await change(PASSWORD);
    await told(page, 'Your password is changed');
    await page.reload();
    await heading(page, 'Your account');
    await expect(getSessionStatus(stage.client, person.sessionToken)).rejects.toMatchObject({ status: 401 });
    const elsewhere = await stage.visit();
    await elsewhere.goto(stage.url);
    await signIn(elsewhere, person.email, NEW_PASSWORD);
    await heading(elsewhere, 'You are signed in');
  });

  it('turn the second step on after a mailed code, give backup codes once, replace them, and turn it off', async () => {
    const { page, person } = await visitSettings('/two_step_authentication', 'Two-step sign-in');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await confirmByMail(page, person);
    await heading(page, 'Scan this');
    expect(await page.locator('svg.qr path').getAttribute('d')).toMatch(/^M2 2h1v1h-1z/);
    const secret = (await page.textContent('.secret')) ?? '';
    await page.fill('[name=code]', '000000');
    await page.locator('.error', { hasText: 'wrong or too old' }).waitFor();
    await page.fill('[name=code]', new TOTP({ secret: secret.replaceAll(' ', '') }).generate());
    await heading(page, 'Keep your backup codes');
    const first = await page.locator('.codes li').allTextContents();
    expect(new Set(first).size).toBe(8);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('backup-codes.txt');
    await submit(page);
    await page.getByRole('button', { name: 'Replace backup codes' }).click();
    await heading(page, 'Keep your backup codes');
    expect(await page.locator('.codes li').allTextContents()).not.toContain(first[0]);
    await submit(page);
    expect((await getTotpStatus(stage.client, { sessionToken: person.sessionToken })).verified).toBe(true);
    await page.getByRole('button', { name: 'Turn off' }).click();
    await told(page, 'is off');
    expect((await getTotpStatus(stage.client, { sessionToken: person.sessionToken })).verified).toBe(false);
  });

  it('add an address by its code, sign in with it, and remove the other', async () => {
    const { page, person } = await visitSettings('/emails', 'Email addresses');
    const second = newAddress('second');
    await page.fill('[name=email]', second);
    await submit(page);
    await confirmByMail(page, person);
    await heading(page, 'Enter the code from your email');
    await page.fill('[name=code]', await stage.code(second));
    await told(page, 'now belongs to your account');
    await page.getByRole('button', { name: /^Make main address/ }).click();
    await told(page, 'From now on you sign in with');
    await page.getByRole('button', { name: /^Remove/ }).click();
    await told(page, 'does not belong to your account any more');
    await page.reload();
    await page.locator('.entry', { hasText: 'Main address' }).getByText(second).waitFor();
    expect(await page.locator('.entry').count()).toBe(1);
    const elsewhere = await stage.visit();
    await elsewhere.goto(stage.url);
    await signIn(elsewhere, second);
    await heading(elsewhere, 'You are signed in');
  });

  it('make a recovery key with a hint, and delete it', async () => {
    const { page, person } = await visitSettings('/account_recovery', 'Recovery key');
    await page.fill('[name=password]', PASSWORD);
    await submit(page);
    await confirmByMail(page, person);
    await heading(page, 'Keep your recovery key');
    expect(await page.textContent('.codes')).toMatch(/^A\w{3}( \w{4}){7}$/);
    await page.fill('[name=hint]', 'desk drawer');
    await submit(page);
    await told(page, 'in use');
    await page.reload();
    await page.getByText('“⁨desk drawer⁩”').waitFor();
    expect((await getRecoveryKeyStatus(stage.client, { sessionToken: person.sessionToken })).exists).toBe(true);
    await page.getByRole('button', { name: 'Delete recovery key' }).click();
    await heading(page, 'Confirm that it is you');
    await page.fill('[name=code]', await stage.header(person.email, 'x-account-change-verify-code', 2));
    await told(page, 'is deleted');
    expect((await getRecoveryKeyStatus(stage.client, { sessionToken: person.sessionToken })).exists).toBe(false);
  });

  it('set a name and a picture, and refuse a file that is none', async () => {
    const { page } = await visitSettings('/avatar/change', 'Name and picture');
    await page.fill('[name=displayName]', 'Sam Reed');
    await submit(page);
    await told(page, 'name is saved');
    const drawn = await page.screenshot({ clip: { x: 0, y: 0, width: 64, height: 64 } });
    await page.setInputFiles('#picture', { name: 'me.png', mimeType: 'image/png', buffer: drawn });
    await told(page, 'picture is set');
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('.picture')?.naturalWidth ?? 0) > 0);
    await page.setInputFiles('#picture', { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('none') });
    await page.locator('[role=alert]', { hasText: 'cannot be taken' }).waitFor();
    await page.getByRole('button', { name: 'Remove picture' }).click();
    await told(page, 'picture is removed');
    await page.reload();
    await page.waitForSelector('[name=displayName]');
    expect(await page.inputValue('[name=displayName]')).toBe('Sam Reed');
  });

  it('tell what happened, and keep the choice about usage data', async () => {
    const { page } = await visitSettings('/recent_activity', 'Recent activity');
    await page.locator('.entry', { hasText: 'Account made' }).waitFor();
    await page.getByRole('link', { name: 'All settings' }).click();
    await page.getByRole('button', { name: 'Refuse usage data' }).click();
    await told(page, 'not to be collected');
    await page.reload();
    await page.getByRole('button', { name: 'Allow usage data' }).waitFor();
  });

  it('delete the account with the password, once it is said what goes with it', async () => {
    const { page, person } = await visitSettings('/delete_account', 'Delete your account');
    await page.locator('.destroyed li', { hasText: 'The connection of' }).first().waitFor();
    await page.fill('[name=password]', 'not the password');
    await submit(page);
    await page.locator('.error').waitFor();
    expect(await accountExists(stage.client, person.uid)).toBe(true);
    await page.fill('[name=password]', PASSWORD);
    await submit(page);
    await told(page, 'Your account is deleted');
    expect(await accountExists(stage.client, person.uid)).toBe(false);
  });

  it('lead to the sign-in when the session ends elsewhere', async () => {
    const { page } = await visitSettings();
    // Until the page has read all it shows, it would notice by itself.
    await page.locator('.row-state', { hasText: 'Off' }).first().waitFor();
    await page.evaluate(() => {
      const account = JSON.parse(localStorage.getItem('foxden.account') ?? '{}');
      localStorage.setItem('foxden.account', JSON.stringify({ ...account, sessionToken: '00'.repeat(32) }));
    });
    await page.goto(`${stage.url}/settings/clients`);
    await page.locator('[role=status]', { hasText: 'You were signed out' }).waitFor();
  });
});
