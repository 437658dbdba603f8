import type { Caller, Context } from '../context.js';
import { fromHex } from '../storage/hex.js';
import type { Bytes, Database, SessionRow } from '../storage/index.js';
import { createToken } from '../tokens/index.js';
import type { Session } from './session.js';
import { insertSession } from './store.js';
import { parseUserAgent } from './user-agent.js';

/** How far a new session is verified, and when its person proved the password. */
export interface SessionState {
  readonly createdAt: number;
  readonly authAt: number;
  readonly tokenVerificationId: Bytes | null;
  readonly mustVerify: boolean;
  readonly verificationMethod: number | null;
  readonly verifiedAt: number | null;
}

/** A session that is derived but not yet stored. */
export interface PendingSession {
  /** hex, 64 digits: the answer's `sessionToken`. */
  readonly sessionToken: string;
  readonly row: SessionRow;
  /** Stores it; inside the transaction of what it belongs to. */
  insert(db: Database): Promise<void>;
}

/** Prepares a session. Deriving the token takes a moment, so it happens before the transaction that stores it. */
export async function prepareSession(
  context: Context,
  caller: Caller,
  uid: string,
  state: SessionState,
): Promise<PendingSession> {
  const token = await createToken(context.random, 'sessionToken');
  const row: SessionRow = {
    uid: fromHex(uid),
    tokenHash: token.tokenHash,
    reqHMACkey: token.reqHMACkey,
    createdAt: state.createdAt,
    authAt: state.authAt,
    lastAccessTime: context.clock.now(),
    tokenVerificationId: state.tokenVerificationId,
    mustVerify: state.mustVerify ? 1 : 0,
    verificationMethod: state.verificationMethod,
    verifiedAt: state.verifiedAt,
    ...parseUserAgent(caller.userAgent),
  };
  return { sessionToken: token.token, row, insert: (db) => insertSession(db, row) };
}

/**
 * Prepares a copy of a session for another holder: same creation, proof and verification, with a link code of its own
 * while it is unverified (auth-api §6.7, `/session/duplicate`).
 */
export async function prepareDuplicate(context: Context, caller: Caller, session: Session): Promise<PendingSession> {
  return prepareSession(context, caller, session.uid, {
    createdAt: session.createdAt,
    authAt: session.authAt,
    tokenVerificationId: session.tokenVerified ? null : context.random.bytes(16),
    mustVerify: session.mustVerify,
    verificationMethod: session.verificationMethod,
    verifiedAt: session.verifiedAt,
  });
}
