import type { BodyOf, recoveryKeyCreate } from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { causeOf, postSecurityNotice } from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import { requireVerifiedSession, type Session } from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import { constantTimeEqual } from '../tokens/index.js';
import { hashRecoveryKeyId } from './key-id.js';
import { enableRecoveryKey, findRecoveryKey, putRecoveryKey } from './store.js';

/**
 * Stores a recovery key (auth-api §6.12). One that is not enabled waits until its owner has shown that they wrote it
 * down, and counts for nothing before.
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL; RECOVERY_KEY_EXISTS unless `replaceKey`
 */
export async function createRecoveryKey(
  context: Context,
  caller: Caller,
  session: Session,
  body: BodyOf<typeof recoveryKeyCreate>,
): Promise<void> {
  requireVerifiedSession(session);
  const enabled = body.enabled !== false;
  await context.storage.transaction(async (tx) => {
    const before = await findRecoveryKey(tx, session.uid);
    const stored = await putRecoveryKey(
      tx,
      {
        uid: fromHex(session.uid),
        keyIdHash: hashRecoveryKeyId(body.recoveryKeyId),
        recoveryData: body.recoveryData,
        hint: null,
        enabled: enabled ? 1 : 0,
        createdAt: context.clock.now(),
      },
      body.replaceKey === true,
    );
    if (!stored) throw authError('RECOVERY_KEY_EXISTS');
    if (!enabled) return;
    const template = before?.enabled === 1 ? 'postChangeAccountRecovery' : 'postAddAccountRecovery';
    await announce(context, tx, caller, session.uid, template);
  });
  context.mail.wake();
}

/**
 * Enables a key that was stored without being enabled; for one that is in use already there is nothing to do.
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, INSUFFICIENT_AAL, RECOVERY_KEY_NOT_FOUND, RECOVERY_KEY_INVALID
 */
export async function verifyRecoveryKey(
  context: Context,
  caller: Caller,
  session: Session,
  recoveryKeyId: string,
): Promise<void> {
  requireVerifiedSession(session);
  const keyIdHash = hashRecoveryKeyId(recoveryKeyId);
  await context.storage.transaction(async (tx) => {
    const key = await findRecoveryKey(tx, session.uid);
    if (key === undefined) throw authError('RECOVERY_KEY_NOT_FOUND');
    if (!constantTimeEqual(key.keyIdHash, keyIdHash)) throw authError('RECOVERY_KEY_INVALID');
    if (!(await enableRecoveryKey(tx, session.uid, keyIdHash))) return;
    await announce(context, tx, caller, session.uid, 'postAddAccountRecovery');
  });
  context.mail.wake();
}

async function announce(
  context: Context,
  tx: Database,
  caller: Caller,
  uid: string,
  template: 'postAddAccountRecovery' | 'postChangeAccountRecovery',
): Promise<void> {
  await recordSecurityEvent(context, tx, caller, { uid, name: 'account.recovery_key_added', verified: true });
  await postSecurityNotice(context, tx, caller, { uid, template, values: causeOf(context, caller) });
}
