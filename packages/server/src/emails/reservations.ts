import { normalizeEmail } from '@foxden/protocol';
import { type SqlBool, sql } from 'kysely';
import type { Context } from '../context.js';
import { fromHex, toHex } from '../storage/hex.js';
import { type Bytes, type Database, type EmailReservationRow, prune } from '../storage/index.js';

/** How long nobody else can ask for an address that an account asked for. */
const LIFETIME = 60 * 60 * 1000;

/** An address that an account wants to have too, until it is proven. */
export interface Reservation {
  /** hex, 32 digits */
  readonly uid: string;
  readonly email: string;
  /** The digits of its mails are made from it. */
  readonly emailCode: Bytes;
}

function toReservation(row: EmailReservationRow): Reservation {
  return { uid: toHex(row.uid), email: row.email, emailCode: row.emailCode };
}

function living(context: Context, db: Database) {
  return db
    .selectFrom('emailReservations')
    .selectAll()
    .where('createdAt', '>', context.clock.now() - LIFETIME);
}

/** Who has asked for an address, in whatever spelling. */
export async function findReservationHolder(
  context: Context,
  db: Database,
  email: string,
): Promise<Reservation | undefined> {
  const row = await living(context, db).where('normalizedEmail', '=', normalizeEmail(email)).executeTakeFirst();
  return row && toReservation(row);
}

/** An address that this account has asked for. */
export async function findReservation(
  context: Context,
  db: Database,
  uid: string,
  email: string,
): Promise<Reservation | undefined> {
  const found = await findReservationHolder(context, db, email);
  return found?.uid === uid ? found : undefined;
}

/** The addresses that an account has asked for. */
export async function findReservations(context: Context, db: Database, uid: string): Promise<Reservation[]> {
  const rows = await living(context, db).where('uid', '=', fromHex(uid)).orderBy('normalizedEmail').execute();
  return rows.map(toReservation);
}

/**
 * Reserves an address for an account, or lengthens its reservation; the code stays, so that an older mail still works.
 * Undefined when another account has it.
 */
export async function reserveEmail(
  context: Context,
  tx: Database,
  uid: string,
  email: string,
): Promise<Reservation | undefined> {
  const now = context.clock.now();
  const normalizedEmail = normalizeEmail(email);
  await tx
    .deleteFrom('emailReservations')
    .where('normalizedEmail', '=', normalizedEmail)
    .where('createdAt', '<=', now - LIFETIME)
    .execute();
  const row = await tx
    .insertInto('emailReservations')
    .values({ uid: fromHex(uid), email, normalizedEmail, emailCode: context.random.bytes(16), createdAt: now })
    .onConflict((conflict) =>
      conflict
        .column('normalizedEmail')
        .doUpdateSet({ createdAt: now })
        .where('emailReservations.uid', '=', fromHex(uid)),
    )
    .returningAll()
    .executeTakeFirst();
  return row && toReservation(row);
}

/** Consumes a reservation. False when it was consumed or given up meanwhile. */
export async function takeReservation(tx: Database, reservation: Reservation): Promise<boolean> {
  const result = await tx
    .deleteFrom('emailReservations')
    .where('uid', '=', fromHex(reservation.uid))
    .where('normalizedEmail', '=', normalizeEmail(reservation.email))
    .where('emailCode', '=', reservation.emailCode)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deleteReservation(tx: Database, uid: string, email: string): Promise<void> {
  await tx
    .deleteFrom('emailReservations')
    .where('uid', '=', fromHex(uid))
    .where('normalizedEmail', '=', normalizeEmail(email))
    .execute();
}

/** Deletes reservations that have expired. */
export async function pruneReservations(context: Context): Promise<void> {
  const before = context.clock.now() - LIFETIME;
  await prune(
    context.storage.db,
    'emailReservations',
    ['uid', 'normalizedEmail'],
    sql<SqlBool>`"createdAt" <= ${before}`,
  );
}
