import { accountKeys, getSessionStatus, signIn as signInByApi } from '@foxden/auth-client';
import { createKeysKeyPair, passwordForgotSendCode } from '@foxden/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationUrl, notes } from './support/applications.js';
import { withoutChromium } from './support/chromium.js';
import { enterEmail, heading, signIn, submit } from './support/people.js';
import { backupCodes, newPerson, type Person, storeRecoveryKey, turnTotpOn } from './support/protected.js';
import { openStage, type Stage } from './support/stage.js';

const NEW_PASSWORD = 'another fox in the den';

describe.skipIf(withoutChromium)('a forgotten password', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  /** From the first page to what follows the mailed digits. */
  async function forget(page: Page, { email }: Person, url = stage.url): Promise<void> {
    await page.goto(url);
    await enterEmail(page, email);
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await heading(page, 'Reset your password');
    expect(await page.inputValue('[name=email]')).toBe(email);
    await submit(page);
    await heading(page, 'Enter the code from your email');
    await page.fill('[name=code]', await stage.header(email, 'x-password-forgot-otp'));
  }

  async function choosePassword(page: Page): Promise<void> {
    await heading(page, 'Choose a new password');
    await page.fill('[name=password]', NEW_PASSWORD);
    await page.fill('[name=passwordConfirm]', NEW_PASSWORD);
    await submit(page);
  }

  /** kB as a sign-in with the new password opens it. */
  async function newKeys({ email }: Person): Promise<Uint8Array | undefined> {
    const { keyAccess } = await signInByApi(stage.client, { email, password: NEW_PASSWORD, keys: true });
    return keyAccess && (await accountKeys(stage.client, keyAccess)).kB;
  }

  it('is replaced by digits from the mailbox: signed in here and nowhere else, with new keys', async () => {
    const person = await newPerson(stage);
    const page = await stage.visit();
    await forget(page, person);
    await page.locator('.lead', { hasText: 'cannot be opened any more' }).waitFor();
    await page.reload();
    await choosePassword(page);
    await heading(page, 'You are signed in');
    await page.locator('[role=status]', { hasText: 'Your new password is set' }).waitFor();
    await expect(getSessionStatus(stage.client, person.sessionToken)).rejects.toMatchObject({ status: 401 });
    expect(await newKeys(person)).not.toEqual(person.kB);
  });

  it('keeps kB with the recovery key, which an application opens its data with', async () => {
    const person = await newPerson(stage);
    const key = await storeRecoveryKey(stage, person);
    const page = await stage.visit();
    const { keysJwk } = await createKeysKeyPair();
    await forget(
      page,
      person,
      authorizationUrl(stage.url, notes, { scope: notes.allowedScopes[0], keys_jwk: keysJwk }),
    );
    await heading(page, 'Enter your recovery key');
    await page.fill('[name=recoveryKey]', 'not a key');
    await submit(page);
    await page.locator('.error', { hasText: 'not a recovery key' }).waitFor();
    await page.fill(
      '[name=recoveryKey]',
      key.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    );
    await submit(page);
    await page.locator('.error', { hasText: 'not the recovery key of this account' }).waitFor();
    await page.fill('[name=recoveryKey]', key.toLowerCase().replaceAll(' ', '-'));
    await submit(page);
    await page.locator('.lead', { hasText: 'has opened your data' }).waitFor();
    await choosePassword(page);
    await heading(page, 'Back in the application');
    expect(await newKeys(person)).toEqual(person.kB);
  });

  it('asks for the recovery key once more where the page is loaded again, since what it opens is never stored', async () => {
    const person = await newPerson(stage);
    const key = await storeRecoveryKey(stage, person);
    const page = await stage.visit();
    await forget(page, person);
    for (const then of ['reload', 'go on']) {
      await heading(page, 'Enter your recovery key');
      await page.fill('[name=recoveryKey]', key);
      await submit(page);
      await heading(page, 'Choose a new password');
      if (then === 'reload') await page.reload();
    }
    await choosePassword(page);
    await heading(page, 'You are signed in');
    expect(await newKeys(person)).toEqual(person.kB);
  });

  it('goes on without the recovery key, and says what is lost', async () => {
    const person = await newPerson(stage);
    await storeRecoveryKey(stage, person);
    const page = await stage.visit();
    await forget(page, person);
    await heading(page, 'Enter your recovery key');
    expect(await page.textContent('.ways')).toContain('cannot be opened any more');
    await page.getByRole('link', { name: 'Go on without the key' }).click();
    await page.locator('.lead', { hasText: 'cannot be opened any more' }).waitFor();
    await choosePassword(page);
    await heading(page, 'You are signed in');
    expect(await newKeys(person)).not.toEqual(person.kB);
  });

  it('takes the authenticator, or a backup code in its place, where the account has a second step', async () => {
    for (const kind of ['authenticator', 'backup']) {
      const person = await newPerson(stage);
      const code = await turnTotpOn(stage, person);
      const [backupCode = ''] = await backupCodes(stage, person);
      const page = await stage.visit();
      await forget(page, person);
      await page.waitForURL('**/confirm_totp_reset_password');
      // The address changes first, and the page before has a field of the same name.
      await heading(page, 'authenticator code');
      if (kind === 'authenticator') await page.fill('[name=code]', code());
      else {
        await page.getByRole('link', { name: 'Use a backup code' }).click();
        await page.fill('[name=code]', backupCode);
        await submit(page);
      }
      await choosePassword(page);
      await heading(page, 'You are signed in');
      await page.context().close();
    }
  });

  it('takes the recovery key in place of a lost authenticator', async () => {
    const person = await newPerson(stage);
    const key = await storeRecoveryKey(stage, person);
    await turnTotpOn(stage, person);
    const page = await stage.visit();
    await forget(page, person);
    await heading(page, 'authenticator code');
    await page.getByRole('link', { name: 'Use your recovery key' }).click();
    await heading(page, 'Enter your recovery key');
    await page.fill('[name=recoveryKey]', key);
    await submit(page);
    await choosePassword(page);
    await heading(page, 'You are signed in');
    const later = await stage.visit();
    await later.goto(stage.url);
    await signIn(later, person.email, NEW_PASSWORD);
    await heading(later, 'authenticator code');
  });

  it('is replaced by a mailed link, in whichever browser it is opened, once', async () => {
    const person = await newPerson(stage);
    await stage.client.call(passwordForgotSendCode, { body: { email: person.email } });
    const link = await stage.header(person.email, 'x-link');
    const page = await stage.visit();
    await page.goto(link);
    await choosePassword(page);
    await heading(page, 'You are signed in');
    const again = await stage.visit();
    await again.goto(link);
    await heading(again, 'This link does not work');
    await submit(again);
    await heading(again, 'Reset your password');
  });

  it('says that digits are wrong, sends new ones, and knows an address without an account', async () => {
    const person = await newPerson(stage);
    const page = await stage.visit();
    await page.goto(`${stage.url}/reset_password`);
    await page.fill('[name=email]', 'nobody@example.org');
    await submit(page);
    await page.locator('.error', { hasText: 'no confirmed account' }).waitFor();
    await page.fill('[name=email]', person.email);
    await submit(page);
    await heading(page, 'Enter the code');
    const digits = await stage.header(person.email, 'x-password-forgot-otp');
    await page.fill('[name=code]', digits === '00000000' ? '11111111' : '00000000');
    await page.locator('.error', { hasText: 'wrong or too old' }).waitFor();
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await page.fill('[name=code]', await stage.header(person.email, 'x-password-forgot-otp', 2));
    await heading(page, 'Choose a new password');
  });
});
