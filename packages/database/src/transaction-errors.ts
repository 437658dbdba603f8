/** For a statement after the one that failed, and for a commit that would have confirmed half of the work. */
export function transactionFailed(cause: unknown): Error {
  return new Error('A statement of this transaction failed, so that all of it is undone.', { cause });
}

/** For a statement nobody waited for, that comes when its transaction has ended. */
export function transactionOver(): Error {
  return new Error('The transaction is over: every statement in it must be awaited.');
}
