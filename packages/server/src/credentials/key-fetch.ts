import { sealKeyBundle } from '@foxden/protocol';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';
import { createToken } from '../tokens/index.js';
import { insertKeyFetchToken, type KeyFetchToken, takeKeyFetchToken } from './store.js';

/** A keyFetchToken that is derived but not yet stored. */
export interface PendingKeyFetchToken {
  /** hex, 64 digits */
  readonly keyFetchToken: string;
  insert(db: Database): Promise<void>;
}

/** Prepares a keyFetchToken: seals kA and wrapKb for its holder, so that wrapKb itself is never stored (auth-api §1.6). */
export async function prepareKeyFetchToken(
  context: Context,
  account: { readonly uid: string; readonly kA: Bytes },
  wrapKb: Uint8Array<ArrayBuffer>,
  tokenVerificationId: Bytes | null,
): Promise<PendingKeyFetchToken> {
  const token = await createToken(context.random, 'keyFetchToken');
  const keyBundle = await sealKeyBundle(token.bundleKey, account.kA, wrapKb);
  return {
    keyFetchToken: token.token,
    insert: (db) =>
      insertKeyFetchToken(db, {
        uid: fromHex(account.uid),
        tokenHash: token.tokenHash,
        reqHMACkey: token.reqHMACkey,
        keyBundle,
        tokenVerificationId,
        createdAt: context.clock.now(),
      }),
  };
}

/**
 * Hands the sealed bundle out, once. The token survives a refusal.
 * @throws UNVERIFIED_ACCOUNT while the account or the token's session is unverified; INVALID_TOKEN for the loser of a race
 */
export async function fetchKeys(
  context: Context,
  token: KeyFetchToken,
  account: { readonly emailVerified: boolean },
): Promise<string> {
  if (!account.emailVerified || token.tokenVerificationId !== null) throw authError('UNVERIFIED_ACCOUNT');
  const taken = await context.storage.transaction((tx) => takeKeyFetchToken(tx, token), 'relaxed');
  if (!taken) throw authError('INVALID_TOKEN');
  return toHex(token.keyBundle);
}
