import type { AccountContext } from '../../src/account-context.js';
import type { FirefoxAccount } from '../../src/index.js';

/** What the operations of an account work on, for tests of what has no public name. */
export function contextOf(account: FirefoxAccount): AccountContext {
  return (account as unknown as { context: AccountContext }).context;
}
