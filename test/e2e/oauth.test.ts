import { requestTokens } from '@foxden/auth-client';
import { createKeysKeyPair, openKeysJwe } from '@foxden/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizationUrl, CODE_VERIFIER, NOTES_SCOPE, notes, stranger } from './support/applications.js';
import { withoutChromium } from './support/chromium.js';
import { createAccount, heading, newAddress, PASSWORD, signIn, signOut, signUp, submit } from './support/people.js';
import { existingAccount } from './support/protected.js';
import { openStage, type Stage } from './support/stage.js';

describe.skipIf(withoutChromium)('applications', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });

  /** Waits until the person is back in the application, and gives what they brought along. */
  async function answer(
    page: Page,
    application: { readonly redirectUris: readonly string[] },
  ): Promise<URLSearchParams> {
    const [redirectUri = ''] = application.redirectUris;
    await page.waitForURL((url) => url.href.startsWith(redirectUri));
    return new URL(page.url()).searchParams;
  }

  const redeem = (application: { readonly id: string }, parameters: URLSearchParams) =>
    requestTokens(stage.client, {
      client_id: application.id,
      code: parameters.get('code') ?? '',
      code_verifier: CODE_VERIFIER,
    });

  it('signs a new person up, asks for consent, and gives a stranger what was allowed', async () => {
    const page = await stage.visit();
    const email = newAddress();
    await page.goto(authorizationUrl(stage.url, stranger, { scope: 'openid profile:email profile:avatar' }));
    await signUp(stage, page, email);
    await heading(page, 'Allow');
    const asked = await page.locator('.grants li').allTextContents();
    expect(asked.join('\n')).toContain(email);
    expect(asked).toHaveLength(2);
    await submit(page);
    const parameters = await answer(page, stranger);
    expect(parameters.get('state')).toBe('state of mind');
    const tokens = await redeem(stranger, parameters);
    expect(tokens.scope).toBe('openid profile:email');
  });

  it('takes “not now” for an answer', async () => {
    const page = await stage.visit();
    await existingAccount(stage, page);
    await page.goto(authorizationUrl(stage.url, stranger));
    await submit(page);
    await heading(page, 'Allow');
    await page.getByRole('button', { name: 'Not now' }).click();
    const parameters = await answer(page, stranger);
    expect(Object.fromEntries(parameters)).toEqual({ error: 'access_denied', state: 'state of mind', iss: stage.url });
  });

  it('is one click for somebody who is signed in, at an application that is trusted', async () => {
    const page = await stage.visit();
    await existingAccount(stage, page);
    await page.goto(authorizationUrl(stage.url, notes));
    await heading(page, 'Continue to');
    await submit(page);
    expect((await redeem(notes, await answer(page, notes))).token_type).toBe('bearer');
  });

  it('asks for consent of a trusted application that wishes it', async () => {
    const page = await stage.visit();
    await existingAccount(stage, page);
    await page.goto(authorizationUrl(stage.url, notes, { prompt: 'consent', scope: 'profile' }));
    await submit(page);
    await heading(page, 'Allow');
    await page.reload();
    await heading(page, 'Allow');
    await submit(page);
    expect((await answer(page, notes)).has('code')).toBe(true);
  });

  it('delivers the same end-to-end keys after signing up and after signing in', async () => {
    const parameters = { scope: `profile:uid ${NOTES_SCOPE}` };
    const email = newAddress();
    const keys: unknown[] = [];
    const deliver = async (page: Page, enter: () => Promise<void>) => {
      const { keysJwk, privateKey } = await createKeysKeyPair();
      await page.goto(authorizationUrl(stage.url, notes, { ...parameters, keys_jwk: keysJwk }));
      await enter();
      const { keys_jwe } = await redeem(notes, await answer(page, notes));
      keys.push(await openKeysJwe(privateKey, keys_jwe ?? ''));
    };
    const here = await stage.visit();
    await deliver(here, () => signUp(stage, here, email));
    const elsewhere = await stage.visit();
    await deliver(elsewhere, () => signIn(elsewhere, email));
    await deliver(here, async () => {
      await heading(here, 'Enter your password');
      await here.fill('[name=password]', PASSWORD);
      await submit(here);
    });
    expect(keys[0]).toMatchObject({ [NOTES_SCOPE]: { kty: 'oct', scope: NOTES_SCOPE } });
    expect(keys[1]).toEqual(keys[0]);
    expect(keys[2]).toEqual(keys[0]);
  });

  it('asks for the password again when keys are wanted and the page was loaded anew before the code', async () => {
    const page = await stage.visit();
    const email = newAddress();
    const { keysJwk, privateKey } = await createKeysKeyPair();
    await page.goto(authorizationUrl(stage.url, notes, { scope: NOTES_SCOPE, keys_jwk: keysJwk }));
    await createAccount(page, email);
    await page.reload();
    await page.fill('[name=code]', await stage.code(email));
    await heading(page, 'Enter your password');
    await page.fill('[name=password]', PASSWORD);
    await submit(page);
    const { keys_jwe } = await redeem(notes, await answer(page, notes));
    expect(Object.keys(await openKeysJwe(privateKey, keys_jwe ?? ''))).toEqual([NOTES_SCOPE]);
  });

  it('keeps neither the password nor a key in the storage', async () => {
    const page = await stage.visit();
    const { keysJwk } = await createKeysKeyPair();
    await page.goto(authorizationUrl(stage.url, notes, { scope: NOTES_SCOPE, keys_jwk: keysJwk }));
    await createAccount(page, newAddress());
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    expect(stored).not.toContain(PASSWORD);
    expect(Object.keys(JSON.parse(JSON.parse(stored)[0]['foxden.account'])).sort()).toEqual([
      'authAt',
      'email',
      'sessionToken',
      'uid',
    ]);
  });

  it('keeps every parameter through every step', async () => {
    const page = await stage.visit();
    const email = newAddress();
    const url = authorizationUrl(stage.url, stranger, { utm_source: 'a&b=c', entrypoint: 'menu' });
    const { search } = new URL(url);
    await page.goto(url);
    const searches: string[] = [];
    page.on('framenavigated', (frame) => searches.push(new URL(frame.url()).search));
    await signUp(stage, page, email);
    await heading(page, 'Allow');
    expect(new URL(page.url()).search).toBe(search);
    expect(searches.length).toBeGreaterThanOrEqual(3);
    expect(new Set(searches)).toEqual(new Set([search]));
  });

  it('asks for the password with prompt=login, and with max_age=0', async () => {
    const page = await stage.visit();
    await existingAccount(stage, page);
    for (const parameters of [{ prompt: 'login' }, { max_age: '0' }]) {
      await page.goto(authorizationUrl(stage.url, notes, parameters));
      await heading(page, 'Enter your password');
      await page.fill('[name=password]', PASSWORD);
      await submit(page);
      expect((await answer(page, notes)).has('code')).toBe(true);
    }
  });

  it('lets somebody else sign in instead', async () => {
    const page = await stage.visit();
    const bo = await existingAccount(stage, page, 'bo');
    await signOut(page);
    await existingAccount(stage, page);
    await page.goto(authorizationUrl(stage.url, notes));
    await page.getByText('Use another account').click();
    await signIn(page, bo);
    const parameters = await answer(page, notes);
    expect(parameters.has('code')).toBe(true);
    await page.goto(stage.url);
    await heading(page, 'You are signed in');
    expect(await page.textContent('.identity')).toContain(bo);
  });

  it('goes straight to the password of the person that the application names', async () => {
    const page = await stage.visit();
    const email = await existingAccount(stage, page);
    await signOut(page);
    await page.goto(authorizationUrl(stage.url, notes, { login_hint: email }));
    await page.waitForSelector('[name=password]');
    expect(await page.textContent('.identity')).toContain(email);
  });

  describe('prompt=none', () => {
    it('gives a code without a question to somebody who is signed in', async () => {
      const page = await stage.visit();
      await existingAccount(stage, page);
      await page.goto(authorizationUrl(stage.url, notes, { prompt: 'none' }));
      expect((await redeem(notes, await answer(page, notes))).token_type).toBe('bearer');
    });

    it('answers with an error otherwise', async () => {
      const page = await stage.visit();
      await page.goto(authorizationUrl(stage.url, notes, { prompt: 'none' }));
      expect((await answer(page, notes)).get('error')).toBe('login_required');
    });
  });

  it('gives an application that sent no state none back', async () => {
    const page = await stage.visit();
    await existingAccount(stage, page);
    await page.goto(authorizationUrl(stage.url, notes, { state: undefined }));
    await submit(page);
    expect([...(await answer(page, notes)).keys()]).toEqual(['code', 'iss']);
  });

  it('sends nobody to an address that is not registered', async () => {
    const page = await stage.visit();
    await existingAccount(stage, page);
    await page.goto(
      authorizationUrl(stage.url, notes, { redirect_uri: 'https://evil.example/callback', prompt: 'none' }),
    );
    await heading(page, 'The way back leads elsewhere');
    expect(page.url().startsWith(stage.url)).toBe(true);
  });

  it('tells an application that its request is wrong', async () => {
    const page = await stage.visit();
    await page.goto(authorizationUrl(stage.url, notes, { code_challenge_method: 'plain' }));
    const parameters = await answer(page, notes);
    expect(Object.fromEntries(parameters)).toEqual({
      error: 'invalid_request',
      state: 'state of mind',
      iss: stage.url,
    });
  });

  it('shows a fresh page, not a busy one, to whoever comes back from the application', async () => {
    const page = await stage.visit();
    await existingAccount(stage, page);
    await page.goto(authorizationUrl(stage.url, notes));
    await submit(page);
    await answer(page, notes);
    await page.goBack();
    await heading(page, 'Continue to');
    expect(await page.getAttribute('button[type=submit]', 'aria-disabled')).toBe('false');
  });
});
