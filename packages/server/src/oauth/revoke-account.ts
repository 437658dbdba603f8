import type { Database } from '../storage/index.js';
import { deleteAccountGrants, deletePublicGrants } from './store/revocation.js';

/**
 * Ends what an account gave to applications, inside the transaction of a password change or reset (oauth-devices §1.1):
 * codes, refresh tokens and stored access tokens. JWT access tokens that are not stored end by themselves.
 * @param uid hex, 32 digits
 * @param options `onlyPublicAndGranting`: leave the clients alone that keep a secret and use codes
 */
export async function revokeAccountTokens(
  db: Database,
  uid: string,
  options: { readonly onlyPublicAndGranting: boolean },
): Promise<void> {
  await (options.onlyPublicAndGranting ? deletePublicGrants(db, uid) : deleteAccountGrants(db, uid));
}

/** Deletes all that this domain knows about an account (uid: hex, 32 digits). */
export async function deleteOAuthData(db: Database, uid: string): Promise<void> {
  await deleteAccountGrants(db, uid);
}
