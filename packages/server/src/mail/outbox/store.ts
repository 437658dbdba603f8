import { type SqlBool, sql } from 'kysely';
import { type Bytes, type Database, type OutboxRow, prune } from '../../storage/index.js';

/** Writes a mail into the outbox. */
export async function insertMail(db: Database, row: OutboxRow): Promise<void> {
  await db.insertInto('outbox').values(row).execute();
}

/** A mail whose time has come; `nextAttemptAt` is what a claim must still find. */
export interface DueMail {
  readonly id: Bytes;
  readonly nextAttemptAt: number;
}

/** Mails to send now, the longest waiting first. */
export async function findDueMails(db: Database, now: number, limit: number): Promise<DueMail[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'nextAttemptAt'])
    .where('nextAttemptAt', '<=', now)
    .orderBy('nextAttemptAt')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ id, nextAttemptAt }) => (nextAttemptAt === null ? [] : { id, nextAttemptAt }));
}

/** When the next mail is due (milliseconds), or undefined. */
export async function findNextAttempt(db: Database): Promise<number | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('nextAttemptAt')
    .where('nextAttemptAt', 'is not', null)
    .orderBy('nextAttemptAt')
    .limit(1)
    .executeTakeFirst();
  return row?.nextAttemptAt ?? undefined;
}

/**
 * Takes a due mail for this process until a time, counting the attempt. Gives the mail, or undefined when another
 * process was first. A process that dies meanwhile leaves it to be sent again after that time.
 */
export async function claimMail(db: Database, due: DueMail, until: number): Promise<OutboxRow | undefined> {
  return db
    .updateTable('outbox')
    .set((eb) => ({ nextAttemptAt: until, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', due.id)
    .where('nextAttemptAt', '=', due.nextAttemptAt)
    .returningAll()
    .executeTakeFirst();
}

/** A mail that is sent and stays readable. */
export async function markSent(db: Database, id: Bytes, now: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ sentAt: now, nextAttemptAt: null, lastError: null })
    .where('id', '=', id)
    .execute();
}

/** A mail that is sent and of no further use. */
export async function deleteMail(db: Database, id: Bytes): Promise<void> {
  await db.deleteFrom('outbox').where('id', '=', id).execute();
}

/** A mail to try again later. */
export async function postponeMail(db: Database, id: Bytes, nextAttemptAt: number, lastError: string): Promise<void> {
  await db.updateTable('outbox').set({ nextAttemptAt, lastError }).where('id', '=', id).execute();
}

/** A mail that will not be sent: the reason stays, its content with the codes does not. */
export async function giveUpMail(db: Database, id: Bytes, lastError: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ nextAttemptAt: null, lastError, headers: '{}', text: '', html: '' })
    .where('id', '=', id)
    .execute();
}

/** Deletes what is neither waiting nor younger than `before`; gives the number of mails. */
export function deleteOldMails(db: Database, before: number): Promise<number> {
  return prune(db, 'outbox', ['id'], sql<SqlBool>`"nextAttemptAt" is null and "createdAt" < ${before}`);
}

/** Deletes all but the newest mails that are kept for a recipient. */
export async function deleteSurplusMails(db: Database, perRecipient: number): Promise<void> {
  const ranked = db
    .selectFrom('outbox')
    .select(['id', sql<number>`row_number() over (partition by recipient order by id desc)`.as('rank')])
    .where('nextAttemptAt', 'is', null)
    .as('ranked');
  await db
    .deleteFrom('outbox')
    .where('id', 'in', (eb) => eb.selectFrom(ranked).select('ranked.id').where('ranked.rank', '>', perRecipient))
    .execute();
}

/** The newest mails to any of a local part's addresses, oldest first; without a local part, to anybody. */
export async function findMails(db: Database, localPart: string | undefined, limit: number): Promise<OutboxRow[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .$if(localPart !== undefined, (query) => query.where(sentTo(localPart ?? '')))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse();
}

/** Deletes all mails to any of a local part's addresses. */
export async function deleteMailsTo(db: Database, localPart: string): Promise<void> {
  await db.deleteFrom('outbox').where(sentTo(localPart)).execute();
}

function sentTo(localPart: string) {
  const start = `${localPart.toLowerCase()}@`;
  const anywhereInCc = `%${escapeLike(JSON.stringify(start).slice(0, -1))}%`;
  return sql<SqlBool>`
    (lower(recipient) like ${`${escapeLike(start)}%`} escape '\\' or lower(cc) like ${anywhereInCc} escape '\\')`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
