import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { authorizationUrl, stranger } from './applications.js';
import { heading, PASSWORD, submit } from './people.js';
import { existingAccount } from './protected.js';
import type { Scene } from './scene.js';
import type { Stage } from './stage.js';

/** A page of the settings, by somebody who has just made their account; gives the address. */
async function openSettings(stage: Stage, page: Page, path: string, title: string): Promise<string> {
  const email = await existingAccount(stage, page);
  await page.goto(`${stage.url}/settings${path}`);
  await heading(page, title);
  return email;
}

/** From a change in the settings through the digits that it asks for. */
async function confirmChange(stage: Stage, page: Page, email: string): Promise<void> {
  await heading(page, 'Confirm that it is you');
  await page.fill('[name=code]', await stage.header(email, 'x-account-change-verify-code'));
}

/** To the backup codes, which are shown once it is on. */
async function turnTwoStepOn(stage: Stage, page: Page): Promise<void> {
  const email = await openSettings(stage, page, '/two_step_authentication', 'Two-step sign-in');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await confirmChange(stage, page, email);
  await heading(page, 'Scan this');
  const secret = ((await page.textContent('.secret')) ?? '').replaceAll(' ', '');
  await page.fill('[name=code]', new TOTP({ secret }).generate());
  await heading(page, 'Keep your backup codes');
}

/** What people see who manage their account. */
export const settingsScenes: readonly Scene[] = [
  {
    name: 'settings',
    show: async (stage, page) => {
      await openSettings(stage, page, '', 'Your account');
      await page.waitForSelector('.second-action');
    },
  },
  {
    name: 'settings-clients',
    show: async (stage, page) => {
      await existingAccount(stage, page);
      await page.goto(authorizationUrl(stage.url, stranger));
      await submit(page);
      await heading(page, 'Allow');
      await submit(page);
      await heading(page, 'Back in the application');
      await page.goto(`${stage.url}/settings/clients`);
      await page.waitForSelector('.entry');
    },
  },
  {
    name: 'settings-password-errors',
    show: async (stage, page) => {
      await openSettings(stage, page, '/change_password', 'Change your password');
      await submit(page);
      await page.waitForSelector('.error');
    },
  },
  {
    name: 'settings-two-step',
    show: async (stage, page) => {
      await openSettings(stage, page, '/two_step_authentication', 'Two-step sign-in');
      await page.waitForSelector('.main-action');
    },
  },
  {
    name: 'settings-two-step-on',
    show: async (stage, page) => {
      await turnTwoStepOn(stage, page);
      await submit(page);
      await page.getByRole('button', { name: 'Use another authenticator' }).waitFor();
    },
  },
  {
    name: 'settings-step-up',
    show: async (stage, page) => {
      await openSettings(stage, page, '/two_step_authentication', 'Two-step sign-in');
      await page.getByRole('button', { name: 'Turn on' }).click();
      await heading(page, 'Confirm that it is you');
    },
  },
  {
    name: 'settings-authenticator',
    show: async (stage, page) => {
      const email = await openSettings(stage, page, '/two_step_authentication', 'Two-step sign-in');
      await page.getByRole('button', { name: 'Turn on' }).click();
      await confirmChange(stage, page, email);
      await heading(page, 'Scan this');
    },
  },
  {
    name: 'settings-backup-codes',
    show: turnTwoStepOn,
  },
  {
    name: 'settings-emails',
    show: async (stage, page) => {
      await openSettings(stage, page, '/emails', 'Email addresses');
      await page.waitForSelector('.entry');
    },
  },
  {
    name: 'settings-profile',
    show: async (stage, page) => {
      await openSettings(stage, page, '/avatar/change', 'Name and picture');
      await page.waitForSelector('.picture');
    },
  },
  {
    name: 'settings-language',
    show: async (stage, page) => {
      await openSettings(stage, page, '/language', 'Language');
      await page.waitForSelector('.check');
    },
  },
  {
    name: 'settings-in-arabic',
    show: async (stage, page) => {
      await existingAccount(stage, page);
      await page.evaluate(() => localStorage.setItem('foxden.language', 'ar'));
      await page.goto(`${stage.url}/settings`);
      await page.waitForSelector('[dir=rtl] .second-action');
    },
  },
  {
    name: 'settings-recovery-key',
    show: async (stage, page) => {
      await openSettings(stage, page, '/account_recovery', 'Recovery key');
      await page.waitForSelector('[name=password]');
    },
  },
  {
    name: 'settings-new-recovery-key',
    show: async (stage, page) => {
      const email = await openSettings(stage, page, '/account_recovery', 'Recovery key');
      await page.fill('[name=password]', PASSWORD);
      await submit(page);
      await confirmChange(stage, page, email);
      await heading(page, 'Keep your recovery key');
    },
  },
  {
    name: 'settings-activity',
    show: async (stage, page) => {
      await openSettings(stage, page, '/recent_activity', 'Recent activity');
      await page.waitForSelector('.entry');
    },
  },
  {
    name: 'settings-delete',
    show: async (stage, page) => {
      await openSettings(stage, page, '/delete_account', 'Delete your account');
      await page.locator('.destroyed li').nth(1).waitFor();
    },
  },
];
