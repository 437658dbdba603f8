import { destroySession } from '@foxden/auth-client';
import type { Services } from '../services.js';
import type { StoredAccount } from './stored-account.js';

/** Makes this the account of the browser. The session of the one before is ended, since nobody could find it again. */
export function keepAccount({ accounts, client }: Pick<Services, 'accounts' | 'client'>, account: StoredAccount): void {
  const before = accounts.get();
  accounts.set(account);
  if (before === undefined || before.sessionToken === account.sessionToken) return;
  // Nothing depends on it: a session that cannot be ended now ends by its age.
  destroySession(client, before.sessionToken).catch(() => undefined);
}
