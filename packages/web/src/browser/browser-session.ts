import { type AuthClient, getSessionStatus, isAuthError } from '@foxden/auth-client';
import type { BrowserUser, FxaStatus } from '@foxden/protocol';
import type { PageChannel } from '@foxden/webchannel';
import { keepAccount } from '../account/keep-account.js';
import type { AccountStore } from '../account/stored-account.js';

/**
 * How things stand in the browser. A private window names who is signed in only where Sync is asked for, but the page
 * must know them there too, so it is asked once more (webchannel §3.3, §9.4).
 */
export async function askStatus(
  channel: PageChannel,
  service: string | undefined,
  context: string,
): Promise<FxaStatus> {
  const ask = (as: string | undefined) =>
    channel.ask('fxaccounts:fxa_status', { service: as, context, isPairing: false });
  const status = await ask(service);
  const isWhole = Boolean(status.signedInUser) || service === 'sync';
  return isWhole ? status : { ...status, signedInUser: (await ask('sync')).signedInUser };
}

/**
 * Who is signed in to the browser is signed in to its page, unless they are by another session that lives; gives whether
 * that of the browser still does (webchannel §3.3).
 * @throws AuthClientError when the server cannot be asked
 */
export async function shareSession(
  { client, accounts }: { readonly client: AuthClient; readonly accounts: AccountStore },
  { uid, email, sessionToken }: BrowserUser,
): Promise<boolean> {
  const isTheirs = async (token: string): Promise<boolean> => (await sessionOwner(client, token)) === uid;
  if (!sessionToken || !(await isTheirs(sessionToken))) return false;
  const own = accounts.get();
  if (own?.uid === uid && (own.sessionToken === sessionToken || (await isTheirs(own.sessionToken)))) return true;
  // When its password was proved is not known here.
  keepAccount({ accounts, client }, { uid, email, sessionToken, authAt: 0 });
  return true;
}

/** The uid of whose session it is; undefined when it has ended. */
async function sessionOwner(client: AuthClient, sessionToken: string): Promise<string | undefined> {
  try {
    return (await getSessionStatus(client, sessionToken)).uid;
  } catch (error) {
    if (isAuthError(error, 'INVALID_TOKEN')) return undefined;
    throw error;
  }
}
