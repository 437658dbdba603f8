import type { Caller } from '../context.js';
import type { Database } from '../storage/index.js';
import { findLocale } from './store.js';

/**
 * The languages of mails to an account: those of its person, whoever's request causes the mail; where they are not
 * known, those of the request (decision 0020).
 */
export async function mailLocale(db: Database, uid: string, caller: Caller): Promise<string | undefined> {
  return (await findLocale(db, uid)) ?? caller.acceptLanguage;
}
