import { signUp as createByApi } from '@foxden/auth-client';
import type { Page } from 'playwright-core';
import type { Stage } from './stage.js';

export const PASSWORD = 'a fox in the den';

let count = 0;

/** An address that no other test has. */
export function newAddress(name = 'rosa'): string {
  count += 1;
  return `${name}${count}@example.org`;
}

export async function submit(page: Page): Promise<void> {
  await page.click('button[type=submit]');
}

/** Enters an address on the first page, and waits for the password to be asked for. */
export async function enterEmail(page: Page, email: string): Promise<void> {
  await page.fill('[name=email]', email);
  await submit(page);
  await page.waitForSelector('[name=password]');
}

/** From the email-first page to the page that asks for the code. */
export async function createAccount(page: Page, email: string, password = PASSWORD): Promise<void> {
  await enterEmail(page, email);
  await page.fill('[name=password]', password);
  await page.fill('[name=passwordConfirm]', password);
  await submit(page);
  await page.waitForSelector('[name=code]');
}

/** From the email-first page to wherever a new account leads. */
export async function signUp(stage: Stage, page: Page, email: string, password = PASSWORD): Promise<void> {
  await createAccount(page, email, password);
  await page.fill('[name=code]', await stage.code(email));
}

/** From the email-first page to wherever a sign-in leads. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await enterEmail(page, email);
  await page.fill('[name=password]', password);
  await submit(page);
}

/** The link that confirms a new account, made by an application that mails links. */
export async function mailedLink(stage: Stage, email = newAddress()): Promise<string> {
  await createByApi(stage.client, { email, password: PASSWORD, verificationMethod: 'email' });
  const link = (await stage.mail(email)).headers['x-link'];
  if (link === undefined) throw new Error('no link in the mail');
  return link;
}

export async function signOut(page: Page): Promise<void> {
  await submit(page);
  await page.waitForSelector('[name=email]');
}

export async function heading(page: Page, text: string): Promise<void> {
  await page.locator('h1', { hasText: text }).waitFor();
}
