import { PASSWORD } from '../../support/people.js';
import { until } from '../../support/until.js';
import { signInAddress } from './accounts-in-firefox.js';
import type { Firefox } from './firefox.js';
import type { FirefoxStage } from './firefox-stage.js';

/** What a person does in front of a Firefox. */

export const ACTION = 'button[type=submit]';
export const DONT_SYNC = '.second-action';

/** Waits for a page by the beginning of its heading. */
export async function heading(firefox: Firefox, text: string): Promise<void> {
  let last: string | undefined;
  await until(`“${text}”`, async () => {
    last = await firefox.inPage(() => document.querySelector('h1')?.textContent ?? '').catch(() => undefined);
    // Names are set apart from the text around them by marks of the direction of writing.
    return last?.replace(/[\u2068\u2069]/g, '').startsWith(text) ? true : undefined;
  }).catch((error: unknown) => {
    throw new Error(`the page says “${last}” instead of “${text}”`, { cause: error });
  });
}

/** Chooses "Sign in" in Firefox's menu; with another service than Sync, or none (''), as other entrances have it. */
export async function beginSignIn(firefox: Firefox, service: 'sync' | 'relay' | 'vpn' | '' = 'sync'): Promise<void> {
  const address = new URL(await signInAddress(firefox));
  address.searchParams.delete('service');
  if (service !== '') address.searchParams.set('service', service);
  await firefox.open(address.href);
}

async function enterEmail(firefox: Firefox, email: string): Promise<void> {
  await firefox.type('[name=email]', email);
  await firefox.click(ACTION);
}

/** Leaves the page of somebody whom the pages remember. */
export async function useAnother(firefox: Firefox): Promise<void> {
  await heading(firefox, 'Enter your password');
  await firefox.click('.ways a:last-child');
}

/** From the first page to the choice of what to sync. */
export async function signUp(stage: FirefoxStage, firefox: Firefox, email: string): Promise<void> {
  await enterEmail(firefox, email);
  await firefox.type('[name=password]', PASSWORD);
  await firefox.type('[name=passwordConfirm]', PASSWORD);
  await firefox.click(ACTION);
  await firefox.type('[name=code]', await stage.code(email));
  await heading(firefox, 'Choose what to sync');
}

/** From the first page to wherever a sign-in leads. */
export async function signIn(firefox: Firefox, email: string): Promise<void> {
  await enterEmail(firefox, email);
  await provePassword(firefox);
}

export async function provePassword(firefox: Firefox): Promise<void> {
  await firefox.type('[name=password]', PASSWORD);
  await firefox.click(ACTION);
}
