import type { accountLogin, BodyOf, ResponseOf, sessionReauth } from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { type PendingKeyFetchToken, prepareKeyFetchToken } from '../credentials/index.js';
import { postAddressVerification, postLoginVerification, postNewDeviceLogin } from '../emails/index.js';
import { authError } from '../errors.js';
import { recordSecurityEvent } from '../security/index.js';
import {
  prepareSession,
  type Session,
  updateAuthentication,
  type VerificationMethod,
  verificationStatus,
} from '../sessions/index.js';
import type { Bytes } from '../storage/index.js';
import { checkPassword, type ProvenAccount } from './check-password.js';
import { needsConfirmation } from './sign-in-decision.js';

export type SignInBody = BodyOf<typeof accountLogin>;

export interface SignInOptions {
  readonly keys: boolean;
  readonly service: string | undefined;
  readonly verificationMethod: VerificationMethod | undefined;
}

/**
 * Signs in: a new session, and a keyFetchToken on demand (auth-api §6.1, decision in §5.3).
 * @throws what {@link checkPassword} throws; TOTP_REQUIRED when a second factor is asked for that the account lacks
 */
export async function login(
  context: Context,
  caller: Caller,
  body: SignInBody,
  options: SignInOptions,
): Promise<ResponseOf<typeof accountLogin>> {
  const proven = await checkPassword(context, caller, body);
  refuseMissingSecondFactor(options.verificationMethod);
  const { account, email } = proven;
  const now = context.clock.now();
  const confirm = !email.isVerified || (await needsConfirmation(context, caller, account));
  const tokenVerificationId = confirm ? context.random.bytes(16) : null;
  const mustVerify = confirm && (options.keys || context.config.confirmSignIn === 'always');
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
    await session.insert(tx);
    await keyFetch?.insert(tx);
    await recordSecurityEvent(context, tx, caller, { uid: account.uid, name: 'account.login', verified: !confirm });
    const link = { ...body, service: options.service };
    if (!email.isVerified) {
      await postAddressVerification(context, tx, caller, email, options.verificationMethod, link);
    } else if (mustVerify && tokenVerificationId !== null && body.sendSigninVerificationEmail !== false) {
      await postLoginVerification(context, tx, caller, email, tokenVerificationId, options.verificationMethod, link);
    } else if (!mustVerify) {
      await postNewDeviceLogin(context, tx, caller, email, options.service);
    }
  });
  context.mail.wake();

  return {
    uid: account.uid,
    sessionToken: session.sessionToken,
    authAt: Math.floor(now / 1000),
    metricsEnabled: account.metricsOptOutAt === null,
    ...verificationStatus(
      { emailVerified: email.isVerified, tokenVerified: tokenVerificationId === null, mustVerify },
      options.verificationMethod,
    ),
    ...keyFetchField(proven, keyFetch),
  };
}

/**
 * Proves the password again in a session that exists: refreshes its `authAt`, can make its confirmation necessary
 * (auth-api §6.7, `/session/reauth`).
 * @throws what {@link checkPassword} throws; UNKNOWN_ACCOUNT for the address of another account
 */
export async function reauthenticate(
  context: Context,
  caller: Caller,
  session: Session,
  body: SignInBody,
  options: SignInOptions,
): Promise<ResponseOf<typeof sessionReauth>> {
  const proven = await checkPassword(context, caller, body);
  const { account, email } = proven;
  if (account.uid !== session.uid) throw authError('UNKNOWN_ACCOUNT', { email: body.email });
  refuseMissingSecondFactor(options.verificationMethod);
  const now = context.clock.now();
  const mustVerify =
    session.mustVerify || (!session.tokenVerified && (options.keys || options.verificationMethod !== undefined));
  const keyFetch = options.keys ? await keyFetchFor(context, proven, session.tokenVerificationId) : undefined;

  await context.storage.transaction(async (tx) => {
    await updateAuthentication(tx, session, { authAt: now, mustVerify: mustVerify ? 1 : 0 });
    await keyFetch?.insert(tx);
    await recordSecurityEvent(context, tx, caller, {
      uid: account.uid,
      name: 'account.login',
      verified: session.tokenVerified,
    });
    const { tokenVerificationId } = session;
    if (email.isVerified && mustVerify && tokenVerificationId !== null && body.sendSigninVerificationEmail !== false) {
      const link = { ...body, service: options.service };
      await postLoginVerification(context, tx, caller, email, tokenVerificationId, options.verificationMethod, link);
    }
  });
  context.mail.wake();

  return {
    uid: account.uid,
    authAt: Math.floor(now / 1000),
    metricsEnabled: account.metricsOptOutAt === null,
    ...verificationStatus({ ...session, emailVerified: email.isVerified, mustVerify }, options.verificationMethod),
    ...keyFetchField(proven, keyFetch),
  };
}

/** No account can have a second factor yet, so asking for one is refused (auth-api §5.3). */
function refuseMissingSecondFactor(method: VerificationMethod | undefined): void {
  if (method === 'totp-2fa') throw authError('TOTP_REQUIRED');
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
