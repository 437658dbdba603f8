import { profileChanged, setLocale } from '../accounts/index.js';
import type { Context } from '../context.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';

/**
 * Chooses the language of mails to an account, which applications are told as its locale (decision 0020). Whoever has not
 * proven everything must not decide how somebody else is warned of them.
 * @throws what {@link requireVerifiedSession} throws
 */
export async function changeLocale(context: Context, session: Session, locale: string): Promise<void> {
  requireVerifiedSession(session);
  const { uid } = session;
  await context.storage.transaction(async (tx) => {
    await setLocale(tx, uid, locale);
    await profileChanged(context, tx, uid);
  });
  context.notifications.wake();
  context.push.wake();
}
