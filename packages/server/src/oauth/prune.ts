import { sql } from 'kysely';
import type { Context } from '../context.js';
import { prune } from '../storage/index.js';
import { CODE_LIFETIME, EXCHANGE_MEMORY } from './lifetimes.js';

/**
 * Deletes expired codes and access tokens, signing keys that are no longer published, and what was exchanged long ago.
 * Answers how many rows went.
 */
export async function pruneOAuth({ storage: { db }, clock }: Pick<Context, 'storage' | 'clock'>): Promise<number> {
  const now = clock.now();
  const codes = await prune(db, 'oauthCodes', ['uid', 'codeHash'], sql`"createdAt" <= ${now - CODE_LIFETIME}`);
  const tokens = await prune(db, 'accessTokens', ['uid', 'tokenHash'], sql`"expiresAt" <= ${now}`);
  const keys = await prune(db, 'signingKeys', ['kid'], sql`"retiredUntil" <= ${now}`);
  const exchanged = await prune(
    db,
    'exchangedTokens',
    ['uid', 'tokenHash'],
    sql`"exchangedAt" <= ${now - EXCHANGE_MEMORY}`,
  );
  return codes + tokens + keys + exchanged;
}
