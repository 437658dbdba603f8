import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationUrl, stranger } from './support/applications.js';
import { withoutChromium } from './support/chromium.js';
import { heading, signIn, submit } from './support/people.js';
import { newPerson, turnTotpOn } from './support/protected.js';
import { openStage, type Stage } from './support/stage.js';

/** What people do in them is in `settings/tasks.ts`; here is what else is to be seen. */
describe.skipIf(withoutChromium)('the settings', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  /** Somebody who has signed in to reach a page of the settings, and was led to it. */
  async function visitSettings(path = '', title = 'Your account'): Promise<Page> {
    const { email } = await newPerson(stage, 'sam');
    const page = await stage.visit();
    await page.goto(`${stage.url}/settings${path}`);
    await signIn(page, email);
    await heading(page, title);
    expect(new URL(page.url()).pathname).toBe(`/settings${path}`);
    return page;
  }

  const told = (page: Page, text: string) => page.locator('[role=status]', { hasText: text }).waitFor();

  it('want the second step first from a session that has not taken it', async () => {
    const person = await newPerson(stage);
    const code = await turnTotpOn(stage, person);
    const page = await stage.visit();
    await page.goto(`${stage.url}/settings/clients`);
    await signIn(page, person.email);
    await heading(page, 'authenticator code');
    await page.goto(`${stage.url}/settings/clients`);
    await heading(page, 'authenticator code');
    await page.fill('[name=code]', code());
    await heading(page, 'Connected services');
  });

  it('give backup codes as a file', async () => {
    const person = await newPerson(stage);
    const code = await turnTotpOn(stage, person);
    const page = await stage.visit();
    await page.goto(`${stage.url}/settings/two_step_authentication/replace_codes`);
    await signIn(page, person.email);
    await page.fill('[name=code]', code());
    await page.getByRole('button', { name: 'Replace backup codes' }).click();
    await heading(page, 'Confirm that it is you');
    await page.fill('[name=code]', await stage.header(person.email, 'x-account-change-verify-code'));
    await heading(page, 'Keep your backup codes');
    const shown = await page.locator('.codes li').allTextContents();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('backup-codes.txt');
    expect(await readFile(await (await download).path(), 'utf8')).toBe(`${shown.join('\n')}\n`);
  });

  it('take away from an application what it was allowed, and no more', async () => {
    const page = await visitSettings();
    await page.goto(authorizationUrl(stage.url, stranger, { scope: 'profile:email profile:display_name' }));
    await submit(page);
    await heading(page, 'Allow');
    await submit(page);
    await heading(page, 'Back in the application');
    await page.goto(`${stage.url}/settings/clients`);
    await page.getByRole('button', { name: /See your display name/ }).click();
    await told(page, 'taken away from');
    expect(await page.getByRole('button', { name: /See your display name/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /See your email/ }).count()).toBe(1);
  });

  it('tell what happened, and keep the choice about usage data', async () => {
    const page = await visitSettings('/recent_activity', 'Recent activity');
    await page.locator('.entry', { hasText: 'Account made' }).waitFor();
    await page.getByRole('link', { name: 'All settings' }).click();
    await page.getByRole('button', { name: 'Refuse usage data' }).click();
    await told(page, 'not to be collected');
    await page.reload();
    await page.getByRole('button', { name: 'Allow usage data' }).waitFor();
  });

  it('lead to the sign-in when the session ends elsewhere', async () => {
    const page = await visitSettings();
    // Until the page has read all it shows, it would notice by itself.
    await page.locator('.row-state', { hasText: 'Off' }).first().waitFor();
    await page.evaluate(() => {
      const account = JSON.parse(localStorage.getItem('foxden.account') ?? '{}');
      localStorage.setItem('foxden.account', JSON.stringify({ ...account, sessionToken: '00'.repeat(32) }));
    });
    await page.goto(`${stage.url}/settings/clients`);
    await page.locator('[role=status]', { hasText: 'You were signed out' }).waitFor();
  });
});
