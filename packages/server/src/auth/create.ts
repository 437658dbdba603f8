import { type accountCreate, type BodyOf, normalizeEmail, type ResponseOf } from '@foxden/protocol';
import { insertAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { createCredentials, prepareKeyFetchToken, requireCompleteVersion2 } from '../credentials/index.js';
import {
  type Email,
  findEmail,
  findReservationHolder,
  insertEmail,
  postAddressVerification,
  postSignUpNotice,
  scheduleVerificationReminders,
} from '../emails/index.js';
import { authError, type ServiceError } from '../errors.js';
import { requireDeliverable } from '../mail/index.js';
import { recordSecurityEvent } from '../security/index.js';
import { prepareSession } from '../sessions/index.js';
import { fromHex, toHex } from '../storage/hex.js';
import { type Database, isUniqueViolation } from '../storage/index.js';
import { deleteAccount } from './delete.js';

export type AccountCreateBody = BodyOf<typeof accountCreate>;

/**
 * Creates an account with a first session (auth-api §6.1). One emailed code verifies account, session and keyFetchToken
 * together: they share the address's code. An unverified account of the same address makes way, so that a person who
 * mistyped or never got the mail is not stuck. Where accounts are hidden, a held address makes the same work as a free
 * one before it is refused, its owner gets a mail instead, and both are limited alike (decision 0007).
 * @throws ACCOUNT_EXISTS, VERIFIED_SECONDARY_EMAIL_EXISTS, ACCOUNT_CREATION_REJECTED in place of both where accounts are
 *   hidden, INVALID_PARAMETER, THROTTLED, SERVICE_UNAVAILABLE, what `requireDeliverable` throws
 */
export async function createAccount(
  context: Context,
  caller: Caller,
  body: AccountCreateBody,
  options: { keys: boolean },
): Promise<ResponseOf<typeof accountCreate>> {
  requireCompleteVersion2(body, { wrapKbAlone: false });
  if (context.config.hideAccounts) {
    await context.limits.check('accountCreateMail', { ip: caller.address, email: body.email });
  } else {
    const { refusal } = await findHolder(context, context.storage.db, body.email);
    if (refusal !== undefined) throw refusal;
  }
  await requireDeliverable(context, context.storage.db, body.email);

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

  let refused: ServiceError | undefined;
  try {
    refused = await context.storage.transaction(async (tx) => {
      const found = await findHolder(context, tx, body.email);
      if (found.refusal !== undefined) {
        if (context.config.hideAccounts) await postSignUpNotice(context, tx, caller, found.holder);
        return found.refusal;
      }
      if (found.holder !== undefined) await deleteAccount(tx, found.holder.uid);
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
      await scheduleVerificationReminders(context, tx, uid);
      const login = { service: body.service, email: body.email, deviceCount: 1, userAgent: caller.userAgent };
      await context.notifications.post(tx, { name: 'login', uid, details: login });
      await context.notifications.post(tx, { name: 'profileDataChange', uid, details: {} });
      return undefined;
    });
  } catch (error) {
    // Two sign-ups for one address at once: the database lets one in.
    if (isUniqueViolation(error)) throw taken(context, 'ACCOUNT_EXISTS', body.email);
    throw error;
  }
  context.mail.wake();
  context.notifications.wake();
  if (refused !== undefined) throw refused;

  return {
    uid,
    sessionToken: session.sessionToken,
    authAt: Math.floor(now / 1000),
    keyFetchToken: keyFetch?.keyFetchToken,
    keyFetchTokenVersion2: keyFetchVersion2?.keyFetchToken,
    verificationMethod: body.verificationMethod,
  };
}

/** Who has the address, and why nobody else can have it; without a reason, the holder is unverified and makes way. */
async function findHolder(
  context: Context,
  db: Database,
  address: string,
): Promise<{ readonly holder: Email | undefined; readonly refusal?: ServiceError }> {
  const holder = await findEmail(db, address);
  if (holder?.isPrimary === true && holder.isVerified) {
    return { holder, refusal: taken(context, 'ACCOUNT_EXISTS', address) };
  }
  const isReserved = (await findReservationHolder(context, db, address)) !== undefined;
  if (isReserved || holder?.isPrimary === false) {
    return { holder, refusal: taken(context, 'VERIFIED_SECONDARY_EMAIL_EXISTS', address) };
  }
  return { holder };
}

/** Where accounts are hidden, the answer does not say why an address cannot be used (decision 0007). */
function taken(
  context: Context,
  name: 'ACCOUNT_EXISTS' | 'VERIFIED_SECONDARY_EMAIL_EXISTS',
  email: string,
): ServiceError {
  return context.config.hideAccounts ? authError('ACCOUNT_CREATION_REJECTED') : authError(name, { email });
}
