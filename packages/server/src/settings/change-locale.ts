import { profileChanged, setLocale } from '../accounts/index.js';
import type { Context } from '../context.js';

/** Chooses the language of mails to an account, which applications are told as its locale (decision NNNN). */
export async function changeLocale(context: Context, uid: string, locale: string): Promise<void> {
  await context.storage.transaction(async (tx) => {
    await setLocale(tx, uid, locale);
    await profileChanged(context, tx, uid);
  });
  context.notifications.wake();
  context.push.wake();
}
