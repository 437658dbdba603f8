import { destroySession, getSessionStatus, isAuthError } from '@foxden/auth-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newAddress } from '../support/people.js';
import { newPerson, newPersonOfVersion1, storeRecoveryKey } from '../support/protected.js';
import { until } from '../support/until.js';
import { isEngineOn, signOutInFirefox, stateOf, waitForState } from './support/accounts-in-firefox.js';
import { type Firefox, withoutFirefox } from './support/firefox.js';
import { type FirefoxStage, openFirefoxStage } from './support/firefox-stage.js';
import {
  ACTION,
  beginSignIn,
  DONT_SYNC,
  heading,
  provePassword,
  signIn,
  signUp,
  useAnother,
} from './support/people-in-firefox.js';

let stage: FirefoxStage;
let firefox: Firefox;
beforeAll(async () => {
  if (!withoutFirefox) stage = await openFirefoxStage();
});
beforeEach(async () => {
  if (!withoutFirefox) firefox = await stage.firefox();
});
afterEach(async () => {
  if (withoutFirefox) return;
  // Whatever it did, it did here.
  expect(firefox.refused).toEqual([]);
  await firefox.close();
});
afterAll(() => stage?.close());

const NEW_PASSWORD = 'another fox in the den';
const SYNCING = { status: 'signed_in', syncing: true } as const;
const NOT_SYNCING = { status: 'signed_in', syncing: false } as const;

async function isAlive(sessionToken: string | null): Promise<boolean> {
  return getSessionStatus(stage.client, sessionToken ?? '').then(
    () => true,
    (error: unknown) => {
      if (isAuthError(error, 'INVALID_TOKEN')) return false;
      throw error;
    },
  );
}

describe.skipIf(withoutFirefox)('a stock Firefox, with a new account', () => {
  it('syncs what was chosen, and not the two that were declined', async () => {
    const email = newAddress();
    await beginSignIn(firefox);
    await signUp(stage, firefox, email);
    await firefox.click('[name=passwords]');
    await firefox.click('[name=history]');
    await firefox.click(ACTION);
    await heading(firefox, 'This Firefox is syncing');
    await waitForState(firefox, { ...SYNCING, email });
    const engines = ['bookmarks', 'tabs', 'passwords', 'history'];
    expect(await Promise.all(engines.map((engine) => isEngineOn(firefox, engine)))).toEqual([true, true, false, false]);
  });

  it('is signed in without Sync where that was wanted, and syncs later', async () => {
    const email = newAddress();
    await beginSignIn(firefox);
    await signUp(stage, firefox, email);
    await firefox.click(DONT_SYNC);
    await heading(firefox, 'This Firefox is signed in');
    const before = await waitForState(firefox, { ...NOT_SYNCING, email });

    await beginSignIn(firefox);
    await provePassword(firefox);
    await heading(firefox, 'This Firefox is syncing');
    const after = await waitForState(firefox, { ...SYNCING, email });
    expect(await isAlive(before.sessionToken)).toBe(true);
    expect(after.sessionToken).toBe(before.sessionToken);
  });
});

describe.skipIf(withoutFirefox)('a stock Firefox, with an account that there is', () => {
  it.each([[1], [2]] as const)('of version %i goes straight on where Sync was named', async (version) => {
    const { email, uid } = version === 1 ? await newPersonOfVersion1(stage) : await newPerson(stage);
    await beginSignIn(firefox);
    await signIn(firefox, email);
    await heading(firefox, 'This Firefox is syncing');
    await waitForState(firefox, { ...SYNCING, email, uid });
    expect(await isEngineOn(firefox, 'passwords')).toBe(true);
  });

  it('asks whether to sync where nothing was named, and does what it is told', async () => {
    const { email } = await newPerson(stage);
    await beginSignIn(firefox, '');
    await signIn(firefox, email);
    await heading(firefox, 'Sync this device?');
    await firefox.click(DONT_SYNC);
    await heading(firefox, 'This Firefox is signed in');
    await waitForState(firefox, { ...NOT_SYNCING, email });
  });

  it('says nothing of Sync where it is for something else, and then takes one click', async () => {
    const { email } = await newPerson(stage);
    await beginSignIn(firefox, 'relay');
    await signIn(firefox, email);
    await heading(firefox, 'This Firefox is signed in');
    await waitForState(firefox, { ...NOT_SYNCING, email });

    await beginSignIn(firefox, 'vpn');
    await heading(firefox, 'Continue to VPN (Firefox)');
    await firefox.click(ACTION);
    await heading(firefox, 'This Firefox is signed in');
    expect(await stateOf(firefox)).toMatchObject(NOT_SYNCING);
  });
});

describe.skipIf(withoutFirefox)('a stock Firefox that is signed in', () => {
  it('signs out by itself, and its session ends', async () => {
    const { email } = await newPerson(stage);
    await beginSignIn(firefox);
    await signIn(firefox, email);
    const { sessionToken } = await waitForState(firefox, SYNCING);
    await signOutInFirefox(firefox);
    await waitForState(firefox, { status: 'not_configured' });
    expect(await isAlive(sessionToken)).toBe(false);
  });

  it('signs out with the page', async () => {
    const { email } = await newPerson(stage);
    await beginSignIn(firefox);
    await signIn(firefox, email);
    const { sessionToken } = await waitForState(firefox, SYNCING);
    await firefox.open(stage.url);
    await heading(firefox, 'You are signed in');
    await firefox.click(ACTION);
    await waitForState(firefox, { status: 'not_configured' });
    expect(await isAlive(sessionToken)).toBe(false);
  });

  it.each([
    ['goes on syncing', 'sync', SYNCING],
    ['stays without Sync', '', NOT_SYNCING],
  ] as const)('%s after its session has ended and it signed in again', async (_, service, state) => {
    const { email } = await newPerson(stage);
    await beginSignIn(firefox, service);
    await signIn(firefox, email);
    if (service === '') await firefox.click(DONT_SYNC);
    const { sessionToken } = await waitForState(firefox, state);
    await destroySession(stage.client, sessionToken ?? '');
    await beginSignIn(firefox);
    await provePassword(firefox);
    await heading(firefox, 'This Firefox is');
    const again = await waitForState(firefox, { ...state, email });
    expect(again.sessionToken).not.toBe(sessionToken);
  });

  it('stays signed in when the password is reset with the recovery key, by another session', async () => {
    const person = await newPerson(stage);
    const key = await storeRecoveryKey(stage, person);
    await beginSignIn(firefox);
    await signIn(firefox, person.email);
    const before = await waitForState(firefox, SYNCING);
    await firefox.open(`${stage.url}/reset_password?email=${person.email}`);
    await firefox.click(ACTION);
    await firefox.type('[name=code]', await stage.header(person.email, 'x-password-forgot-otp'));
    await firefox.type('[name=recoveryKey]', key);
    await firefox.click(ACTION);
    await firefox.type('[name=password]', NEW_PASSWORD);
    await firefox.type('[name=passwordConfirm]', NEW_PASSWORD);
    await firefox.click(ACTION);
    await heading(firefox, 'You are signed in');
    const after = await until('another session', async () => {
      const state = await stateOf(firefox);
      return state.sessionToken === before.sessionToken ? undefined : state;
    });
    expect(after).toMatchObject({ ...SYNCING, uid: person.uid });
    expect([await isAlive(before.sessionToken), await isAlive(after.sessionToken)]).toEqual([false, true]);
  });

  it('is not signed in as somebody else', async () => {
    const { email, uid } = await newPerson(stage);
    await beginSignIn(firefox);
    await signIn(firefox, email);
    await waitForState(firefox, SYNCING);
    const address = new URL(await firefox.url());
    await firefox.open(
      `${address.origin}/?${new URLSearchParams({ ...Object.fromEntries(address.searchParams), email: 'bo@example.org' })}`,
    );
    await heading(firefox, 'This Firefox is signed in already');
    expect(await stateOf(firefox)).toMatchObject({ uid, status: 'signed_in' });
  });
});

describe.skipIf(withoutFirefox)('a stock Firefox that may hold somebody else’s data', () => {
  it.each([
    ['goes on', true],
    ['goes back', false],
  ])('asks, and %s', async (_, accept) => {
    const first = await newPerson(stage);
    await beginSignIn(firefox, '');
    await signIn(firefox, first.email);
    await firefox.click(DONT_SYNC);
    await waitForState(firefox, NOT_SYNCING);
    await signOutInFirefox(firefox);
    await waitForState(firefox, { status: 'not_configured' });

    const second = await newPerson(stage);
    await beginSignIn(firefox);
    await useAnother(firefox);
    await signIn(firefox, second.email);
    expect(await firefox.answerDialog(accept)).toContain(second.email);
    await heading(firefox, accept ? 'This Firefox is syncing' : 'Sign in or create an account');
    const { email } = await stateOf(firefox);
    expect(email).toBe(accept ? second.email : null);
  });
});
