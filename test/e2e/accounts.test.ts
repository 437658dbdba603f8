import { accountKeys, signIn as authClientSignIn, destroySession, verifySessionCode } from '@foxden/auth-client';
import { accountCreate, accountCredentialsStatus, accountLogin, bytesToHex, stretchPasswordV1 } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from './support/chromium.js';
import {
  createAccount,
  enterEmail,
  heading,
  mailedLink,
  newAddress,
  PASSWORD,
  signIn,
  signOut,
  signUp,
  submit,
} from './support/people.js';
import { existingAccount } from './support/protected.js';
import { openStage, type Stage } from './support/stage.js';

describe.skipIf(withoutChromium)('accounts', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  it('signs up with a code from the mailbox, signs out, and signs in again', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(stage.url);
    await signUp(stage, page, email);
    await heading(page, 'You are signed in');
    expect(await page.textContent('.identity')).toContain(email);
    await signOut(page);
    expect(await page.textContent('[role=status]')).toContain('You are signed out.');
    await signIn(page, email);
    await heading(page, 'You are signed in');
  });

  it('says that a password is wrong, leads back to the field, and takes the right one', async () => {
    const page = await stage.visit();
    const email = await existingAccount(stage, page);
    await signOut(page);
    await signIn(page, email, 'not the password');
    await page.waitForSelector('.error');
    const field = page.locator('[name=password]');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const described = (await field.getAttribute('aria-describedby')) ?? '';
    expect(await page.textContent(`#${described}`)).toContain('not the password');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
    expect(await page.title()).toBe('Error: Sign in · Foxden');
    await field.fill(PASSWORD);
    await submit(page);
    await heading(page, 'You are signed in');
  });

  it('lets an account that was never confirmed go on later, with a new code', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(stage.url);
    await createAccount(page, email);
    await stage.code(email);
    const later = await stage.visit();
    await later.goto(stage.url);
    await signIn(later, email);
    await later.waitForSelector('[name=code]');
    await later.fill('[name=code]', await stage.code(email, 2));
    await heading(later, 'You are signed in');
  });

  it('is where it was after a reload, without sending another code', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(`${stage.url}/?utm_source=test`);
    await createAccount(page, email);
    await page.reload();
    await page.waitForSelector('[name=code]');
    expect(new URL(page.url()).search).toBe('?utm_source=test');
    await page.fill('[name=code]', await stage.code(email));
    await heading(page, 'You are signed in');
    expect((await stage.mail(email)).headers['x-template-name']).not.toBe(undefined);
  });

  it('says that a code is wrong, and sends a new one when asked', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(stage.url);
    await createAccount(page, email);
    const code = await stage.code(email);
    await page.fill('[name=code]', code === '000000' ? '111111' : '000000');
    await page.waitForSelector('.error');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('code');
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await page.locator('[role=status]', { hasText: 'on its way' }).waitFor();
    await page.fill('[name=code]', await stage.code(email, 2));
    await heading(page, 'You are signed in');
  });

  it('takes a code that is pasted with spaces, without a press of the button', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(stage.url);
    await createAccount(page, email);
    const code = await stage.code(email);
    await page.fill('[name=code]', ` ${code.slice(0, 3)} ${code.slice(3)} `);
    await heading(page, 'You are signed in');
  });

  it('knows in a second tab who is signed in, and in the first who signed out there', async () => {
    const first = await stage.visit();
    const email = await existingAccount(stage, first);
    const second = await stage.tab(first);
    await second.goto(`${stage.url}/signin`);
    await heading(second, 'You are signed in');
    expect(await second.textContent('.identity')).toContain(email);
    await signOut(second);
    await heading(first, 'Sign in or create an account');
  });

  it('notices that the session was ended elsewhere', async () => {
    const page = await stage.visit();
    await existingAccount(stage, page);
    const { sessionToken } = JSON.parse(await page.evaluate(() => localStorage.getItem('foxden.account') ?? '{}'));
    await destroySession(stage.client, sessionToken);
    await page.reload();
    await page.locator('[role=status]', { hasText: 'You were signed out' }).waitFor();
  });

  it('confirms an address by a mailed link, in whichever browser it is opened', async () => {
    const page = await stage.visit();
    const email = newAddress();
    const link = await mailedLink(stage, email);
    await page.goto(link);
    await heading(page, 'Your email address is confirmed');
    await page.goto(stage.url);
    await signIn(page, email);
    await heading(page, 'You are signed in');
  });

  it('goes on by itself when the address was confirmed in another tab', async () => {
    const page = await stage.visit();
    const email = newAddress();
    const link = await mailedLink(stage, email);
    await page.goto(stage.url);
    await signIn(page, email);
    await page.waitForSelector('[name=code]');
    const other = await stage.tab(page);
    await other.goto(link);
    await heading(other, 'Your email address is confirmed');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await heading(page, 'You are signed in');
  });

  it('gives an account of older clients newer credentials, which open the same keys', async () => {
    const page = await stage.visit();
    const email = newAddress();
    const { authPW } = await stretchPasswordV1(email, PASSWORD);
    const { sessionToken } = await stage.client.call(accountCreate, {
      body: { email, authPW: bytesToHex(authPW), verificationMethod: 'email-otp' },
    });
    await verifySessionCode(stage.client, sessionToken, { code: await stage.code(email) });
    const keysOf = async () => {
      const { keyAccess } = await authClientSignIn(stage.client, { email, password: PASSWORD, keys: true });
      return keyAccess === undefined ? undefined : (await accountKeys(stage.client, keyAccess)).kB;
    };
    const statusOf = () => stage.client.call(accountCredentialsStatus, { body: { email } });
    expect(await statusOf()).toEqual({ currentVersion: 'v1', upgradeNeeded: true });
    await page.goto(stage.url);
    await signIn(page, email);
    await heading(page, 'You are signed in');
    expect(await statusOf()).toMatchObject({ currentVersion: 'v2', upgradeNeeded: false });
    const newer = await keysOf();
    const { keyFetchToken = '' } = await stage.client.call(accountLogin, {
      query: { keys: 'true' },
      body: { email, authPW: bytesToHex(authPW) },
    });
    const { unwrapBKey } = await stretchPasswordV1(email, PASSWORD);
    expect(newer).toEqual((await accountKeys(stage.client, { keyFetchToken, unwrapBKey })).kB);
  });

  it('finds the address again when the person goes back', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(stage.url);
    await enterEmail(page, email);
    await page.goBack();
    expect(await page.inputValue('[name=email]')).toBe(email);
    await page.goForward();
    await page.waitForSelector('[name=passwordConfirm]');
  });

  it('sends a form once, however often it is submitted', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(stage.url);
    await enterEmail(page, email);
    let creations = 0;
    await page.route('**/v1/account/create*', (route) => {
      creations += 1;
      return route.continue();
    });
    await page.fill('[name=password]', PASSWORD);
    await page.fill('[name=passwordConfirm]', PASSWORD);
    await page.evaluate(() => {
      for (let times = 0; times < 3; times += 1) document.querySelector('form')?.requestSubmit();
    });
    await page.waitForSelector('[name=code]');
    expect(creations).toBe(1);
  });

  it('keeps the width of the button while it works, and says what it does', async () => {
    const page = await stage.visit();
    const email = await existingAccount(stage, page);
    await signOut(page);
    await enterEmail(page, email);
    await page.route('**/v1/account/login*', () => undefined);
    const button = page.locator('button[type=submit]');
    const before = await button.boundingBox();
    await page.fill('[name=password]', PASSWORD);
    await submit(page);
    await page.waitForSelector('button[aria-disabled=true]');
    expect(await button.boundingBox()).toEqual(before);
    expect(await page.getByRole('button', { name: 'Signing in…' }).count()).toBe(1);
  });

  it('shows and hides what is typed as a password', async () => {
    const page = await stage.visit();
    await page.goto(stage.url);
    await enterEmail(page, newAddress());
    const field = page.locator('[name=password]');
    await page.locator('.reveal').first().click();
    expect(await field.getAttribute('type')).toBe('text');
    await page.locator('.reveal').first().click();
    expect(await field.getAttribute('type')).toBe('password');
  });

  it('refuses a password that everybody tries first', async () => {
    const page = await stage.visit();
    await page.goto(stage.url);
    await enterEmail(page, newAddress());
    await page.fill('[name=password]', 'password1');
    await page.fill('[name=passwordConfirm]', 'password1');
    await submit(page);
    expect(await page.textContent('.error')).toContain('tried first');
  });

  it('lets password managers know what is what', async () => {
    const page = await stage.visit();
    const email = newAddress();
    const autocomplete = (name: string) => page.getAttribute(`[name=${name}]`, 'autocomplete');
    await page.goto(stage.url);
    expect(await autocomplete('email')).toBe('username');
    await enterEmail(page, email);
    expect(await autocomplete('password')).toBe('new-password');
    expect(await page.inputValue('[autocomplete=username]')).toBe(email);
    await page.fill('[name=password]', PASSWORD);
    await page.fill('[name=passwordConfirm]', PASSWORD);
    await submit(page);
    await page.waitForSelector('[name=code]');
    expect(await autocomplete('code')).toBe('one-time-code');
    expect(await page.getAttribute('[name=code]', 'inputmode')).toBe('numeric');
  });

  it('goes on when the server was away for a moment', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(stage.url);
    await page.route('**/v1/account/status', (route) => route.abort());
    await page.fill('[name=email]', email);
    await submit(page);
    await page.locator('[role=alert]', { hasText: 'cannot be reached' }).waitFor();
    await page.unroute('**/v1/account/status');
    await submit(page);
    await page.waitForSelector('[name=passwordConfirm]');
  });

  it('shows the first page within 100 ms, or soon after a line of text where the machine is busy', async () => {
    const page = await stage.visit();
    const firstPaint = async (path: string): Promise<number> => {
      await page.goto(stage.url + path);
      const paint = await page.waitForFunction(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      );
      return Number(await paint.jsonValue());
    };
    const ours: number[] = [];
    const bare: number[] = [];
    for (let visit = 0; visit < 5; visit += 1) {
      ours.push(await firstPaint('/signin'));
      bare.push(await firstPaint('/__version__'));
    }
    expect(Math.min(...ours)).toBeLessThanOrEqual(Math.max(100, 3 * Math.min(...bare)));
  });

  it.each([
    ['a phone', { width: 360, height: 640 }],
    ['a desktop', { width: 1280, height: 800 }],
  ])('moves nothing on the first page once it is shown, on %s', async (_, viewport) => {
    const page = await stage.visit({ viewport });
    const layoutShifts = () =>
      page.evaluate(async () => {
        const values: number[] = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) values.push(Number(entry.toJSON().value));
        }).observe({ type: 'layout-shift', buffered: true });
        // What a frame has moved is reported with the next one.
        for (const _frame of [1, 2, 3]) await new Promise((resolve) => requestAnimationFrame(resolve));
        return values;
      });
    await page.goto(`${stage.url}/signin`);
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'email');
    expect(await layoutShifts()).toEqual([]);
    // The measure itself sees what moves.
    await page.evaluate(() => document.querySelector('main')?.prepend(document.createElement('hr')));
    expect(await layoutShifts()).not.toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(withoutChromium)('a server that confirms every sign-in', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ confirmSignIn: 'always' });
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  it('asks for a code from the mailbox, also after a reload, and then goes on', async () => {
    const page = await stage.visit();
    const email = await existingAccount(stage, page);
    await signOut(page);
    await signIn(page, email);
    await page.waitForURL('**/signin_token_code');
    await page.reload();
    await page.waitForSelector('[name=code]');
    await page.fill('[name=code]', await stage.code(email, 2));
    await heading(page, 'You are signed in');
  });
});
