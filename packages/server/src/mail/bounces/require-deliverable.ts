import type { AuthErrorName } from '@foxden/protocol';
import type { Context } from '../../context.js';
import { authError } from '../../errors.js';
import type { Database } from '../../storage/index.js';
import { findActiveBounce } from './active-bounce.js';
import type { BounceKind } from './store.js';

const ERRORS: Readonly<Record<BounceKind, AuthErrorName>> = {
  hard: 'EMAIL_HARD_BOUNCED',
  soft: 'EMAIL_SOFT_BOUNCED',
  complaint: 'EMAIL_COMPLAINT',
};

/**
 * Refuses a request for a mail to an address that mails come back from, so that the person learns why none arrives.
 * Not for requests that only happen to send a mail: no sign-in fails because of it.
 * @throws EMAIL_HARD_BOUNCED, EMAIL_SOFT_BOUNCED, EMAIL_COMPLAINT
 */
export async function requireDeliverable(context: Pick<Context, 'clock'>, db: Database, email: string): Promise<void> {
  const bounce = await findActiveBounce(context, db, email);
  if (bounce !== undefined) throw authError(ERRORS[bounce.kind], { bouncedAt: bounce.bouncedAt });
}
