import type { Caller, Context } from '../context.js';
import { causeOf, postSecurityNotice } from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent, type SecurityEventName } from '../security/index.js';
import { requireProvenFactor, requireVerifiedSession, type Session } from '../sessions/index.js';
import type { Database } from '../storage/index.js';
import { createBackupCodes, hashBackupCode } from './backup-codes.js';
import { replaceCodes } from './store/backup-codes.js';
import { findTotpToken } from './store/totp-tokens.js';

/**
 * Replaces the backup codes by new ones and gives them, this once (auth-api §6.11, GET `/recoveryCodes`).
 * @throws what {@link requireProvenFactor} throws
 */
export async function replaceBackupCodes(context: Context, caller: Caller, session: Session): Promise<string[]> {
  requireProvenFactor(session);
  const codes = createBackupCodes(context);
  await storeAndTell(context, caller, session, codes, 'account.recovery_codes_replaced');
  return codes;
}

/**
 * Replaces the backup codes by the client's (auth-api §6.11, PUT `/recoveryCodes`).
 * @throws INVALID_PARAMETER for a code twice, what {@link requireProvenFactor} throws
 */
export async function updateBackupCodes(
  context: Context,
  caller: Caller,
  session: Session,
  codes: readonly string[],
): Promise<void> {
  requireProvenFactor(session);
  await storeAndTell(context, caller, session, codes, 'account.recovery_codes_set');
}

/**
 * Sets the backup codes that will work once the authenticator is set up (auth-api §6.11, POST `/recoveryCodes`).
 * @throws TOTP_EXISTS when two-step authentication is on, INVALID_PARAMETER for a code twice, what
 *   {@link requireVerifiedSession} throws
 */
export async function createFirstBackupCodes(
  context: Context,
  caller: Caller,
  session: Session,
  codes: readonly string[],
): Promise<void> {
  requireVerifiedSession(session);
  await context.storage.transaction(async (tx) => {
    if ((await findTotpToken(tx, session.uid)) !== undefined) throw authError('TOTP_EXISTS');
    await store(context, tx, caller, session, codes, 'account.recovery_codes_created');
  });
}

async function storeAndTell(
  context: Context,
  caller: Caller,
  session: Session,
  codes: readonly string[],
  event: SecurityEventName,
): Promise<void> {
  await context.storage.transaction(async (tx) => {
    await store(context, tx, caller, session, codes, event);
    const values = causeOf(context, caller);
    await postSecurityNotice(context, tx, caller, { uid: session.uid, template: 'postNewRecoveryCodes', values });
  });
  context.mail.wake();
}

async function store(
  context: Context,
  tx: Database,
  caller: Caller,
  { uid }: Session,
  codes: readonly string[],
  name: SecurityEventName,
): Promise<void> {
  // Letter case does not count, so two spellings of one code are one.
  if (new Set(codes.map((code) => code.toLowerCase())).size < codes.length) {
    throw authError('INVALID_PARAMETER', { validation: { source: 'payload', keys: ['recoveryCodes'] } });
  }
  const hashes = codes.map((code) => hashBackupCode(context, uid, code));
  await replaceCodes(tx, uid, hashes, context.clock.now());
  await recordSecurityEvent(context, tx, caller, { uid, name, verified: true });
}
