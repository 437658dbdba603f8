import type { StoredAccount } from '../account/stored-account.js';
import type { Services } from '../services.js';

/**
 * Gives a browser that is signed in as this account the session that a new password has made (webchannel §6.6). For a
 * password that leaves the keys as they are: a browser whose keys are void has to sign in again to get others.
 */
export async function tellNewSession({ openChannel }: Services, account: StoredAccount): Promise<void> {
  const { email, uid, sessionToken } = account;
  // Where no browser listens, or another account is signed in to it, nothing is to be done.
  const channel = await openChannel().catch(() => undefined);
  channel?.tell('fxaccounts:change_password', { email, uid, sessionToken, verified: true });
}
