import { markProfileChanged } from '../accounts/index.js';
import type { Context } from '../context.js';
import type { Database } from '../storage/index.js';

/**
 * Every change of a profile ends here, in the transaction of the change: applications that keep a copy are to read it
 * again (oauth-devices §5).
 * @param uid hex, 32 digits
 */
export async function profileChanged({ clock }: Pick<Context, 'clock'>, tx: Database, uid: string): Promise<void> {
  await markProfileChanged(tx, uid, clock.now());
}
