import type { Selectable } from 'kysely';
import { deleteDeviceOfSession, deleteDevicesOfSessions } from '../devices/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database, SessionRow } from '../storage/index.js';
import { type Session, sessionAal, sessionAmr } from './session.js';
import type { UserAgent } from './user-agent.js';

const COLUMNS = [
  'sessions.uid',
  'sessions.tokenHash',
  'sessions.reqHMACkey',
  'sessions.createdAt',
  'sessions.authAt',
  'sessions.lastAccessTime',
  'sessions.tokenVerificationId',
  'sessions.mustVerify',
  'sessions.verificationMethod',
  'sessions.verifiedAt',
  'sessions.uaBrowser',
  'sessions.uaBrowserVersion',
  'sessions.uaOS',
  'sessions.uaOSVersion',
  'sessions.uaDeviceType',
  'sessions.uaFormFactor',
] as const;

export async function insertSession(db: Database, row: SessionRow): Promise<void> {
  await db.insertInto('sessions').values(row).execute();
}

/**
 * The session of a presented token, joined with its account and its device. The join reads tables of other domains, the one
 * exception to "no domain reads another's tables": every authenticated request comes through here.
 */
export async function findSession(db: Database, tokenHash: Bytes): Promise<Session | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.uid', 'sessions.uid')
    .innerJoin('emails', (join) => join.onRef('emails.uid', '=', 'sessions.uid').on('emails.isPrimary', '=', 1))
    .leftJoin('devices', (join) =>
      join.onRef('devices.uid', '=', 'sessions.uid').onRef('devices.sessionTokenHash', '=', 'sessions.tokenHash'),
    )
    .select(COLUMNS)
    .select(['accounts.profileChangedAt', 'accounts.keysChangedAt', 'accounts.verifierSetAt'])
    .select(['emails.email', 'emails.isVerified'])
    .select('devices.id as deviceId')
    .where('sessions.tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return row === undefined ? undefined : toSession(row);
}

type JoinedRow = Selectable<SessionRow> & {
  profileChangedAt: number;
  keysChangedAt: number;
  verifierSetAt: number;
  email: string;
  isVerified: number;
  deviceId: Bytes | null;
};

function toSession(row: JoinedRow): Session {
  const tokenVerified = row.tokenVerificationId === null;
  const amr = sessionAmr({ tokenVerified, verificationMethod: row.verificationMethod });
  return {
    uid: toHex(row.uid),
    tokenHash: row.tokenHash,
    reqHMACkey: row.reqHMACkey,
    createdAt: row.createdAt,
    authAt: row.authAt,
    lastAccessTime: row.lastAccessTime,
    mustVerify: row.mustVerify === 1,
    tokenVerificationId: row.tokenVerificationId,
    tokenVerified,
    verificationMethod: row.verificationMethod,
    verifiedAt: row.verifiedAt,
    userAgent: userAgentOf(row),
    deviceId: row.deviceId === null ? null : toHex(row.deviceId),
    email: row.email,
    emailVerified: row.isVerified === 1,
    amr,
    aal: sessionAal(amr),
    profileChangedAt: row.profileChangedAt,
    keysChangedAt: row.keysChangedAt,
    verifierSetAt: row.verifierSetAt,
  };
}

function userAgentOf(row: Selectable<SessionRow>): UserAgent {
  const { uaBrowser, uaBrowserVersion, uaOS, uaOSVersion, uaDeviceType, uaFormFactor } = row;
  return { uaBrowser, uaBrowserVersion, uaOS, uaOSVersion, uaDeviceType, uaFormFactor };
}

/** A session as its account's list shows it. */
export type ListedSession = Pick<Session, 'tokenHash' | 'createdAt' | 'lastAccessTime' | 'userAgent'>;

/** Every session of an account, also those that have expired and were not used since. */
export async function listSessions(db: Database, uid: string): Promise<ListedSession[]> {
  const rows = await db.selectFrom('sessions').select(COLUMNS).where('uid', '=', fromHex(uid)).execute();
  return rows.map((row) => ({
    tokenHash: row.tokenHash,
    createdAt: row.createdAt,
    lastAccessTime: row.lastAccessTime,
    userAgent: userAgentOf(row),
  }));
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
