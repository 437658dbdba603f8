import type { Page } from 'playwright-core';
import { AGREE, openComputer, openPhone, REFUSE } from './paired-devices.js';
import { heading } from './people.js';
import { newPerson } from './protected.js';
import type { Scene } from './scene.js';
import type { Stage } from './stage.js';

/** A code, and the page as that of the computer which shows it; the phone that has scanned it is elsewhere. */
async function asComputer(stage: Stage, page: Page) {
  const computer = await openComputer(stage, await newPerson(stage), { page });
  const phone = await openPhone(stage);
  await phone.scan(computer);
  await computer.confirm();
  await heading(page, 'Connect your other device?');
  return { computer, phone };
}

/** A code on a computer elsewhere, and the page as that of the phone which has scanned it. */
async function asPhone(stage: Stage, page: Page) {
  const computer = await openComputer(stage, await newPerson(stage));
  const phone = await openPhone(stage, page);
  await phone.scan(computer);
  await heading(page, 'Sign in with this account?');
  return { computer, phone };
}

/** What people see who connect a device by a code that it scans. */
export const pairingScenes: readonly Scene[] = [
  {
    name: 'pair-ready',
    show: async (stage, page) => {
      await openComputer(stage, await newPerson(stage), { page });
      await page.goto(`${stage.url}/pair`);
      await heading(page, 'Connect another device');
    },
  },
  {
    name: 'pair-sign-in',
    show: async (stage, page) => {
      const { browser } = await openComputer(stage, await newPerson(stage), { page });
      browser.account.user = undefined;
      await page.goto(`${stage.url}/pair`);
      await heading(page, 'Sign in to Firefox first');
    },
  },
  {
    name: 'pair-scanned',
    show: async (stage, page) => {
      const { authority } = await openComputer(stage, await newPerson(stage));
      await page.goto(authority.url);
      await heading(page, 'Scan the code with Firefox');
    },
  },
  {
    name: 'pair-elsewhere',
    show: async ({ url }, page) => {
      await page.goto(`${url}/pair`);
      await heading(page, 'Connect another device');
    },
  },
  {
    name: 'pair-authority',
    show: async (stage, page) => void (await asComputer(stage, page)),
  },
  {
    name: 'pair-authority-waiting',
    show: async (stage, page) => {
      await asComputer(stage, page);
      await page.click(AGREE);
      await heading(page, 'Now confirm on the other device');
    },
  },
  {
    name: 'pair-authority-success',
    show: async (stage, page) => {
      const { phone } = await asComputer(stage, page);
      await page.click(AGREE);
      await phone.page.click(AGREE);
      await heading(page, 'Your other device is connected');
    },
  },
  {
    name: 'pair-supplicant',
    show: async (stage, page) => void (await asPhone(stage, page)),
  },
  {
    name: 'pair-supplicant-waiting',
    show: async (stage, page) => {
      await asPhone(stage, page);
      await page.click(AGREE);
      await heading(page, 'Now confirm on the other device');
    },
  },
  {
    name: 'pair-supplicant-success',
    show: async (stage, page) => {
      const { computer } = await asPhone(stage, page);
      await computer.confirm();
      await page.click(AGREE);
      await computer.page.click(AGREE);
      await heading(page, 'This device is connected');
    },
  },
  {
    name: 'pair-cancelled',
    show: async (stage, page) => {
      await asPhone(stage, page);
      await page.click(REFUSE);
      await heading(page, 'Nothing was connected');
    },
  },
  {
    name: 'pair-disconnected',
    show: async (stage, page) => {
      const { computer } = await asComputer(stage, page);
      computer.browser.pairings.set(computer.channelId, {
        ...computer.pairing,
        heartbeat: async () => ({ err: 'Pairing channel closed' }),
      });
      await heading(page, 'Nothing was connected');
    },
  },
  {
    name: 'problem-pairing-no-code',
    show: async (stage, page) => {
      await asPhone(stage, page);
      await page.reload();
      await heading(page, 'Scan the code once more');
    },
  },
  {
    name: 'problem-pairing-not-allowed',
    show: async (stage, page) => {
      const computer = await openComputer(stage, await newPerson(stage), { page });
      const phone = await openPhone(stage);
      await phone.scan(computer);
      const asked = new URL(await computer.confirmationUrl());
      asked.searchParams.set('client_id', '5882386c6d801776');
      await page.goto(asked.href);
      await heading(page, 'cannot be signed in by a code');
    },
  },
  {
    name: 'problem-pairing-signed-out',
    show: async (stage, page) => {
      const { computer } = await asComputer(stage, page);
      computer.browser.account.user = undefined;
      await page.reload();
      await heading(page, 'Firefox is signed in differently');
    },
  },
  {
    name: 'problem-pairing-malformed',
    show: async (stage, page) => {
      const { computer } = await asComputer(stage, page);
      await page.goto((await computer.confirmationUrl()).replace('channel_id', 'channel'));
      await heading(page, 'This address is not complete');
    },
  },
];
