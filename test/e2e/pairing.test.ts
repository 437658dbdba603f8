import { requestTokens, signIn } from '@foxden/auth-client';
import { createKeysKeyPair, openKeysJwe } from '@foxden/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CODE_CHALLENGE, CODE_VERIFIER, NOTES_SCOPE, notes, stranger } from './support/applications.js';
import { withoutChromium } from './support/chromium.js';
import { AGREE, type Computer, openComputer, openPhone, type Phone, REFUSE } from './support/paired-devices.js';
import { DEVICE_NAME } from './support/pairing-authority.js';
import { heading, PASSWORD } from './support/people.js';
import { newPerson, type Person, turnTotpOn } from './support/protected.js';
import { openStage, type Stage } from './support/stage.js';
import { until } from './support/until.js';

const FENIX = 'a2270f727f45f648';
const QUARTER = 15 * 60 * 1000;

let stage: Stage;
beforeAll(async () => {
  if (!withoutChromium) stage = await openStage({ pairingClients: [FENIX, notes.id] });
});
afterAll(() => stage?.close());

/** A computer that shows a code, and a phone that has scanned it. */
async function scanned(
  environment: Parameters<typeof openComputer>[2] = {},
): Promise<{ person: Person; computer: Computer; phone: Phone }> {
  const person = await newPerson(stage);
  const computer = await openComputer(stage, person, environment);
  const phone = await openPhone(stage);
  await phone.scan(computer);
  return { person, computer, phone };
}

const text = (page: Page) => page.locator('main').innerText();

async function expectNothing({ computer, phone }: { computer: Computer; phone: Phone }): Promise<void> {
  expect(computer.codes()).toBe(0);
  expect(phone.completed).toEqual([]);
}

describe.skipIf(withoutChromium)('a phone that scans a code', () => {
  it('is signed in with the keys of Sync, once both persons have agreed', async () => {
    const { person, computer, phone } = await scanned();
    await heading(phone.page, 'Sign in with this account?');
    for (const fact of [person.email, DEVICE_NAME, '127.0.0.1', 'Firefox for Android']) {
      expect(await text(phone.page)).toContain(fact);
    }
    expect(new URL(phone.page.url())).toMatchObject({ pathname: '/pair/supp/allow', hash: '' });
    await computer.confirm();
    await heading(computer.page, 'Connect your other device?');
    for (const fact of [person.email, 'Linux', '127.0.0.1', 'Firefox for Android']) {
      expect(await text(computer.page)).toContain(fact);
    }

    await phone.page.click(AGREE);
    await heading(phone.page, 'Now confirm on the other device');
    await computer.page.click(AGREE);
    await heading(phone.page, 'This device is connected');
    await heading(computer.page, 'Your other device is connected');
    await until('the phone to have its keys', async () => (phone.completed.length > 0 ? true : undefined));
    expect(phone.completed).toEqual([{ hasSyncKey: true }]);
    expect(computer.codes()).toBe(1);
    expect(await phone.page.evaluate(() => JSON.stringify(history.state))).toBe('{"pairing":{"side":"supplicant"}}');

    for (const page of [phone.page, computer.page]) await page.reload();
    await heading(phone.page, 'This device is connected');
    await heading(computer.page, 'Your other device is connected');
    expect(phone.completed).toHaveLength(1);
    expect(stage.complaints).toEqual([]);
  });

  it('is signed in also where the computer agrees first', async () => {
    const { computer, phone } = await scanned();
    await computer.confirm();
    await computer.page.click(AGREE);
    await heading(computer.page, 'Now confirm on the other device');
    await computer.page.reload();
    await heading(computer.page, 'Now confirm on the other device');
    await phone.page.click(AGREE);
    await heading(phone.page, 'This device is connected');
    await heading(computer.page, 'Your other device is connected');
    expect(phone.completed).toEqual([{ hasSyncKey: true }]);
  });

  it('is let in only after the second step, where the account has one', async () => {
    const person = await newPerson(stage);
    const nextCode = await turnTotpOn(stage, person);
    const { sessionToken } = await signIn(stage.client, { email: person.email, password: PASSWORD });
    const computer = await openComputer(stage, { ...person, sessionToken });
    const phone = await openPhone(stage);
    await phone.scan(computer);
    await computer.confirm();
    await computer.page.fill('[name=code]', nextCode());
    await heading(computer.page, 'Connect your other device?');
    await computer.page.click(AGREE);
    await phone.page.click(AGREE);
    await heading(phone.page, 'This device is connected');
    await heading(computer.page, 'Your other device is connected');
  });

  it('is not let in where the computer says no', async () => {
    const { computer, phone } = await scanned();
    await computer.confirm();
    await phone.page.click(AGREE);
    await computer.page.click(REFUSE);
    await heading(computer.page, 'Nothing was connected');
    await heading(phone.page, 'Nothing was connected');
    expect(await text(phone.page)).toContain('It was cancelled on the other device.');
    await expectNothing({ computer, phone });
  });

  it('is not let in where its own person says no', async () => {
    const { computer, phone } = await scanned();
    await computer.confirm();
    await phone.page.click(REFUSE);
    await heading(phone.page, 'Nothing was connected');
    await heading(computer.page, 'Nothing was connected');
    await expectNothing({ computer, phone });
  });

  it('is not let in for ever: the phone gives up', async () => {
    const person = await newPerson(stage);
    const computer = await openComputer(stage, person);
    const phone = await openPhone(stage);
    await phone.page.clock.install();
    await phone.scan(computer);
    await heading(phone.page, 'Sign in with this account?');
    await phone.page.clock.fastForward(QUARTER - 60_000);
    expect(await phone.page.textContent('h1')).toContain('Sign in with this account?');
    await phone.page.clock.fastForward(60_000);
    await heading(phone.page, 'Nothing was connected');
    expect(await text(phone.page)).toContain('It took too long.');
    await expectNothing({ computer, phone });
  });

  it('is not let in for ever: the computer gives up', async () => {
    const timeouts: (() => void)[] = [];
    const { computer, phone } = await scanned({
      after(milliseconds, callback) {
        if (milliseconds === QUARTER) timeouts.push(callback);
        return () => undefined;
      },
    });
    await computer.confirm();
    await heading(computer.page, 'Connect your other device?');
    for (const timeout of timeouts) timeout();
    await heading(computer.page, 'Nothing was connected');
    expect(await text(computer.page)).toContain('It took too long.');
    await heading(phone.page, 'Nothing was connected');
    await expectNothing({ computer, phone });
  });

  it('is not let in with another key', async () => {
    const computer = await openComputer(stage, await newPerson(stage));
    const phone = await openPhone(stage);
    const supplicantUrl: Computer['supplicantUrl'] = (query) => {
      const url = new URL(computer.supplicantUrl(query));
      url.hash = new URLSearchParams({ channel_id: computer.channelId, channel_key: 'A'.repeat(43) }).toString();
      return url.href;
    };
    await phone.scan({ ...computer, supplicantUrl });
    await heading(phone.page, 'Nothing was connected');
    expect((await computer.authority.ended).type).toBe('Errored');
    await expectNothing({ computer, phone });
  });

  it('is not let in once somebody else has joined and speaks', async () => {
    const { computer, phone } = await scanned();
    await computer.confirm();
    await phone.page.click(AGREE);
    const third = new WebSocket(`${stage.url.replace('http', 'ws')}/v1/ws/${computer.channelId}`);
    third.once('message', () => third.send('FwMDABQ'.padEnd(64, 'A')));
    await heading(phone.page, 'Nothing was connected');
    await heading(computer.page, 'Nothing was connected');
    third.close();
    await expectNothing({ computer, phone });
  });

  it('has to scan again after a reload, and nothing is done twice', async () => {
    const { computer, phone } = await scanned();
    await heading(phone.page, 'Sign in with this account?');
    await phone.page.click(AGREE);
    await phone.page.reload();
    await heading(phone.page, 'Scan the code once more');
    expect(computer.authority.state.type).toBe('PendingLocalConfirmation');
    await expectNothing({ computer, phone });
    computer.authority.decline();
  });

  it('is nowhere in the history: the way back leads to what was before', async () => {
    const { computer, phone } = await scanned();
    await heading(phone.page, 'Sign in with this account?');
    await phone.page.click(AGREE);
    await phone.page.goBack();
    expect(phone.page.url()).toBe('about:blank');
    await phone.page.goForward();
    await heading(phone.page, 'Scan the code once more');
    await expectNothing({ computer, phone });
  });

  it('learns nothing where its browser belongs to another server', async () => {
    const computer = await openComputer(stage, await newPerson(stage));
    const phone = await openPhone(stage);
    const elsewhere = {
      ...computer,
      supplicantUrl: (query: Readonly<Record<string, string>>) =>
        computer.supplicantUrl(query).replace('127.0.0.1', 'localhost'),
    };
    await phone.scan(elsewhere);
    await heading(phone.page, 'does not know');
    expect(computer.authority.state.type).toBe('SuppConnectionPending');
    computer.authority.decline();
  });
});

describe.skipIf(withoutChromium)('an application elsewhere', () => {
  const ask = async (computer: Computer, more: Readonly<Record<string, string>> = {}) => {
    const { keysJwk, privateKey } = await createKeysKeyPair();
    const url = computer.supplicantUrl({
      client_id: notes.id,
      redirect_uri: notes.redirectUris[0] ?? '',
      scope: NOTES_SCOPE,
      state: 'state of mind',
      code_challenge: CODE_CHALLENGE,
      code_challenge_method: 'S256',
      access_type: 'offline',
      keys_jwk: keysJwk,
      ...more,
    });
    return { url, privateKey };
  };

  it('gets its code at its own address, and keys for it', async () => {
    const computer = await openComputer(stage, await newPerson(stage));
    const { url, privateKey } = await ask(computer);
    const page = await stage.visit();
    await page.goto(url);
    await heading(page, 'Sign in with this account?');
    expect(await text(page)).toContain('Fox Notes');
    await computer.confirm();
    await page.click(AGREE);
    await computer.page.click(AGREE);
    await heading(page, 'Back in the application');
    await heading(computer.page, 'Your other device is connected');
    const back = new URL(page.url());
    expect(back.origin + back.pathname).toBe(notes.redirectUris[0]);
    expect([...back.searchParams.keys()]).toEqual(['code', 'state', 'iss']);
    expect(back.searchParams.get('state')).toBe('state of mind');
    const tokens = await requestTokens(stage.client, {
      client_id: notes.id,
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      code_verifier: CODE_VERIFIER,
    });
    expect(Object.keys(await openKeysJwe(privateKey, tokens.keys_jwe ?? ''))).toEqual([NOTES_SCOPE]);
    await page.goBack();
    await heading(page, 'Scan the code once more');
  });

  it('hears that it gets none, where the person wants that', async () => {
    const computer = await openComputer(stage, await newPerson(stage));
    const page = await stage.visit();
    await page.goto((await ask(computer)).url);
    await heading(page, 'Sign in with this account?');
    await page.click(REFUSE);
    await heading(page, 'Nothing was connected');
    await page.click(AGREE);
    await heading(page, 'Back in the application');
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
  });

  it.each<[string, string, Readonly<Record<string, string>>]>([
    [
      'cannot be signed in by a code',
      'that the operator does not let in',
      { client_id: stranger.id, redirect_uri: stranger.redirectUris[0] ?? '', scope: 'openid', response_type: 'code' },
    ],
    ['The way back leads elsewhere', 'whose address is not registered', { redirect_uri: 'https://evil.example/' }],
    ['does not know this application', 'that nobody knows', { client_id: '0123456789abcdef' }],
  ])('is told “%s”: one %s', async (title, _, more) => {
    const computer = await openComputer(stage, await newPerson(stage));
    const page = await stage.visit();
    await page.goto((await ask(computer, more)).url);
    await heading(page, title);
    expect(computer.authority.state.type).toBe('SuppConnectionPending');
    computer.authority.decline();
  });
});

describe.skipIf(withoutChromium)('a computer that is signed in', () => {
  it('shows its code when the person wants that', async () => {
    const { page, browser, authority } = await openComputer(stage, await newPerson(stage));
    await page.goto(`${stage.url}/connect_another_device`);
    await page.click('a[href$="/pair"]');
    await page.click(AGREE);
    await until('the browser to show it', async () => (browser.opened.includes('pair-preferences') ? true : undefined));
    authority.decline();
  });

  it('says so, after a time, where nothing is known of the channel', async () => {
    const { computer, phone } = await scanned();
    computer.browser.pairings.clear();
    await computer.page.clock.install();
    await computer.confirm();
    await computer.page.locator('.waiting').waitFor();
    await until('the page to ask', async () => {
      await computer.page.clock.fastForward(11_000);
      return computer.page.evaluate(() => document.querySelector('h1')?.textContent ?? undefined);
    });
    await heading(computer.page, 'Nothing was connected');
    await expectNothing({ computer, phone });
  });

  it('asks nobody else than the person whose code was scanned', async () => {
    const { computer, phone } = await scanned();
    const { email, uid, sessionToken } = await newPerson(stage);
    computer.browser.account.user = { email, uid, sessionToken, verified: true };
    await computer.confirm();
    await heading(computer.page, 'Firefox is signed in differently');
    await heading(phone.page, 'Nothing was connected');
    await expectNothing({ computer, phone });
  });
});
