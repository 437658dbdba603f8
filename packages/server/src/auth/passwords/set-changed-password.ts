import type { passwordChangeFinish, ResponseOf } from '@foxden/protocol';
import { type Account, replaceCredentials } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import {
  type CredentialFields,
  checkAuthPW,
  createCredentials,
  deleteCredentialTokens,
  requireCompleteVersion2,
  stretchVersion2,
} from '../../credentials/index.js';
import { findDeviceOfSession } from '../../devices/index.js';
import { causeOf, postSecurityNotice } from '../../emails/index.js';
import { authError } from '../../errors.js';
import { revokeAccountTokens } from '../../oauth/index.js';
import { PASSWORD_CHANGED } from '../../push/index.js';
import { recordSecurityEvent } from '../../security/index.js';
import { authAtSeconds, deleteSessions, type Session } from '../../sessions/index.js';
import { fromHex } from '../../storage/hex.js';
import type { Database } from '../../storage/index.js';
import { constantTimeEqual } from '../../tokens/index.js';
import { prepareAccess } from './prepare-access.js';

type ChangeAnswer = ResponseOf<typeof passwordChangeFinish>;

/** A change whose old password was proven. */
export interface ProvenChange {
  readonly account: Account;
  readonly fields: CredentialFields & { readonly wrapKb: string };
  /** The session that goes on, as another one. */
  readonly session: Session | undefined;
  /** Whether the answer shall have keyFetchTokens; only with a session. */
  readonly keys: boolean;
  /** Consumes what proved the old password, inside the transaction. */
  readonly consumeProof?: (tx: Database) => Promise<void>;
}

/**
 * Sets the new credentials; kB stays what the client wrapped again. Version 2 fields for an account that has none, with
 * its unchanged password, are an upgrade: nobody is signed out and nobody is told (auth-api §1.7, §6.4).
 * @throws INVALID_PARAMETER for incomplete version 2 fields, and for an upgrade that would change kB; INCORRECT_PASSWORD
 *   when the password was changed meanwhile
 */
export async function setChangedPassword(
  context: Context,
  caller: Caller,
  change: ProvenChange,
): Promise<ChangeAnswer> {
  requireCompleteVersion2(change.fields, { wrapKbAlone: true });
  return (await isUpgrade(context, change)) ? upgrade(context, caller, change) : replace(context, caller, change);
}

async function isUpgrade(context: Context, { account, fields }: ProvenChange): Promise<boolean> {
  if (fields.authPWVersion2 === undefined || account.clientSalt !== null) return false;
  const current = await checkAuthPW(context.passwords, account, fields.authPW);
  if (current === undefined) return false;
  // The password is the same, so its wrapped key is too; another one would change kB behind the person's back.
  if (!constantTimeEqual(current.wrapKb, fromHex(fields.wrapKb))) {
    throw authError('INVALID_PARAMETER', { validation: { source: 'payload', keys: ['wrapKb'] } });
  }
  return true;
}

async function upgrade(context: Context, caller: Caller, change: ProvenChange): Promise<ChangeAnswer> {
  const { account, fields } = change;
  const { columns } = await stretchVersion2(context, account.authSalt, fields, account.verifierVersion);
  await context.storage.transaction(async (tx) => {
    await change.consumeProof?.(tx);
    if (!(await replaceCredentials(tx, account, columns))) throw changedMeanwhile(account);
    await recordSecurityEvent(context, tx, caller, {
      uid: account.uid,
      name: 'account.password_upgrade_success',
      verified: true,
    });
  });
  return {};
}

async function replace(context: Context, caller: Caller, change: ProvenChange): Promise<ChangeAnswer> {
  const { account, session } = change;
  const { uid } = account;
  const credentials = await createCredentials(context, change.fields);
  const access =
    session === undefined
      ? undefined
      : await prepareAccess(context, caller, account, credentials, {
          verificationMethod: session.verificationMethod,
          verifiedAt: session.verifiedAt,
          keys: change.keys,
        });

  await context.storage.transaction(async (tx) => {
    await change.consumeProof?.(tx);
    const replaced = await replaceCredentials(tx, account, { ...credentials.columns, lockedAt: null });
    if (!replaced) throw changedMeanwhile(account);
    await deleteCredentialTokens(tx, uid);
    const own = session && (await findDeviceOfSession(tx, uid, session.tokenHash));
    await context.push.post(tx, uid, PASSWORD_CHANGED, { except: own && [own.id] });
    await deleteSessions(tx, uid);
    await revokeAccountTokens(tx, uid, { onlyPublicAndGranting: true });
    await access?.insert(tx);
    for (const name of ['account.password_changed', 'account.password_reset_success'] as const) {
      await recordSecurityEvent(context, tx, caller, { uid, name, verified: true });
    }
    await postSecurityNotice(context, tx, caller, {
      uid,
      template: 'passwordChanged',
      values: causeOf(context, caller),
    });
    const generation = credentials.columns.verifierSetAt;
    await context.notifications.post(tx, { name: 'passwordChange', uid, details: { generation } });
  });
  context.mail.wake();
  context.notifications.wake();
  context.push.wake();

  if (access === undefined) return {};
  return {
    uid,
    sessionToken: access.session.sessionToken,
    authAt: authAtSeconds(access.session.row),
    verified: true,
    keyFetchToken: access.keyFetchToken,
    keyFetchToken2: access.keyFetchTokenVersion2,
  };
}

function changedMeanwhile(account: Account): Error {
  return authError('INCORRECT_PASSWORD', { email: account.email });
}
