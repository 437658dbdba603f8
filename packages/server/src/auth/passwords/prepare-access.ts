import type { Account } from '../../accounts/index.js';
import type { Caller, Context } from '../../context.js';
import { type NewCredentials, prepareKeyFetchToken } from '../../credentials/index.js';
import { type PendingSession, prepareSession } from '../../sessions/index.js';
import type { Database } from '../../storage/index.js';

/** A verified session and what fetches the keys, derived but not yet stored. */
export interface PendingAccess {
  readonly session: PendingSession;
  /** hex, 64 digits */
  readonly keyFetchToken: string | undefined;
  readonly keyFetchTokenVersion2: string | undefined;
  insert(tx: Database): Promise<void>;
}

/** Prepares what the holder of new credentials goes on with: they have just proven all that the account asks for. */
export async function prepareAccess(
  context: Context,
  caller: Caller,
  account: Account,
  credentials: NewCredentials,
  options: {
    /** Number of auth-api §5.1. */
    readonly verificationMethod: number | null;
    readonly verifiedAt: number | null;
    readonly keys: boolean;
  },
): Promise<PendingAccess> {
  const now = context.clock.now();
  const session = await prepareSession(context, caller, account.uid, {
    createdAt: now,
    authAt: now,
    tokenVerificationId: null,
    mustVerify: options.keys,
    verificationMethod: options.verificationMethod,
    verifiedAt: options.verifiedAt,
  });
  const wrappedKeys = options.keys ? credentials : undefined;
  const keyFetch =
    wrappedKeys === undefined ? undefined : await prepareKeyFetchToken(context, account, wrappedKeys.wrapKb, null);
  const keyFetchVersion2 =
    wrappedKeys?.wrapKbVersion2 === undefined
      ? undefined
      : await prepareKeyFetchToken(context, account, wrappedKeys.wrapKbVersion2, null);
  return {
    session,
    keyFetchToken: keyFetch?.keyFetchToken,
    keyFetchTokenVersion2: keyFetchVersion2?.keyFetchToken,
    async insert(tx) {
      await session.insert(tx);
      await keyFetch?.insert(tx);
      await keyFetchVersion2?.insert(tx);
    },
  };
}
