import type { Caller, Context } from '../context.js';
import { authError } from '../errors.js';
import { demandVerification, raiseSession, requireVerifiedSession, type Session } from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import type { Database, PendingTotpSecretRow } from '../storage/index.js';
import { announceChange, wakeDelivery } from './announce-change.js';
import { deletePendingSecrets, findPendingSecret, takePendingStep } from './store/pending-secrets.js';
import { findTotpToken, insertTotpToken } from './store/totp-tokens.js';
import { stepOfCode } from './totp-secret.js';

/**
 * Proves that the new authenticator makes the right codes; nothing is turned on yet (auth-api §6.10,
 * `/totp/setup/verify`).
 * @throws TOTP_EXISTS, TOTP_NOT_FOUND, INVALID_TOTP_CODE, what {@link requireVerifiedSession} throws
 */
export async function verifySetup(context: Context, session: Session, code: string): Promise<void> {
  requireVerifiedSession(session);
  await context.storage.transaction(async (tx) => {
    const pending = await requirePendingSetup(context, tx, session);
    if (!(await acceptPendingCode(context, tx, session, pending, code))) throw authError('INVALID_TOTP_CODE');
  });
}

/**
 * Turns two-step authentication on, once the authenticator is proven (auth-api §6.10, `/totp/setup/complete`).
 * @throws TOTP_EXISTS, TOTP_NOT_FOUND, INVALID_TOTP_CODE while it is not proven, what {@link requireVerifiedSession}
 *   throws
 */
export async function completeSetup(
  context: Context,
  caller: Caller,
  session: Session,
  service: string | undefined,
): Promise<void> {
  requireVerifiedSession(session);
  await context.storage.transaction(async (tx) => {
    const { sealedSecret, acceptedStep } = await requirePendingSetup(context, tx, session);
    if (acceptedStep === null) throw authError('INVALID_TOTP_CODE');
    await turnOn(context, tx, caller, session, { sealedSecret, acceptedStep }, service);
  });
  wakeDelivery(context);
}

/**
 * Both in one, as clients do that know no set-up routes: they send the code of a new authenticator to
 * `/session/verify/totp` (auth-api §12, 4). False for a wrong code.
 * @throws TOTP_NOT_FOUND when this session is setting none up
 */
export async function completeSetupWithCode(
  context: Context,
  tx: Database,
  caller: Caller,
  session: Session,
  code: string,
  service: string | undefined,
): Promise<boolean> {
  // Only what proved the password and more may say which authenticator the account has.
  const pending = session.tokenVerified ? await findPendingSecret(tx, session, context.clock.now()) : undefined;
  if (pending === undefined) throw authError('TOTP_NOT_FOUND');
  const acceptedStep = await acceptPendingCode(context, tx, session, pending, code);
  if (acceptedStep === undefined) return false;
  await turnOn(context, tx, caller, session, { sealedSecret: pending.sealedSecret, acceptedStep }, service);
  return true;
}

/** The step of the code, used up; undefined when it is wrong or was given before. */
export async function acceptPendingCode(
  context: Context,
  tx: Database,
  session: Session,
  pending: PendingTotpSecretRow,
  code: string,
): Promise<number | undefined> {
  const step = stepOfCode(context, session.uid, pending.sealedSecret, code);
  return step !== undefined && (await takePendingStep(tx, pending, step)) ? step : undefined;
}

async function requirePendingSetup(context: Context, tx: Database, session: Session): Promise<PendingTotpSecretRow> {
  if ((await findTotpToken(tx, session.uid)) !== undefined) throw authError('TOTP_EXISTS');
  const pending = await findPendingSecret(tx, session, context.clock.now());
  if (pending === undefined) throw authError('TOTP_NOT_FOUND');
  return pending;
}

/** @throws TOTP_EXISTS when another session was first */
async function turnOn(
  context: Context,
  tx: Database,
  caller: Caller,
  session: Session,
  proven: { sealedSecret: PendingTotpSecretRow['sealedSecret']; acceptedStep: number },
  service: string | undefined,
): Promise<void> {
  const { uid } = session;
  const first = await insertTotpToken(tx, {
    uid: fromHex(uid),
    sealedSecret: proven.sealedSecret,
    lastStep: proven.acceptedStep,
    createdAt: context.clock.now(),
  });
  if (!first) throw authError('TOTP_EXISTS');
  await deletePendingSecrets(tx, uid);
  // Whoever signed in with the password alone, and was not asked for more, is asked now.
  await demandVerification(tx, uid);
  await raiseSession(context, tx, caller, session, 'totp-2fa');
  await announceChange(context, tx, caller, uid, 'added', service);
}
