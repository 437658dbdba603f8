import { type accountCreate, type BodyOf, normalizeEmail, type ResponseOf } from '@foxden/protocol';
import { insertAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { createCredentials, prepareKeyFetchToken, requireCompleteVersion2 } from '../credentials/index.js';
import { findEmail, insertEmail, postAddressVerification } from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import { prepareSession } from '../sessions/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import { type Database, isUniqueViolation } from '../storage/index.js';
import { deleteAccount } from './delete.js';

export type AccountCreateBody = BodyOf<typeof accountCreate>;

/**
 * Creates an account with a first session (auth-api §6.1). One emailed code verifies account, session and keyFetchToken
 * together: they share the address's code. An unverified account of the same address makes way, so that a person who
 * mistyped or never got the mail is not stuck.
 * @throws ACCOUNT_EXISTS, VERIFIED_SECONDARY_EMAIL_EXISTS, INVALID_PARAMETER, SERVICE_UNAVAILABLE
 */
export async function createAccount(
  context: Context,
  caller: Caller,
  body: AccountCreateBody,
  options: { keys: boolean },
): Promise<ResponseOf<typeof accountCreate>> {
  requireCompleteVersion2(body, { wrapKbAlone: false });
  await requireFreeAddress(context.storage.db, body.email);

  const now = context.clock.now();
  const uid = toHex(context.random.bytes(16));
  const kA = context.random.bytes(32);
  const emailCode = context.random.bytes(16);
  const credentials = await createCredentials(context, body);
  const session = await prepareSession(context, caller, uid, {
    createdAt: now,
    authAt: now,
    tokenVerificationId: emailCode,
    mustVerify: options.keys,
    verificationMethod: null,
    verifiedAt: null,
  });
  const account = { uid, kA };
  const keyFetch = options.keys
    ? await prepareKeyFetchToken(context, account, credentials.wrapKb, emailCode)
    : undefined;
  const keyFetchVersion2 =
    options.keys && credentials.wrapKbVersion2 !== undefined
      ? await prepareKeyFetchToken(context, account, credentials.wrapKbVersion2, emailCode)
      : undefined;

  try {
    await context.storage.transaction(async (tx) => {
      const holder = await requireFreeAddress(tx, body.email);
      if (holder !== undefined) await deleteAccount(tx, holder);
      const normalizedEmail = normalizeEmail(body.email);
      await insertAccount(tx, {
        ...credentials.columns,
        uid: fromHex(uid),
        email: body.email,
        normalizedEmail,
        kA,
        keysChangedAt: now,
        profileChangedAt: now,
        metricsOptOutAt: null,
        lockedAt: null,
        disabledAt: null,
        locale: caller.acceptLanguage ?? null,
        createdAt: now,
      });
      await insertEmail(tx, {
        uid: fromHex(uid),
        email: body.email,
        normalizedEmail,
        isPrimary: 1,
        isVerified: 0,
        emailCode,
        verifiedAt: null,
        createdAt: now,
      });
      await session.insert(tx);
      await keyFetch?.insert(tx);
      await keyFetchVersion2?.insert(tx);
      await recordSecurityEvent(context, tx, caller, { uid, name: 'account.create', verified: false });
      const email = { uid, email: body.email, isPrimary: true, isVerified: false, emailCode };
      await postAddressVerification(context, tx, caller, email, body.verificationMethod, body);
    });
  } catch (error) {
    // Two sign-ups for one address at once: the database lets one in.
    if (isUniqueViolation(error)) throw authError('ACCOUNT_EXISTS', { email: body.email });
    throw error;
  }
  context.mail.wake();

  return {
    uid,
    sessionToken: session.sessionToken,
    authAt: Math.floor(now / 1000),
    keyFetchToken: keyFetch?.keyFetchToken,
    keyFetchTokenVersion2: keyFetchVersion2?.keyFetchToken,
    verificationMethod: body.verificationMethod,
  };
}

/** The uid of an unverified account that holds the address and may be replaced; throws when the address is taken. */
async function requireFreeAddress(db: Database, address: string): Promise<string | undefined> {
  const holder = await findEmail(db, address);
  if (holder === undefined) return undefined;
  if (!holder.isPrimary) throw authError('VERIFIED_SECONDARY_EMAIL_EXISTS');
  if (holder.isVerified) throw authError('ACCOUNT_EXISTS', { email: address });
  return holder.uid;
}
