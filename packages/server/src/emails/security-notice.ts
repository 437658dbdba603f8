import { mailLocale } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { requireDeliverable, type TemplateName, type TemplateValues } from '../mail/index.js';
import { describeUserAgent, parseUserAgent } from '../sessions/user-agent.js';
import type { Database } from '../storage/index.js';
import { findEmails } from './store.js';

/** Where mails about an account's security go: the primary address, and in copy the other verified ones. */
export interface Recipients {
  readonly to: string;
  readonly cc: readonly string[];
}

/** The recipients of a security notice (auth-api §8), or undefined when there is no such account. */
export async function securityRecipients(db: Database, uid: string): Promise<Recipients | undefined> {
  const emails = await findEmails(db, uid);
  const primary = emails.find(({ isPrimary }) => isPrimary);
  if (primary === undefined) return undefined;
  const others = emails.filter(({ isPrimary, isVerified }) => !isPrimary && isVerified);
  return { to: primary.email, cc: others.map(({ email }) => email) };
}

/** What a mail says about the device that caused it. */
export function causeOf(
  context: Context,
  caller: Caller,
): { readonly device: string | undefined; readonly time: number } {
  return { device: describeUserAgent(parseUserAgent(caller.userAgent)), time: context.clock.now() };
}

/** A mail to all addresses of an account. */
export interface SecurityNotice<N extends TemplateName> {
  readonly uid: string;
  readonly template: N;
  readonly values: TemplateValues[N];
  readonly service?: string | undefined;
  /** The request was for this mail, and is refused when mails to the primary address come back. */
  readonly isAskedFor?: boolean;
}

/**
 * Posts a notice, or a code of a verified account, to the account's verified addresses. Nothing when it went away.
 * @throws what `requireDeliverable` throws, for a mail that is asked for
 */
export async function postSecurityNotice<N extends TemplateName>(
  context: Context,
  db: Database,
  caller: Caller,
  { isAskedFor = false, ...notice }: SecurityNotice<N>,
): Promise<void> {
  const recipients = await securityRecipients(db, notice.uid);
  if (recipients === undefined) return;
  if (isAskedFor) await requireDeliverable(context, db, recipients.to);
  const locale = await mailLocale(db, notice.uid, caller);
  await context.mail.post(db, { ...recipients, ...notice, locale });
}
