import {
  type AuthClient,
  accountExists,
  destroySession,
  getRecoveryKeyStatus,
  getSessionStatus,
  getTotpStatus,
  isAuthError,
  signIn,
  verifySessionTotp,
} from '@foxden/auth-client';
import { TOTP } from 'otpauth';
import { expect } from 'vitest';
import type { AccountsServer } from '../support/accounts-server.js';
import { newAddress } from '../support/people.js';
import { until } from '../support/until.js';
import type { Hand } from './support/hand.js';

/** Somebody who is signed in, before their settings. A task notes what it has changed of them. */
export interface Visit {
  readonly server: AccountsServer;
  readonly hand: Hand;
  readonly uid: string;
  email: string;
  password: string;
  displayName: string | null;
  /** A picture, and what is none, as files. */
  readonly files: { readonly picture: string; readonly other: string };
  /** Opens the settings, without a word about who it is. */
  openSettings(): Promise<void>;
}

/** What people do in the settings, each by whichever hand, from their first page to the proof that it is done. */
export interface Task {
  readonly name: string;
  readonly do: (visit: Visit) => Promise<void>;
  /** What a browser is afterwards that was signed in. */
  readonly leaves: 'signed in' | 'signed in by another session' | 'signed out';
}

const STEP = 30_000;

async function enter(visit: Visit, section: string, heading = section): Promise<void> {
  await visit.openSettings();
  await visit.hand.arrives('Your account');
  await visit.hand.press(section);
  await visit.hand.arrives(heading);
}

/** Enters the digits that a change waits for, the newest that were mailed for one. */
async function confirmByMail({ server, hand, email }: Visit, mails = 1): Promise<void> {
  await hand.arrives('Confirm that it is you');
  await hand.write('Code', await server.header(email, 'x-account-change-verify-code', mails));
}

/** Another sign-in of the same person, by an application, as long as it is looked at. */
async function elsewhere<T>(
  { server, email, password }: Visit,
  look: (client: AuthClient, sessionToken: string) => Promise<T>,
): Promise<T> {
  const { sessionToken } = await signIn(server.client, { email, password });
  try {
    return await look(server.client, sessionToken);
  } finally {
    await destroySession(server.client, sessionToken);
  }
}

function isAlive({ server }: Visit, sessionToken: string): Promise<boolean> {
  return getSessionStatus(server.client, sessionToken).then(
    () => true,
    (error: unknown) => {
      if (isAuthError(error, 'INVALID_TOKEN')) return false;
      throw error;
    },
  );
}

async function setNameAndPicture(visit: Visit): Promise<void> {
  const { hand, files } = visit;
  const displayName = 'Sam Reed';
  await enter(visit, 'Name and picture');
  await hand.write('Name', displayName);
  await hand.press('Save name');
  await hand.sees('Your name is saved');
  visit.displayName = displayName;
  await hand.attach('Choose a picture', files.picture);
  await hand.sees('Your picture is set');
  await hand.attach('Choose a picture', files.other);
  await hand.sees('This picture cannot be taken');
  await hand.press('Remove picture');
  await hand.sees('Your picture is removed');
  await enter(visit, 'Name and picture');
  await until('the name', async () => ((await hand.valueOf('Name')) === displayName ? true : undefined));
}

async function chooseLanguage(visit: Visit): Promise<void> {
  const { hand, server, email } = visit;
  await enter(visit, 'Language');
  await hand.pick('العربية');
  await hand.press('Save language');
  await hand.arrives('اللغة');
  await hand.sees('حُفظت لغتك');
  expect(await hand.reads('html[lang=ar][dir=rtl] h1')).toBe('اللغة');
  const mails = async () => (await server.mail(email)).headers;
  await elsewhere(visit, async () => {
    await until('a mail in Arabic', async () => ((await mails())['content-language'] === 'ar' ? true : undefined));
  });
  await hand.pick('كما في هذا المتصفح');
  await hand.press('حفظ اللغة');
  await hand.arrives('Language');
  await hand.sees('Your language is saved');
}

async function turnTwoStepOnAndOff(visit: Visit): Promise<void> {
  const { hand } = visit;
  const scanned = async () => {
    await hand.arrives('Scan this with your authenticator');
    expect(await hand.reads('svg.qr[aria-label]')).toBe('');
    return new TOTP({ secret: (await hand.reads('.secret')).replaceAll(' ', '') });
  };
  const backupCodes = async () => {
    await hand.arrives('Keep your backup codes');
    const codes = (await hand.reads('.codes')).match(/.{10}/g);
    await hand.press('I have kept them');
    return new Set(codes);
  };
  /** Each code works once, so those of the next half minute are left for proofs. */
  const works = (authenticator: TOTP) =>
    elsewhere(visit, (client, sessionToken) =>
      verifySessionTotp(client, sessionToken, { code: authenticator.generate({ timestamp: Date.now() + STEP }) }),
    );
  const isOn = () =>
    elsewhere(visit, async (client, sessionToken) => (await getTotpStatus(client, { sessionToken })).verified);

  await enter(visit, 'Two-step sign-in');
  await hand.press('Turn on');
  await confirmByMail(visit);
  const first = await scanned();
  await hand.write('Code of the app', '000000');
  await hand.sees('wrong or too old');
  await hand.write('Code of the app', first.generate());
  const codes = await backupCodes();
  expect(codes.size).toBe(8);
  await hand.press('Replace backup codes');
  expect([...(await backupCodes())].filter((code) => codes.has(code))).toEqual([]);

  await hand.press('Use another authenticator');
  const second = await scanned();
  expect(second.secret.base32).not.toBe(first.secret.base32);
  expect([await isOn(), await works(first)]).toEqual([true, true]);
  await hand.write('Code of the app', second.generate());
  await hand.sees('only the new authenticator');
  expect([await works(first), await works(second)]).toEqual([false, true]);

  await hand.press('Turn off');
  await hand.sees('Two-step sign-in is off');
  expect(await isOn()).toBe(false);
}

async function changeMainAddress(visit: Visit): Promise<void> {
  const { hand, server } = visit;
  const second = newAddress('second');
  await enter(visit, 'Email addresses');
  await hand.write('Another address', second);
  await hand.press('Add address');
  await confirmByMail(visit);
  await hand.arrives('Enter the code from your email');
  await hand.write('Code', await server.code(second));
  await hand.sees(`${second} now belongs to your account`);
  await hand.press('Make main address');
  await hand.sees(`From now on you sign in with ${second}`);
  visit.email = second;
  await hand.press('Remove');
  await hand.sees('does not belong to your account any more');
  await enter(visit, 'Email addresses');
  await hand.sees('Main address');
  expect(await hand.counts('Remove')).toBe(0);
  await elsewhere(visit, async () => undefined);
}

async function makeAndDeleteRecoveryKey(visit: Visit): Promise<void> {
  const { hand } = visit;
  const exists = () =>
    elsewhere(visit, async (client, sessionToken) => (await getRecoveryKeyStatus(client, { sessionToken })).exists);
  await enter(visit, 'Recovery key');
  await hand.write('Password', visit.password);
  await hand.press('Make a recovery key');
  await confirmByMail(visit);
  await hand.arrives('Keep your recovery key');
  expect(await hand.reads('.codes')).toMatch(/^A\w{3}( \w{4}){7}$/);
  await hand.write('Where do you keep it?', 'desk drawer');
  await hand.press('I have kept it');
  await hand.sees('Your recovery key is in use');
  expect(await exists()).toBe(true);
  await enter(visit, 'Recovery key');
  await hand.sees('“desk drawer”');
  await hand.press('Delete recovery key');
  await confirmByMail(visit, 2);
  await hand.sees('The recovery key is deleted');
  expect(await exists()).toBe(false);
}

async function disconnectOthers(visit: Visit): Promise<void> {
  const { hand, server, email, password } = visit;
  const { sessionToken } = await signIn(server.client, { email, password });
  await enter(visit, 'Connected services');
  await hand.sees('This browser, now');
  for (let others = await hand.counts('Disconnect'); others > 0; others -= 1) {
    await hand.press('Disconnect');
    await until('one less', async () => ((await hand.counts('Disconnect')) < others ? true : undefined));
    await hand.sees('is disconnected');
  }
  expect(await isAlive(visit, sessionToken)).toBe(false);
}

async function changePassword(visit: Visit): Promise<void> {
  const { hand, server, email, password } = visit;
  const { sessionToken } = await signIn(server.client, { email, password });
  const next = 'another fox in the den';
  await enter(visit, 'Password', 'Change your password');
  await hand.write('Present password', 'not the password');
  await hand.write('New password', next);
  await hand.write('New password again', next);
  await hand.press('Change password');
  await hand.sees('not your present password');
  await hand.write('Present password', password);
  await hand.press('Change password');
  await hand.arrives('Your account');
  await hand.sees('Your password is changed');
  visit.password = next;
  expect(await isAlive(visit, sessionToken)).toBe(false);
  await visit.openSettings();
  await hand.arrives('Your account');
  await elsewhere(visit, async () => undefined);
}

async function deleteAccount(visit: Visit): Promise<void> {
  const { hand, server, uid, password } = visit;
  await enter(visit, 'Delete account', 'Delete your account');
  await hand.sees('The connection of');
  await hand.write('Password', 'not the password');
  await hand.press('Delete account');
  await hand.sees('not the password of this account');
  expect(await accountExists(server.client, uid)).toBe(true);
  await hand.write('Password', password);
  await hand.press('Delete account');
  await hand.sees('Your account is deleted');
  expect(await accountExists(server.client, uid)).toBe(false);
}

export const tasks: readonly Task[] = [
  { name: 'set a name and a picture', do: setNameAndPicture, leaves: 'signed in' },
  { name: 'choose a language for pages and mails', do: chooseLanguage, leaves: 'signed in' },
  {
    name: 'turn two-step sign-in on, replace codes and authenticator, turn it off',
    do: turnTwoStepOnAndOff,
    leaves: 'signed in',
  },
  { name: 'add an address, make it the main one, remove the other', do: changeMainAddress, leaves: 'signed in' },
  { name: 'make a recovery key with a hint, and delete it', do: makeAndDeleteRecoveryKey, leaves: 'signed in' },
  { name: 'disconnect whatever else is signed in', do: disconnectOthers, leaves: 'signed in' },
  { name: 'change the password', do: changePassword, leaves: 'signed in by another session' },
  { name: 'delete the account', do: deleteAccount, leaves: 'signed out' },
];
