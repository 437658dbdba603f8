import { parseScope, type ScopeSet } from '@foxden/protocol';
import type { Database } from '../../storage/index.js';

/** The scopes that only clients with a permission for them may ask for (oauth-devices §1.1). */
export interface CustomScopes {
  readonly all: ScopeSet;
  /** Those that come with a key; a part of `all`. */
  readonly withKeys: ScopeSet;
}

export async function readCustomScopes(db: Database): Promise<CustomScopes> {
  const rows = await db.selectFrom('oauthScopes').selectAll().orderBy('scope').execute();
  const withKeys = rows.filter((row) => row.hasScopedKeys === 1);
  return { all: toSet(rows), withKeys: toSet(withKeys) };
}

function toSet(rows: readonly { readonly scope: string }[]): ScopeSet {
  return parseScope(rows.map((row) => row.scope).join(' '));
}

/** Makes a scope a custom one, if it is not. A scope once known to have keys keeps them: their holders count on it. */
export async function putCustomScope(db: Database, scope: string, hasScopedKeys: boolean): Promise<void> {
  await db
    .insertInto('oauthScopes')
    .values({ scope, hasScopedKeys: hasScopedKeys ? 1 : 0 })
    .onConflict((conflict) =>
      hasScopedKeys ? conflict.column('scope').doUpdateSet({ hasScopedKeys: 1 }) : conflict.column('scope').doNothing(),
    )
    .execute();
}
