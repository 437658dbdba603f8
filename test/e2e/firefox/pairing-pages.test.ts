import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.js';
import { AGREE, openPhone, type Phone, REFUSE } from '../support/paired-devices.js';
import * as inChromium from '../support/people.js';
import { newPerson, type Person } from '../support/protected.js';
import { openVisits, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';
import { noteCodes, shownCode } from './support/code-in-firefox.js';
import { signInByChannel } from './support/devices-in-firefox.js';
import { type Firefox, withoutFirefox } from './support/firefox.js';
import { type FirefoxStage, openFirefoxStage } from './support/firefox-stage.js';
import { beginPairing } from './support/pairing-in-firefox.js';
import { heading } from './support/people-in-firefox.js';

const { PASSWORD } = inChromium;
const withoutBrowsers = withoutFirefox || withoutChromium;

let stage: FirefoxStage;
let visits: Stage;
let account: Person;
let firefox: Firefox;
beforeAll(async () => {
  if (withoutBrowsers) return;
  stage = await openFirefoxStage();
  visits = await openVisits(stage);
  account = await newPerson(stage);
  firefox = await stage.firefox();
  await signInByChannel(firefox, stage.url, stage.client, { ...account, password: PASSWORD });
}, 120_000);
afterAll(() => visits?.close());

/** A phone that has scanned what the code of the browser says. */
async function scan(code: string): Promise<Phone> {
  const phone = await openPhone(visits);
  await phone.scan({
    supplicantUrl: (query) => `${stage.url}/pair/supp?${new URLSearchParams(query)}${new URL(code).hash}`,
  });
  await inChromium.heading(phone.page, 'Sign in with this account?');
  return phone;
}

describe.skipIf(withoutBrowsers)('a stock Firefox and the pages on a phone', () => {
  it('pair, by clicks in both', async () => {
    await noteCodes(firefox);
    await firefox.open(`${stage.url}/pair`);
    await heading(firefox, 'Connect another device');
    await firefox.click(AGREE);
    const phone = await scan(await shownCode(firefox));
    expect(await phone.page.locator('main').innerText()).toContain(account.email);
    await heading(firefox, 'Connect your other device?');
    await firefox.click(AGREE);
    await heading(firefox, 'Now confirm on the other device');
    await phone.page.click(AGREE);
    await inChromium.heading(phone.page, 'This device is connected');
    await heading(firefox, 'Your other device is connected');
    // The code was redeemed, and the keys that came with it are those of Sync.
    await until('the phone to have its keys', async () => phone.completed[0]);
    expect(phone.completed).toEqual([{ hasSyncKey: true }]);
    expect(visits.complaints).toEqual([]);
  });

  it('do not where it is declined in Firefox', async () => {
    const phone = await scan(await beginPairing(firefox));
    await heading(firefox, 'Connect your other device?');
    await phone.page.click(AGREE);
    await firefox.click(REFUSE);
    await heading(firefox, 'Nothing was connected');
    await inChromium.heading(phone.page, 'Nothing was connected');
    expect(await phone.page.locator('main').innerText()).toContain('It was cancelled on the other device.');
    expect(phone.completed).toEqual([]);
  });

  it('do not where it is declined on the phone', async () => {
    const phone = await scan(await beginPairing(firefox));
    await heading(firefox, 'Connect your other device?');
    await phone.page.click(REFUSE);
    await inChromium.heading(phone.page, 'Nothing was connected');
    // Firefox takes a good-bye for the end of one direction only, and goes on asking.
    await firefox.click(AGREE);
    await heading(firefox, 'Now confirm on the other device');
    await firefox.click(REFUSE);
    await heading(firefox, 'Nothing was connected');
    expect(phone.completed).toEqual([]);
  });

  it('do not where it takes too long', async () => {
    const phone = await scan(await beginPairing(firefox, 6000));
    await heading(firefox, 'Connect your other device?');
    await inChromium.heading(phone.page, 'Nothing was connected');
    await heading(firefox, 'Nothing was connected');
    expect(phone.completed).toEqual([]);
  });
});
