import type { AccountChange } from '../account/account-change.js';
import type { Services } from '../services.js';

/**
 * Tells a browser that is signed in as this account what has changed of it (webchannel §6.6, §6.8). A new password that
 * leaves the keys as they are comes with the session that it has made; a browser whose keys are void has to sign in again
 * to get others.
 */
export async function tellChange({ openChannel }: Pick<Services, 'openChannel'>, change: AccountChange): Promise<void> {
  // Where no browser listens, or another account is signed in to it, nothing is to be done.
  const channel = await openChannel().catch(() => undefined);
  switch (change.kind) {
    case 'password-changed': {
      const { email, uid, sessionToken } = change.account;
      return channel?.tell('fxaccounts:change_password', { email, uid, sessionToken, verified: true });
    }
    case 'profile-changed':
      return channel?.tell('profile:change', { uid: change.uid });
    case 'signed-out':
      return channel?.tell('fxaccounts:logout', { uid: change.uid });
    case 'deleted':
      return channel?.tell('fxaccounts:delete', { uid: change.uid });
  }
}
