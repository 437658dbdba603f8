import type { Page } from 'playwright-core';
import { type EmbeddedBrowser, embedBrowser } from '../webchannel/support/embedded-browser.js';
import { versions } from '../webchannel/support/versions.js';
import { heading, newAddress, signIn, signUp, submit } from './people.js';
import { newPerson } from './protected.js';
import type { Scene } from './scene.js';
import type { Stage } from './stage.js';

function firefox(stage: Stage, page: Page, name = 'Firefox 153'): Promise<EmbeddedBrowser> {
  const version = versions.find((one) => one.name === name);
  if (version === undefined) throw new Error(`no ${name}`);
  return embedBrowser(stage, page, version);
}

/** A Firefox in which somebody is signed in, and their address. */
async function signedIn(stage: Stage, page: Page, service?: string): Promise<readonly [EmbeddedBrowser, string]> {
  const browser = await firefox(stage, page);
  const { email } = await newPerson(stage);
  await browser.beginSignIn(service);
  await signIn(page, email);
  if (service === undefined) await page.click('.second-action');
  await heading(page, 'This Firefox is');
  return [browser, email];
}

/** What people see whose browser waits to be signed in. */
export const browserScenes: readonly Scene[] = [
  {
    name: 'choose-sync',
    show: async (stage, page) => {
      await (await firefox(stage, page)).beginSignIn('sync');
      await signUp(stage, page, newAddress());
      await heading(page, 'Choose what to sync');
    },
  },
  {
    name: 'whether-sync',
    show: async (stage, page) => {
      const { email } = await newPerson(stage);
      await (await firefox(stage, page)).beginSignIn();
      await signIn(page, email);
      await heading(page, 'Sync this device?');
    },
  },
  {
    name: 'connected-syncing',
    show: async (stage, page) => void (await signedIn(stage, page, 'sync')),
  },
  {
    name: 'connected-not-syncing',
    show: async (stage, page) => void (await signedIn(stage, page)),
  },
  {
    name: 'connected-signed-in',
    show: async (stage, page) => void (await signedIn(stage, page, 'relay')),
  },
  {
    name: 'connected-invited',
    show: async ({ url }, page) => {
      await page.goto(`${url}/connect_another_device`);
      await heading(page, 'Connect another device');
    },
  },
  {
    name: 'browser-password',
    show: async (stage, page) => {
      const [browser] = await signedIn(stage, page, 'sync');
      await browser.beginSignIn('sync');
      await page.waitForSelector('[name=password]');
    },
  },
  {
    name: 'browser-continue-as',
    show: async (stage, page) => {
      const [browser] = await signedIn(stage, page, 'sync');
      await browser.beginSignIn('relay');
      await heading(page, 'Continue to');
    },
  },
  {
    name: 'browser-not-linked',
    show: async (stage, page) => {
      const [browser] = await signedIn(stage, page, 'sync');
      await browser.account.disconnect();
      await browser.beginSignIn('sync');
      await page.click('.ways a:last-child');
      await page.fill('[name=email]', newAddress());
      await submit(page);
      await page.getByText('Nothing was changed').waitFor();
    },
  },
  {
    name: 'browser-not-signed-in',
    show: async (stage, page) => {
      const browser = await firefox(stage, page);
      const { email } = await newPerson(stage);
      await browser.beginSignIn('sync');
      browser.account.completeFlow = async () => {
        throw new Error('no connection');
      };
      await signIn(page, email);
      await heading(page, 'Firefox is not signed in yet');
    },
  },
  {
    name: 'problem-old-browser',
    show: async (stage, page) => {
      await (await firefox(stage, page, 'Firefox 70')).beginSignIn();
      await heading(page, 'too old');
    },
  },
  {
    name: 'problem-no-browser',
    show: async ({ url }, page) => {
      await page.goto(`${url}/?context=oauth_webchannel_v1&service=sync`);
      await heading(page, 'does not know');
    },
  },
  {
    name: 'problem-browser-taken',
    show: async (stage, page) => {
      const [browser] = await signedIn(stage, page, 'sync');
      await browser.beginSignIn('sync');
      await page.goto(`${page.url()}&email=bo%40example.org`);
      await heading(page, 'signed in already');
    },
  },
];
