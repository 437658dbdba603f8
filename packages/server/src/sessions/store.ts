import type { Selectable } from 'kysely';
import { fromHex, toHex } from '../storage/hex.js';
import { type Bytes, type Database, prepare, type SessionRow } from '../storage/index.js';
import { type Session, sessionAal, sessionAmr } from './session.js';
import type { UserAgent } from './user-agent.js';

/** Every request of a signed-in person reads these: who the session was made by is left to lists of sessions. */
const COLUMNS = [
  'sessions.uid',
  'sessions.reqHMACkey',
  'sessions.createdAt',
  'sessions.authAt',
  'sessions.lastAccessTime',
  'sessions.tokenVerificationId',
  'sessions.mustVerify',
  'sessions.verificationMethod',
  'sessions.verifiedAt',
] as const;

export async function insertSession(db: Database, row: SessionRow): Promise<void> {
  await db.insertInto('sessions').values(row).execute();
}

const selectByTokenHash = prepare((db, tokenHash: Bytes) =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.uid', 'sessions.uid')
    .innerJoin('emails', (join) => join.onRef('emails.uid', '=', 'sessions.uid').on('emails.isPrimary', '=', 1))
    .select(COLUMNS)
    .select(['accounts.profileChangedAt', 'accounts.keysChangedAt', 'accounts.verifierSetAt'])
    .select(['emails.email', 'emails.isVerified'])
    .where('sessions.tokenHash', '=', tokenHash),
);

/**
 * The session of a presented token, joined with its account. The join reads two tables of other domains, the one
 * exception to "no domain reads another's tables": every authenticated request comes through here.
 */
export async function findSession(db: Database, tokenHash: Bytes): Promise<Session | undefined> {
  const [row] = (await selectByTokenHash(db, tokenHash)).rows;
  return row === undefined ? undefined : toSession(tokenHash, row);
}

type JoinedRow = Omit<Selectable<SessionRow>, 'tokenHash' | keyof UserAgent> & {
  profileChangedAt: number;
  keysChangedAt: number;
  verifierSetAt: number;
  email: string;
  isVerified: number;
};

function toSession(tokenHash: Bytes, row: JoinedRow): Session {
  const tokenVerified = row.tokenVerificationId === null;
  const amr = sessionAmr({ tokenVerified, verificationMethod: row.verificationMethod });
  return {
    uid: toHex(row.uid),
    tokenHash,
    reqHMACkey: row.reqHMACkey,
    createdAt: row.createdAt,
    authAt: row.authAt,
    lastAccessTime: row.lastAccessTime,
    mustVerify: row.mustVerify === 1,
    tokenVerificationId: row.tokenVerificationId,
    tokenVerified,
    verificationMethod: row.verificationMethod,
    verifiedAt: row.verifiedAt,
    email: row.email,
    emailVerified: row.isVerified === 1,
    amr,
    aal: sessionAal(amr),
    profileChangedAt: row.profileChangedAt,
    keysChangedAt: row.keysChangedAt,
    verifierSetAt: row.verifierSetAt,
  };
}

/** Deletes one session of an account. False when there was none. */
export async function deleteSession(db: Database, uid: string, tokenHash: Bytes): Promise<boolean> {
  const result = await db
    .deleteFrom('sessions')
    .where('uid', '=', fromHex(uid))
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deleteSessions(db: Database, uid: string): Promise<void> {
  await db.deleteFrom('sessions').where('uid', '=', fromHex(uid)).execute();
}

/** Marks the session that waits for this link code as verified. False when none does. */
export async function markSessionsVerified(
  db: Database,
  uid: string,
  tokenVerificationId: Bytes,
  method: number,
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set({ tokenVerificationId: null, verificationMethod: method, verifiedAt: now })
    .where('uid', '=', fromHex(uid))
    .where('tokenVerificationId', '=', tokenVerificationId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Records a repeated proof of the password. */
export async function updateAuthentication(
  db: Database,
  session: Session,
  changes: Pick<SessionRow, 'authAt' | 'mustVerify'>,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set(changes)
    .where('uid', '=', fromHex(session.uid))
    .where('tokenHash', '=', session.tokenHash)
    .execute();
}

export async function touchSession(db: Database, session: Session, now: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ lastAccessTime: now })
    .where('uid', '=', fromHex(session.uid))
    .where('tokenHash', '=', session.tokenHash)
    .execute();
}
