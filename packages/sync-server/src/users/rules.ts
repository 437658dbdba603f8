import type { KeyId } from './key-id.js';
import { TokenError } from './token-error.js';

/** What a request claims of its account. */
export interface Claim extends KeyId {
  readonly generation: bigint | undefined;
}

/** What is known of the account. */
export interface Known {
  readonly generation: bigint;
  readonly keysChangedAt: bigint | undefined;
  readonly clientState: string;
  /** Client states that the account has left behind. */
  readonly oldClientStates: readonly string[];
}

/**
 * Refuses who comes with older keys than are known, or with keys that cannot be the next ones (sync §2.4, in its order).
 * @throws TokenError
 */
export function requireConsistency(claim: Claim, known: Known): void {
  const stateChanged = claim.clientState !== known.clientState;
  if (isAbove(claim.keysChangedAt, known.keysChangedAt) && isAbove(claim.keysChangedAt, claim.generation)) {
    throw new TokenError('INVALID_KEYS_CHANGED_AT');
  }
  if (known.clientState !== '' && claim.clientState === '') throw new TokenError('EMPTY_CLIENT_STATE');
  if (known.oldClientStates.includes(claim.clientState)) throw new TokenError('STALE_CLIENT_STATE');
  if (stateChanged && isAtMost(claim.generation, known.generation)) {
    throw new TokenError('CLIENT_STATE_WITHOUT_GENERATION');
  }
  if (stateChanged && isAtMost(claim.keysChangedAt, known.keysChangedAt)) {
    throw new TokenError('CLIENT_STATE_WITHOUT_KEYS_CHANGED_AT');
  }
  if (isAbove(known.generation, claim.generation)) throw new TokenError('INVALID_GENERATION');
  if (isAbove(known.keysChangedAt, claim.keysChangedAt)) throw new TokenError('INVALID_KEYS_CHANGED_AT');
  if (claim.keysChangedAt === undefined && known.keysChangedAt !== undefined && known.keysChangedAt !== 0n) {
    throw new TokenError('INVALID_KEYS_CHANGED_AT');
  }
}

/** What is known once a claim is believed. */
export function learn(claim: Claim, known: Known): Pick<Known, 'generation' | 'keysChangedAt'> {
  const { keysChangedAt } = claim;
  const impliesGeneration =
    keysChangedAt !== undefined &&
    keysChangedAt > known.generation &&
    (known.keysChangedAt === undefined || keysChangedAt > known.keysChangedAt);
  return {
    generation: claim.generation ?? (impliesGeneration ? keysChangedAt : known.generation),
    keysChangedAt: keysChangedAt ?? known.keysChangedAt,
  };
}

/** Comparisons with what is not known are false. */
function isAbove(left: bigint | undefined, right: bigint | undefined): boolean {
  return left !== undefined && right !== undefined && left > right;
}

function isAtMost(left: bigint | undefined, right: bigint | undefined): boolean {
  return left !== undefined && right !== undefined && left <= right;
}
