import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from './support/chromium.js';
import {
  createAccount,
  enterEmail,
  existingAccount,
  heading,
  newAddress,
  PASSWORD,
  signIn,
  signOut,
  signUp,
  submit,
} from './support/people.js';
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
});
