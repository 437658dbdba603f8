import { intersectsScope, parseScope, type ScopeSet, unionScopes } from '@foxden/protocol';
import { holdAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { tellingDisconnections } from '../push/index.js';
import type { Session } from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import type { Database, Storage } from '../storage/index.js';
import { endRefreshToken } from './end-refresh-tokens.js';
import { requireClient } from './find-client.js';
import { readScopeParameter } from './requested-scope.js';
import { applyRules, SESSION_RULES } from './rules/index.js';
import { scopeText } from './scope-text.js';
import { deleteAuthorization, putAuthorization, putRevokedScope, readAuthorizations } from './store/authorizations.js';
import { narrowRefreshToken, readRefreshTokens } from './store/refresh-tokens.js';
import { deleteGrantsOfScopes, readScopesInUse } from './store/revocation.js';

/**
 * Takes scopes away from a client, or all that it has when none is named: out of its tokens, its codes and the records of
 * what it was allowed. Neither a token nor a session brings them back; only the person does, with the password
 * (docs/decisions/0009). What gives a part of a scope, or more than it, goes with it.
 * @throws UNVERIFIED_ACCOUNT, UNVERIFIED_SESSION, UNKNOWN_CLIENT, INVALID_PARAMETER for what is no scope
 */
export async function revokeAuthorization(
  context: Context,
  session: Session,
  request: { readonly clientId: string; readonly scope: string | undefined },
): Promise<void> {
  applyRules(SESSION_RULES, { session });
  const client = await requireClient(context, request.clientId);
  const named = request.scope === undefined ? undefined : readScopeParameter(request.scope);
  await context.storage.transaction(async (tx) => {
    await holdAccount(context.storage, tx, { uid: session.uid });
    const taken = named ?? (await everythingOf(tx, session.uid, client.id));
    await tellingDisconnections(context, tx, session.uid, () =>
      takeFromTokens(context.storage, tx, session.uid, client.id, taken),
    );
    await takeFromRecords(tx, session.uid, client.id, taken);
    const revokedAt = context.clock.now();
    for (const { text } of taken) {
      await putRevokedScope(tx, { uid: fromHex(session.uid), clientId: client.id, scope: text, revokedAt });
    }
  });
  context.push.wake();
}

async function everythingOf(tx: Database, uid: string, clientId: string): Promise<ScopeSet> {
  const [records, tokens] = [await readAuthorizations(tx, uid, clientId), await readRefreshTokens(tx, uid, clientId)];
  const scopes = [...[...records, ...tokens].map(({ scope }) => scope), ...(await readScopesInUse(tx, uid, clientId))];
  return scopes.reduce<ScopeSet>((all, scope) => unionScopes(all, parseScope(scope)), []);
}

/** JWT access tokens that are not stored end by themselves. */
async function takeFromTokens(
  storage: Pick<Storage, 'engine'>,
  tx: Database,
  uid: string,
  clientId: string,
  taken: ScopeSet,
): Promise<void> {
  for (const token of await readRefreshTokens(tx, uid, clientId)) {
    const kept = without(token.scope, taken);
    if (kept === token.scope) continue;
    if (kept === '') await endRefreshToken(storage, tx, token.tokenHash);
    else await narrowRefreshToken(tx, token, kept);
  }
  const inUse = await readScopesInUse(tx, uid, clientId);
  const spoilt = inUse.filter((scope) => without(scope, taken) !== scope);
  await deleteGrantsOfScopes(tx, uid, clientId, spoilt);
}

async function takeFromRecords(tx: Database, uid: string, clientId: string, taken: ScopeSet): Promise<void> {
  for (const record of await readAuthorizations(tx, uid, clientId)) {
    const scope = without(record.scope, taken);
    if (scope === '') await deleteAuthorization(tx, record);
    else await putAuthorization(tx, { ...record, scope });
  }
}

/** A scope string without the values that give some of what is taken. */
function without(scope: string, taken: ScopeSet): string {
  return scopeText(parseScope(scope).filter((value) => !intersectsScope([value], taken)));
}
