import type { Database } from '../storage/index.js';
import { endDevicesOf } from './end-refresh-tokens.js';
import { deleteAccountGrants, deleteAccountRecords, deletePublicGrants } from './store/revocation.js';

/**
 * Ends what an account gave to applications, inside the transaction of a password change or reset (oauth-devices §1.1):
 * codes, refresh tokens with their devices, and stored access tokens. JWT access tokens that are not stored end by themselves.
 * @param uid hex, 32 digits
 * @param options `onlyPublicAndGranting`: leave the clients alone that keep a secret and use codes
 */
export async function revokeAccountTokens(
  db: Database,
  uid: string,
  options: { readonly onlyPublicAndGranting: boolean },
): Promise<void> {
  const deleted = await (options.onlyPublicAndGranting ? deletePublicGrants(db, uid) : deleteAccountGrants(db, uid));
  await endDevicesOf(db, deleted);
}

/** Deletes all that this domain knows about an account (uid: hex, 32 digits). */
export async function deleteOAuthData(db: Database, uid: string): Promise<void> {
  await endDevicesOf(db, await deleteAccountGrants(db, uid));
  await deleteAccountRecords(db, uid);
}
