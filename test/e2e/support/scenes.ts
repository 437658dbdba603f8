import { createKeysKeyPair } from '@foxden/protocol';
import type { Page } from 'playwright-core';
import { authorizationUrl, NOTES_SCOPE, notes, stranger } from './applications.js';
import { browserScenes } from './browser-scenes.js';
import {
  createAccount,
  enterEmail,
  existingAccount,
  heading,
  mailedLink,
  newAddress,
  signOut,
  submit,
} from './people.js';
import type { Scene } from './scene.js';

async function failOffline(page: Page): Promise<void> {
  await page.route('**/v1/**', (route) => route.abort());
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
  ...browserScenes,
];
