import { SCOPE_OLDSYNC, scopeImplies } from '@foxden/protocol';
import { fromHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import { readGrantedScopes } from './store/refresh-tokens.js';

/** How many devices of an account (uid: hex, 32 digits) may sync: each holds a refresh token of its own for it. */
export async function countSyncGrants(db: Database, uid: string): Promise<number> {
  const scopes = await readGrantedScopes(db, fromHex(uid));
  return scopes.filter((scope) => scopeImplies(scope, SCOPE_OLDSYNC)).length;
}
