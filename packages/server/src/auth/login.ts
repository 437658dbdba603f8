import type { accountLogin, BodyOf, ResponseOf, sessionReauth } from '@foxden/protocol';
import { findAccount } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { type PendingKeyFetchToken, prepareKeyFetchToken } from '../credentials/index.js';
import {
  findEmail,
  findPrimaryEmail,
  postAddressVerification,
  postLoginVerification,
  postNewDeviceLogin,
} from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import {
  countSessions,
  findAccountAal,
  prepareSession,
  type Session,
  updateAuthentication,
  type VerificationMethod,
  verificationStatus,
  verifySessionByMail,
} from '../sessions/index.js';
import type { Bytes, Database } from '../storage/index.js';
import {
  checkAccountPassword,
  checkPassword,
  namedAddress,
  type ProvenAccount,
  requireSamePassword,
} from './check-password.js';
import { isAddressOf } from './is-address-of.js';
import { needsConfirmation } from './sign-in-decision.js';
import { underSignInLimit } from './sign-in-limit.js';

export type SignInBody = BodyOf<typeof accountLogin>;

export interface SignInOptions {
  readonly keys: boolean;
  readonly service: string | undefined;
  readonly verificationMethod: VerificationMethod | undefined;
}

/**
 * Signs in: a new session, and a keyFetchToken on demand (auth-api §6.1, decision in §5.3).
 * @throws what {@link underSignInLimit} and {@link checkPassword} throw; TOTP_REQUIRED when a second factor is asked for
 *   that the account lacks
 */
export async function login(
  context: Context,
  caller: Caller,
  body: SignInBody,
  options: SignInOptions,
): Promise<ResponseOf<typeof accountLogin>> {
  const email = namedAddress(body);
  const attempt = {
    action: 'accountLogin',
    subject: { ip: caller.address, email },
    unblockCode: body.unblockCode,
    findUid: async () => (await findEmail(context.storage.db, email))?.uid,
  } as const;
  return underSignInLimit(context, attempt, (lifted) => signIn(context, caller, body, options, lifted));
}

/** @param lifted whether a mailed code lifted a block: then nothing else has to come from the mailbox */
async function signIn(
  context: Context,
  caller: Caller,
  body: SignInBody,
  options: SignInOptions,
  lifted: boolean,
): Promise<ResponseOf<typeof accountLogin>> {
  const proven = await checkPassword(context, caller, body);
  const { account, email } = proven;
  const aal = await findAccountAal(context.storage.db, account.uid);
  const method = methodInForce(options.verificationMethod, aal);
  const now = context.clock.now();
  const confirm = aal === 2 || !email.isVerified || (!lifted && (await needsConfirmation(context, caller, account)));
  const tokenVerificationId = confirm ? context.random.bytes(16) : null;
  const mustVerify = confirm && (aal === 2 || options.keys || context.config.confirmSignIn === 'always');
  const session = await prepareSession(context, caller, account.uid, {
    createdAt: now,
    authAt: now,
    tokenVerificationId,
    mustVerify,
    verificationMethod: null,
    verifiedAt: null,
  });
  const keyFetch = options.keys ? await keyFetchFor(context, proven, tokenVerificationId) : undefined;

  await context.storage.transaction(async (tx) => {
    await requireSamePassword(context, tx, account);
    await session.insert(tx);
    await keyFetch?.insert(tx);
    await recordSecurityEvent(context, tx, caller, { uid: account.uid, name: 'account.login', verified: !confirm });
    const link = { ...body, service: options.service };
    if (!email.isVerified) {
      await postAddressVerification(context, tx, caller, email, method, link);
    } else if (mustVerify && tokenVerificationId !== null && body.sendSigninVerificationEmail !== false) {
      await postLoginVerification(context, tx, caller, email, tokenVerificationId, method, link);
    } else if (!mustVerify) {
      await postNewDeviceLogin(context, tx, caller, email, options.service);
    }
    if (body.reason === 'signin') await notifyLogin(context, tx, caller, proven, options.service);
  });
  context.mail.wake();
  context.notifications.wake();

  return {
    uid: account.uid,
    sessionToken: session.sessionToken,
    authAt: Math.floor(now / 1000),
    metricsEnabled: account.metricsOptOutAt === null,
    ...verificationStatus(
      { emailVerified: email.isVerified, tokenVerified: tokenVerificationId === null, mustVerify },
      method,
    ),
    ...keyFetchField(proven, keyFetch),
  };
}

/**
 * Proves the password again in a session that exists: refreshes its `authAt`, can make its confirmation necessary
 * (auth-api §6.7, `/session/reauth`). A session from before the account had a second factor must prove that one before
 * it gets keys: it is unconfirmed again until then.
 * @throws what {@link underSignInLimit} and {@link checkAccountPassword} throw; UNKNOWN_ACCOUNT for the address of
 *   another account, TOTP_REQUIRED
 */
export async function reauthenticate(
  context: Context,
  caller: Caller,
  session: Session,
  body: SignInBody,
  options: SignInOptions,
): Promise<ResponseOf<typeof sessionReauth>> {
  const attempt = {
    action: 'authenticatedAccountLogin',
    subject: { ip: caller.address, uid: session.uid, email: session.email },
    unblockCode: body.unblockCode,
    findUid: async () => session.uid,
  } as const;
  return underSignInLimit(context, attempt, (lifted) => signInAgain(context, caller, session, body, options, lifted));
}

async function signInAgain(
  context: Context,
  caller: Caller,
  session: Session,
  body: SignInBody,
  options: SignInOptions,
  lifted: boolean,
): Promise<ResponseOf<typeof sessionReauth>> {
  const proven = await proveOwner(context, caller, session, body);
  const { account, email } = proven;
  const method = methodInForce(options.verificationMethod, session.accountAal);
  const now = context.clock.now();
  const wantsMore = options.keys || options.verificationMethod === 'totp-2fa';
  const stepUp = wantsMore && session.tokenVerified && session.aal < session.accountAal;
  const provenByMail = lifted && email.isVerified && session.accountAal === 1;
  const waiting = provenByMail ? null : session.tokenVerificationId;
  const tokenVerificationId = stepUp ? context.random.bytes(16) : waiting;
  const tokenVerified = tokenVerificationId === null;
  const mustVerify = session.mustVerify || (!tokenVerified && (options.keys || method !== undefined));
  const keyFetch = options.keys ? await keyFetchFor(context, proven, tokenVerificationId) : undefined;

  await context.storage.transaction(async (tx) => {
    await requireSamePassword(context, tx, account);
    await updateAuthentication(tx, session, {
      authAt: now,
      mustVerify: mustVerify ? 1 : 0,
      ...(stepUp && { tokenVerificationId }),
    });
    if (provenByMail && session.tokenVerificationId !== null) {
      await verifySessionByMail(context, tx, caller, account.uid, session.tokenVerificationId, 'email-2fa');
    }
    await keyFetch?.insert(tx);
    await recordSecurityEvent(context, tx, caller, {
      uid: account.uid,
      name: 'account.login',
      verified: tokenVerified,
    });
    if (email.isVerified && mustVerify && tokenVerificationId !== null && body.sendSigninVerificationEmail !== false) {
      const link = { ...body, service: options.service };
      await postLoginVerification(context, tx, caller, email, tokenVerificationId, method, link);
    }
  });
  context.mail.wake();
  context.push.wake();

  return {
    uid: account.uid,
    authAt: Math.floor(now / 1000),
    metricsEnabled: account.metricsOptOutAt === null,
    ...verificationStatus({ emailVerified: email.isVerified, tokenVerified, mustVerify }, method),
    ...keyFetchField(proven, keyFetch),
  };
}

/**
 * Proves the password of the account that a session belongs to, by any address of it: the one to stretch with need not
 * be in use any more.
 */
async function proveOwner(
  context: Context,
  caller: Caller,
  session: Session,
  proof: SignInBody,
): Promise<ProvenAccount> {
  const { db } = context.storage;
  const account = await findAccount(db, session.uid);
  const email = await findPrimaryEmail(db, session.uid);
  const isOwn = account !== undefined && (await isAddressOf(context, account, proof.email));
  if (!isOwn || email === undefined) throw authError('UNKNOWN_ACCOUNT', { email: proof.email });
  return { account, email, password: await checkAccountPassword(context, caller, account, proof) };
}

async function notifyLogin(
  context: Context,
  tx: Database,
  caller: Caller,
  { account, email }: ProvenAccount,
  service: string | undefined,
): Promise<void> {
  const deviceCount = await countSessions(tx, account.uid);
  const details = { service, email: email.email, deviceCount, userAgent: caller.userAgent };
  await context.notifications.post(tx, { name: 'login', uid: account.uid, details });
}

/** A second factor that the account has is the way to confirm, whatever was asked for (auth-api §5.3). */
function methodInForce(asked: VerificationMethod | undefined, accountAal: 1 | 2): VerificationMethod | undefined {
  if (accountAal === 2) return 'totp-2fa';
  if (asked === 'totp-2fa') throw authError('TOTP_REQUIRED');
  return asked;
}

function keyFetchFor(
  context: Context,
  { account, password }: ProvenAccount,
  tokenVerificationId: Bytes | null,
): Promise<PendingKeyFetchToken> {
  return prepareKeyFetchToken(context, account, password.wrapKb, tokenVerificationId);
}

/** The field a keyFetchToken is answered in says which unwrapBKey opens its bundle (auth-api §6.1). */
function keyFetchField(
  { password }: ProvenAccount,
  pending: PendingKeyFetchToken | undefined,
): { keyFetchToken?: string; keyFetchTokenVersion2?: string } {
  if (pending === undefined) return {};
  return password.version === 2
    ? { keyFetchTokenVersion2: pending.keyFetchToken }
    : { keyFetchToken: pending.keyFetchToken };
}
