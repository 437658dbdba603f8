import { SCOPE_OLDSYNC, SCOPE_PROFILE } from '@foxden/protocol';
import type { CompletedFlow } from '@foxden/webchannel';
import type { Page } from 'playwright-core';
import { type EmbeddedBrowser, embedBrowser } from '../webchannel/support/embedded-browser.js';
import { versions } from '../webchannel/support/versions.js';
import { openPairingAuthority, type PairingAuthority } from './pairing-authority.js';
import type { Person } from './protected.js';
import type { Stage } from './stage.js';

/** The main action of a page of pairing, and the one that ends it. */
export const AGREE = 'button[type=submit]';
export const REFUSE = '.second-action';

function version(name: string) {
  const found = versions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

/** A browser that is signed in and shows a code; its pages are shown in Chromium. */
export interface Computer extends PairingAuthority {
  readonly page: Page;
  readonly browser: EmbeddedBrowser;
  /** Opens the page on which its person confirms, once a device has asked. */
  confirm(): Promise<void>;
}

export async function openComputer(
  stage: Stage,
  person: Person,
  { page, ...environment }: { readonly page?: Page } & Parameters<typeof openPairingAuthority>[2] = {},
): Promise<Computer> {
  const browser = await embedBrowser(stage, page ?? (await stage.visit()), version('Firefox 153'));
  const { email, uid, sessionToken } = person;
  browser.account.user = { email, uid, sessionToken, verified: true };
  const device = await openPairingAuthority(stage, person, environment);
  browser.pairings.set(device.channelId, device.pairing);
  return {
    ...device,
    page: browser.page,
    browser,
    confirm: async () => void (await browser.page.goto(await device.confirmationUrl())),
  };
}

/** A Firefox for Android that scans codes; its pages are shown in Chromium. */
export interface Phone {
  readonly page: Page;
  readonly browser: EmbeddedBrowser;
  /** What came of the codes that it was given. */
  readonly completed: CompletedFlow[];
  scan(code: Pick<PairingAuthority, 'supplicantUrl'>): Promise<void>;
}

export async function openPhone(stage: Stage, page?: Page): Promise<Phone> {
  const browser = await embedBrowser(stage, page ?? (await stage.visit()), version('Firefox for Android'));
  const completed: CompletedFlow[] = [];
  const { account } = browser;
  const completeFlow = account.completeFlow.bind(account);
  account.completeFlow = async (of) => {
    const flow = await completeFlow(of);
    completed.push(flow);
    return flow;
  };
  return {
    page: browser.page,
    browser,
    completed,
    async scan(code) {
      const flow = await account.beginFlow([SCOPE_PROFILE, SCOPE_OLDSYNC]);
      const query = { ...flow, context: 'oauth_webchannel_v1', entrypoint: 'pairing' };
      await browser.page.goto(code.supplicantUrl(query));
    },
  };
}
