import type { Context } from '../context.js';
import { authError, ServiceError } from '../errors.js';
import type { Subject } from '../limits/index.js';
import { useUnblockCode } from '../unblock/index.js';

/** A sign-in as the limiter sees it. */
export interface SignInAttempt {
  readonly action: 'accountLogin' | 'authenticatedAccountLogin';
  readonly subject: Subject & { readonly email: string };
  readonly unblockCode: string | undefined;
  /** The account that is meant (hex), for which a code must have been made; undefined when there is none. */
  readonly findUid: () => Promise<string | undefined>;
}

interface Block {
  readonly error: ServiceError;
  readonly isLiftable: boolean;
}

/** Tells the client how the block can be lifted (auth-api §4.3). */
const BY_MAILED_CODE = { verificationMethod: 'email-captcha', verificationReason: 'login' } as const;

/**
 * Signs in unless the limiter refuses it. A block of the account, though not one of an IP address, is lifted for one
 * attempt by an unblock code; whatever else fails behind a block looks like the block, so that who is blocked learns
 * nothing (auth-api §4.3).
 * @param work is told whether a code lifted a block
 * @throws THROTTLED, REQUEST_BLOCKED, INVALID_UNBLOCK_CODE, what the work throws
 */
export async function underSignInLimit<T>(
  context: Context,
  attempt: SignInAttempt,
  work: (lifted: boolean) => Promise<T>,
): Promise<T> {
  const block = await findBlock(context, attempt);
  if (block === undefined) return work(false);
  if (!block.isLiftable || attempt.unblockCode === undefined) throw block.error;
  await lift(context, attempt, attempt.unblockCode, block);
  try {
    return await work(true);
  } catch (error) {
    throw error instanceof ServiceError && error.definition.status < 500 ? block.error : error;
  }
}

async function findBlock(context: Context, { action, subject }: SignInAttempt): Promise<Block | undefined> {
  if (context.config.blockTestAddresses && subject.email.toLowerCase().startsWith('block')) {
    return { error: authError('REQUEST_BLOCKED', BY_MAILED_CODE), isLiftable: true };
  }
  const refusal = await context.limits.attempt(action, subject);
  if (refusal === undefined) return undefined;
  const { retryAfter, isOfAccount } = refusal;
  return {
    error: authError('THROTTLED', { retryAfter, ...(isOfAccount && BY_MAILED_CODE) }),
    isLiftable: isOfAccount,
  };
}

async function lift(context: Context, attempt: SignInAttempt, code: string, block: Block): Promise<void> {
  const { subject } = attempt;
  if ((await context.limits.attempt('unblockEmail', subject)) !== undefined) throw block.error;
  const uid = await attempt.findUid();
  if (uid !== undefined && (await useUnblockCode(context, uid, code))) return;
  await context.limits.failed('unblockCodeFailed', subject);
  throw authError('INVALID_UNBLOCK_CODE');
}
