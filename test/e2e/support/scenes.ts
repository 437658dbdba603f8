import { createKeysKeyPair, passwordForgotSendCode } from '@foxden/protocol';
import type { Page } from 'playwright-core';
import { authorizationUrl, NOTES_SCOPE, notes, stranger } from './applications.js';
import { browserScenes } from './browser-scenes.js';
import { pairingScenes } from './pairing-scenes.js';
import {
  createAccount,
  enterEmail,
  heading,
  mailedLink,
  newAddress,
  PASSWORD,
  signIn,
  signOut,
  submit,
} from './people.js';
import { existingAccount, newPerson, storeRecoveryKey, turnTotpOn } from './protected.js';
import type { Scene } from './scene.js';
import { settingsScenes } from './settings-scenes.js';
import type { Stage } from './stage.js';

async function failOffline(page: Page): Promise<void> {
  await page.route('**/v1/**', (route) => route.abort());
}

/** From a mailed link to what the account asks for before a new password. */
async function followResetLink({ client, url, header }: Stage, page: Page, email: string): Promise<void> {
  await client.call(passwordForgotSendCode, { body: { email } });
  await page.goto((await header(email, 'x-link')) || url);
}

async function signInBlocked(stage: Stage, page: Page): Promise<string> {
  const { email } = await newPerson(stage, 'block');
  await page.goto(stage.url);
  await signIn(page, email, PASSWORD);
  await heading(page, 'Enter the code');
  return email;
}

/** Every page, and the states that look different. Accessibility is checked in each of them, and each is drawn. */
export const scenes: readonly Scene[] = [
  {
    name: 'email',
    show: async ({ url }, page) => {
      await page.goto(url);
      await page.waitForSelector('[name=email]');
    },
  },
  {
    name: 'email-error',
    show: async ({ url }, page) => {
      await page.goto(url);
      await page.fill('[name=email]', 'rosa@example');
      await submit(page);
      await page.waitForSelector('.error');
    },
  },
  {
    name: 'email-offline',
    show: async ({ url }, page) => {
      await page.goto(url);
      await page.fill('[name=email]', 'rosa@example.org');
      await failOffline(page);
      await submit(page);
      await page.waitForSelector('.notice.error');
    },
  },
  {
    name: 'sign-up',
    show: async ({ url }, page) => {
      await page.goto(url);
      await enterEmail(page, newAddress());
    },
  },
  {
    name: 'sign-up-errors',
    show: async ({ url }, page) => {
      await page.goto(url);
      await enterEmail(page, newAddress());
      await page.fill('[name=password]', 'password1');
      await submit(page);
      await page.waitForSelector('.error');
    },
  },
  {
    name: 'mailbox',
    show: async ({ url }, page) => {
      await page.goto(`${url}/signup`);
      await page.evaluate((email) => history.replaceState({ email }, '', 'confirm'), newAddress());
      await page.reload();
      await heading(page, 'Look into your mailbox');
    },
  },
  {
    name: 'code',
    show: async ({ url }, page) => {
      await page.goto(url);
      await createAccount(page, newAddress());
    },
  },
  {
    name: 'code-error',
    show: async ({ url }, page) => {
      await page.goto(url);
      await createAccount(page, newAddress());
      await page.fill('[name=code]', '000000');
      await page.waitForSelector('.error');
    },
  },
  {
    name: 'signed-in',
    show: async (stage, page) => {
      await existingAccount(stage, page);
    },
  },
  {
    name: 'signed-out',
    show: async (stage, page) => {
      await existingAccount(stage, page);
      await signOut(page);
    },
  },
  {
    name: 'password',
    show: async (stage, page) => {
      const email = await existingAccount(stage, page);
      await signOut(page);
      await enterEmail(page, email);
    },
  },
  {
    name: 'password-wrong',
    show: async (stage, page) => {
      const email = await existingAccount(stage, page);
      await signOut(page);
      await enterEmail(page, email);
      await page.fill('[name=password]', 'not the password');
      await page.click('.reveal');
      await submit(page);
      await page.waitForSelector('.error');
    },
  },
  {
    name: 'password-busy',
    show: async (stage, page) => {
      const email = await existingAccount(stage, page);
      await signOut(page);
      await enterEmail(page, email);
      await page.route('**/v1/account/login*', () => undefined);
      await page.fill('[name=password]', 'a fox in the den');
      await submit(page);
      await page.waitForSelector('[aria-disabled=true]');
    },
  },
  {
    name: 'oauth-email',
    show: async ({ url }, page) => {
      await page.goto(authorizationUrl(url, stranger));
      await page.waitForSelector('[name=email]');
    },
  },
  {
    name: 'oauth-continue-as',
    show: async (stage, page) => {
      await existingAccount(stage, page);
      await page.goto(authorizationUrl(stage.url, stranger));
      await heading(page, 'Continue to');
    },
  },
  {
    name: 'oauth-consent',
    show: async (stage, page) => {
      await existingAccount(stage, page);
      const scope = 'openid profile:email profile:display_name';
      await page.goto(authorizationUrl(stage.url, stranger, { scope }));
      await submit(page);
      await heading(page, 'Allow');
    },
  },
  {
    name: 'oauth-password-for-keys',
    show: async (stage, page) => {
      await existingAccount(stage, page);
      const { keysJwk } = await createKeysKeyPair();
      await page.goto(authorizationUrl(stage.url, notes, { scope: NOTES_SCOPE, keys_jwk: keysJwk }));
      await page.waitForSelector('[name=password]');
    },
  },
  {
    name: 'oauth-finish',
    show: async (stage, page) => {
      await existingAccount(stage, page);
      await page.goto(authorizationUrl(stage.url, notes));
      await page.route('**/v1/oauth/authorization', (route) => route.abort());
      await submit(page);
      await heading(page, 'Back to');
    },
  },
  {
    name: 'problem-unknown-application',
    show: async ({ url }, page) => {
      await page.goto(authorizationUrl(url, { ...stranger, id: 'ffffffffffffffff' }));
      await heading(page, 'does not know');
    },
  },
  {
    name: 'problem-refused-request',
    show: async ({ url }, page) => {
      await page.goto(authorizationUrl(url, stranger, { response_type: 'token', return_on_error: 'false' }));
      await heading(page, 'does not work');
    },
  },
  {
    name: 'problem-not-found',
    show: async ({ url }, page) => {
      await page.goto(`${url}/there/is/nothing`);
      await heading(page, 'no page');
    },
  },
  {
    name: 'problem-storage',
    show: async ({ url }, page) => {
      await page.addInitScript(() => {
        const get = () => {
          throw new DOMException('blocked', 'SecurityError');
        };
        Object.defineProperty(window, 'localStorage', { get });
      });
      await page.goto(url);
      await heading(page, 'allow cookies');
    },
  },
  {
    name: 'problem-cryptography',
    show: async ({ url }, page) => {
      await page.addInitScript(() => Object.defineProperty(window.crypto, 'subtle', { value: undefined }));
      await page.goto(url);
      await heading(page, 'secure address');
    },
  },
  {
    name: 'problem-unreachable',
    show: async ({ url }, page) => {
      await failOffline(page);
      await page.goto(authorizationUrl(url, stranger));
      await heading(page, 'cannot be reached');
    },
  },
  {
    name: 'broken',
    show: async ({ url }, page) => {
      await page.goto(url);
      await page.fill('[name=email]', newAddress());
      await page.route('**/assets/page-*.js', (route) => route.abort());
      await submit(page);
      await heading(page, 'could not be loaded');
    },
  },
  {
    name: 'link-confirmed',
    show: async (stage, page) => {
      await page.goto(await mailedLink(stage));
      await heading(page, 'is confirmed');
    },
  },
  {
    name: 'link-broken',
    show: async ({ url }, page) => {
      await page.goto(`${url}/verify_email?uid=00&code=00`);
      await heading(page, 'does not work');
    },
  },
  {
    name: 'second-step',
    show: async (stage, page) => {
      const person = await newPerson(stage);
      await turnTotpOn(stage, person);
      await page.goto(stage.url);
      await signIn(page, person.email);
      await heading(page, 'authenticator code');
    },
  },
  {
    name: 'second-step-backup-error',
    show: async (stage, page) => {
      const person = await newPerson(stage);
      await turnTotpOn(stage, person);
      await page.goto(stage.url);
      await signIn(page, person.email);
      await page.getByRole('link', { name: 'Use a backup code' }).click();
      await page.fill('[name=code]', 'abcde fghjk');
      await submit(page);
      await page.waitForSelector('.error');
    },
  },
  {
    name: 'unblock',
    show: async (stage, page) => {
      const email = await signInBlocked(stage, page);
      await page.fill('[name=code]', await stage.header(email, 'x-unblock-code'));
    },
  },
  {
    name: 'unblock-again',
    show: async (stage, page) => {
      const { email } = await newPerson(stage, 'block');
      await page.goto(stage.url);
      await signIn(page, email, 'not the password');
      await heading(page, 'Enter the code');
      await page.fill('[name=code]', await stage.header(email, 'x-unblock-code'));
      await submit(page);
      await page.waitForSelector('[name=password]');
    },
  },
  {
    name: 'report',
    show: async (stage, page) => {
      const email = await signInBlocked(stage, page);
      await page.goto(await stage.header(email, 'x-link'));
      await heading(page, 'Was it not you');
    },
  },
  {
    name: 'report-done',
    show: async (stage, page) => {
      const email = await signInBlocked(stage, page);
      await page.goto(await stage.header(email, 'x-link'));
      await submit(page);
      await heading(page, 'does not work any more');
    },
  },
  {
    name: 'reset-password',
    show: async ({ url }, page) => {
      await page.goto(`${url}/reset_password`);
      await page.waitForSelector('[name=email]');
    },
  },
  {
    name: 'reset-code-error',
    show: async (stage, page) => {
      const { email } = await newPerson(stage);
      await page.goto(`${stage.url}/reset_password?email=${email}`);
      await submit(page);
      await page.fill('[name=code]', '00000000');
      await page.waitForSelector('.error');
    },
  },
  {
    name: 'reset-second-step',
    show: async (stage, page) => {
      const person = await newPerson(stage);
      await storeRecoveryKey(stage, person);
      await turnTotpOn(stage, person);
      await followResetLink(stage, page, person.email);
      await heading(page, 'authenticator code');
    },
  },
  {
    name: 'recovery-key',
    show: async (stage, page) => {
      const person = await newPerson(stage);
      const key = await storeRecoveryKey(stage, person);
      await followResetLink(stage, page, person.email);
      await heading(page, 'Enter your recovery key');
      await page.fill('[name=recoveryKey]', key);
    },
  },
  {
    name: 'new-password-with-key',
    show: async (stage, page) => {
      const person = await newPerson(stage);
      const key = await storeRecoveryKey(stage, person);
      await followResetLink(stage, page, person.email);
      await page.fill('[name=recoveryKey]', key);
      await submit(page);
      await heading(page, 'Choose a new password');
    },
  },
  {
    name: 'new-password',
    show: async (stage, page) => {
      const person = await newPerson(stage);
      await storeRecoveryKey(stage, person);
      await followResetLink(stage, page, person.email);
      await page.getByRole('link', { name: 'Go on without' }).click();
      await heading(page, 'Choose a new password');
    },
  },
  {
    name: 'reset-link-failed',
    show: async ({ url }, page) => {
      await page.goto(`${url}/complete_reset_password?token=00`);
      await heading(page, 'does not work');
    },
  },
  ...settingsScenes,
  ...browserScenes,
  ...pairingScenes,
];
