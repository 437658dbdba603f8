import type { Selectable } from 'kysely';
import { deleteDeviceOfSession, deleteDevicesOfSessions } from '../devices/index.js';
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
    .leftJoin('totpTokens', 'totpTokens.uid', 'sessions.uid')
    .select(COLUMNS)
    .select(['accounts.profileChangedAt', 'accounts.keysChangedAt', 'accounts.verifierSetAt'])
    .select(['emails.email', 'emails.isVerified'])
    .select('totpTokens.createdAt as totpSince')
    .where('sessions.tokenHash', '=', tokenHash),
);

/**
 * The session of a presented token, joined with its account. The join reads tables of other domains, the one
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
  totpSince: number | null;
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
    accountAal: row.totpSince === null ? 1 : 2,
    profileChangedAt: row.profileChangedAt,
    keysChangedAt: row.keysChangedAt,
    verifierSetAt: row.verifierSetAt,
  };
}

/** How many sessions an account has. */
export async function countSessions(db: Database, uid: string): Promise<number> {
  const row = await db
    .selectFrom('sessions')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('uid', '=', fromHex(uid))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** A session as its account's list shows it. */
export interface ListedSession extends Pick<Session, 'tokenHash' | 'createdAt' | 'lastAccessTime'> {
  readonly userAgent: UserAgent;
}

/** Every session of an account, the one used last first; also those that have expired and were not used since. */
export async function listSessions(db: Database, uid: string): Promise<ListedSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['tokenHash', 'createdAt', 'lastAccessTime'])
    .select(['uaBrowser', 'uaBrowserVersion', 'uaOS', 'uaOSVersion', 'uaDeviceType', 'uaFormFactor'])
    .where('uid', '=', fromHex(uid))
    .orderBy('lastAccessTime', 'desc')
    .orderBy('tokenHash')
    .execute();
  return rows.map(({ tokenHash, createdAt, lastAccessTime, ...userAgent }) => {
    return { tokenHash, createdAt, lastAccessTime, userAgent };
  });
}

/** Deletes one session of an account, and its device. False when there was none. */
export async function deleteSession(db: Database, uid: string, tokenHash: Bytes): Promise<boolean> {
  await deleteDeviceOfSession(db, uid, tokenHash);
  const result = await db
    .deleteFrom('sessions')
    .where('uid', '=', fromHex(uid))
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Deletes every session of an account, and their devices. */
export async function deleteSessions(db: Database, uid: string): Promise<void> {
  await deleteDevicesOfSessions(db, uid);
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

/** Marks one session as verified by a method, whatever it was before. False when the session is gone. */
export async function markSessionVerified(
  db: Database,
  session: Session,
  method: number,
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set({ tokenVerificationId: null, verificationMethod: method, verifiedAt: now })
    .where('uid', '=', fromHex(session.uid))
    .where('tokenHash', '=', session.tokenHash)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

const selectTotp = prepare((db, uid: Bytes) => db.selectFrom('totpTokens').select('createdAt').where('uid', '=', uid));

/** What an account asks of its sessions: 2 while two-step authentication is on. Reads what the join above reads. */
export async function findAccountAal(db: Database, uid: string): Promise<1 | 2> {
  return (await selectTotp(db, fromHex(uid))).rows.length === 0 ? 1 : 2;
}

/** From now on no session of the account may be used before it is verified. */
export async function demandVerification(db: Database, uid: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ mustVerify: 1 })
    .where('uid', '=', fromHex(uid))
    .where('tokenVerificationId', 'is not', null)
    .execute();
}

/** Records a repeated proof of the password; with a `tokenVerificationId` the session waits to be verified again. */
export async function updateAuthentication(
  db: Database,
  session: Session,
  changes: Pick<SessionRow, 'authAt' | 'mustVerify'> & Partial<Pick<SessionRow, 'tokenVerificationId'>>,
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
