import { type BrowserPasswordChange, CONTEXT_DESKTOP_V3 } from '@foxden/protocol';
import type { AccountSession } from './account.js';
import { mayLink, rememberAccount } from './linked-account.js';
import type { BrowserOptions } from './options.js';
import { type Data, optionalHex, optionalText, readChoice, requiredHex, requiredText } from './read-data.js';
import { type PendingServices, servicesOf } from './requested-services.js';

const DONE = { ok: true } as const;

/** `fxaccounts:can_link_account` (webchannel §4). */
export async function canLinkAccount(browser: BrowserOptions, data: Data): Promise<{ readonly ok: boolean }> {
  const candidate = { email: requiredText(data, 'email'), uid: optionalText(data, 'uid') };
  return { ok: await mayLink(browser, candidate) };
}

/**
 * `fxaccounts:login` (webchannel §5.1): takes the session, and enables services at once or, where keys come by OAuth,
 * when the flow is complete. Whoever else was signed in is signed out first.
 */
export async function login(browser: BrowserOptions, pending: PendingServices, data: Data): Promise<typeof DONE> {
  const { account, sync } = browser;
  const session = readSession(data);
  const before = await account.signedInUser();
  if (before !== undefined && before.uid !== session.uid) {
    pending.forget();
    await sync.disable();
    await account.disconnect();
  }
  await account.signIn(session);
  // Older browsers remember only whom they know to be confirmed.
  if (browser.capabilities.can_link_account_uid === true || session.verified) await rememberAccount(browser, session);
  const wasSignedIn = before?.uid === session.uid;
  if (wasSignedIn && browser.loginWhileSignedIn !== 'may-enable-sync') return DONE;
  pending.request(session.uid, servicesOf(browser, data));
  if (browser.context === CONTEXT_DESKTOP_V3) await pending.enable({ hasSyncKey: session.keyFetchToken !== undefined });
  return DONE;
}

/** `fxaccounts:oauth_login` (webchannel §5.2): the keys arrive, so what was asked for is enabled. */
export async function oauthLogin(browser: BrowserOptions, pending: PendingServices, data: Data): Promise<typeof DONE> {
  const { account, capabilities } = browser;
  const before = await account.signedInUser();
  const completed = await account.completeFlow({
    code: requiredText(data, 'code'),
    state: requiredText(data, 'state'),
  });
  const user = await account.signedInUser();
  if (user !== undefined) await rememberAccount(browser, user);
  // Mobile browsers sync always; they are told here what was chosen.
  const choice = readChoice(data, 'offeredSyncEngines', 'declinedSyncEngines');
  if (capabilities.multiService !== true && user !== undefined && (choice !== undefined || before === undefined)) {
    pending.forget();
    pending.request(user.uid, { sync: choice ?? {} });
  }
  await pending.enable(completed);
  return DONE;
}

/** `fxaccounts:change_password` (webchannel §6.6). @throws Error for somebody else's account */
export async function changePassword({ account }: BrowserOptions, data: Data): Promise<typeof DONE> {
  const change: BrowserPasswordChange = readSession(data);
  const user = await account.signedInUser();
  if (user?.uid !== change.uid) throw new Error("The specified credentials aren't for the current user");
  await account.changePassword(change);
  return DONE;
}

/** `fxaccounts:logout` and `fxaccounts:delete` (webchannel §6.8): of somebody else they mean nothing here. */
export async function signOut(
  { account, sync, silent = [] }: BrowserOptions,
  pending: PendingServices,
  data: Data,
): Promise<typeof DONE> {
  const user = await account.signedInUser();
  // Mobile browsers do not compare.
  const isMeant = user !== undefined && (silent.includes('fxaccounts:logout') || user.uid === data['uid']);
  if (isMeant) {
    pending.forget();
    await sync.disable();
    await account.forget();
  }
  return DONE;
}

function readSession(data: Data): AccountSession {
  return {
    email: requiredText(data, 'email'),
    uid: requiredHex(data, 'uid', 32),
    sessionToken: requiredHex(data, 'sessionToken', 64),
    verified: data['verified'] === true,
    keyFetchToken: optionalHex(data, 'keyFetchToken', 64),
    unwrapBKey: optionalHex(data, 'unwrapBKey', 64),
  };
}
