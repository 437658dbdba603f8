import type { UsersContext, UsersTransaction } from './context.js';
import { formatKeyId, RETIRED } from './key-id.js';
import { allocateNode } from './nodes.js';
import { type Claim, learn, requireConsistency } from './rules.js';
import { advance, findRows, insertUser, lockAccount, markReplaced, type UserRow } from './store.js';
import { TokenError } from './token-error.js';

/** Where a user's data are. */
export interface ResolvedUser {
  readonly uid: number;
  readonly nodeUrl: string;
  /** Names the keys that the data are encrypted with. */
  readonly keyId: string;
}

/**
 * The user that an account's claim stands for: found, made, or replaced by a new one when the keys have changed, whose
 * data begin empty (sync §2.4).
 * @throws TokenError
 */
export async function resolveUser(context: UsersContext, fxaUid: string, claim: Claim): Promise<ResolvedUser> {
  const { users } = context.tables;
  const outcome = await users.transaction(async (tx) => {
    await lockAccount(users.engine, tx, fxaUid);
    const rows = await findRows(context, tx, fxaUid);
    const [current, ...others] = rows;
    if (current === undefined) return addUser(context, tx, fxaUid, claim);
    for (const row of others) if (row.replacedAt === null) await markReplaced(tx, row.uid, current.createdAt);
    const placed = await place(context, tx, fxaUid, current);
    const oldClientStates = others.map(({ clientState }) => clientState).filter((it) => it !== current.clientState);
    try {
      requireConsistency(claim, { ...placed, oldClientStates });
    } catch (error) {
      // What was tidied up above stays: it does not depend on who asked.
      if (error instanceof TokenError) return error;
      throw error;
    }
    return believe(context, tx, fxaUid, claim, { ...placed, oldClientStates });
  });
  if (outcome instanceof TokenError) throw outcome;
  return outcome;
}

type PlacedRow = UserRow & { readonly nodeUrl: string };

async function addUser(
  context: UsersContext,
  tx: UsersTransaction,
  fxaUid: string,
  claim: Claim,
): Promise<ResolvedUser> {
  if (!context.allowNewUsers) throw new TokenError('NEW_USERS_DISABLED');
  const node = await allocateNode(context, tx);
  const generation = claim.generation ?? 0n;
  const uid = await insertUser(context, tx, fxaUid, {
    generation,
    clientState: claim.clientState,
    keysChangedAt: claim.keysChangedAt,
    nodeId: node.id,
    createdAt: context.clock.now(),
  });
  return { uid, nodeUrl: node.url, keyId: formatKeyId(claim.keysChangedAt ?? generation, claim.clientState) };
}

/** The current row on a node: a new one like it where it was replaced or its node is gone. */
async function place(context: UsersContext, tx: UsersTransaction, fxaUid: string, row: UserRow): Promise<PlacedRow> {
  const { nodeUrl } = row;
  if (row.generation >= RETIRED) {
    if (nodeUrl === undefined) throw new TokenError('UNEXPECTED');
    return { ...row, nodeUrl };
  }
  if (row.replacedAt === null && nodeUrl !== undefined) return { ...row, nodeUrl };
  const now = context.clock.now();
  const node = await allocateNode(context, tx);
  const placed = { ...row, nodeId: node.id, createdAt: now, replacedAt: null };
  const uid = await insertUser(context, tx, fxaUid, placed);
  await markReplaced(tx, row.uid, now);
  return { ...placed, uid, nodeUrl: node.url };
}

async function believe(
  context: UsersContext,
  tx: UsersTransaction,
  fxaUid: string,
  claim: Claim,
  known: PlacedRow & { readonly oldClientStates: readonly string[] },
): Promise<ResolvedUser> {
  const { clientState } = claim;
  const { nodeUrl } = known;
  const learned = learn(claim, known);
  const keyId = formatKeyId(learned.keysChangedAt ?? learned.generation, clientState);
  if (clientState === known.clientState) {
    if (learned.generation !== known.generation || learned.keysChangedAt !== known.keysChangedAt) {
      await advance(tx, known.uid, learned);
    }
    return { uid: known.uid, nodeUrl, keyId };
  }
  const createdAt = context.clock.now();
  const uid = await insertUser(context, tx, fxaUid, { ...learned, clientState, nodeId: known.nodeId, createdAt });
  await markReplaced(tx, known.uid, createdAt);
  return { uid, nodeUrl, keyId };
}
