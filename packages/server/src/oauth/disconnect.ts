import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database, Storage } from '../storage/index.js';
import { endDevicesOf, endRefreshToken } from './end-refresh-tokens.js';
import { deleteAuthorizations } from './store/authorizations.js';
import { readNewestSibling, readRefreshToken, readRefreshTokens } from './store/refresh-tokens.js';
import { deleteGrantsTo } from './store/revocation.js';

/**
 * Ends a refresh token of an account (uid: hex, 32 digits), of this client if one is named. One that the account does
 * not have is gone already.
 */
export async function revokeRefreshToken(
  storage: Pick<Storage, 'engine'>,
  tx: Database,
  uid: string,
  tokenHash: Bytes,
  clientId?: string,
): Promise<void> {
  const token = await readRefreshToken(tx, tokenHash);
  if (token === undefined || toHex(token.uid) !== uid) return;
  await endRefreshToken(storage, tx, tokenHash, clientId?.toLowerCase());
  await forgetConsentOfTheLast(tx, uid, token.clientId);
}

/**
 * Ends the refresh token of a device, and those that its client got with the same session: whoever disconnects a device
 * means all that it holds. After the record of the device, which would go over to one of them.
 */
export async function revokeDeviceTokens(
  storage: Pick<Storage, 'engine'>,
  tx: Database,
  tokenHash: Bytes,
): Promise<void> {
  const first = await readRefreshToken(tx, tokenHash);
  let token = first;
  while (token !== undefined) {
    await endRefreshToken(storage, tx, token.tokenHash);
    token = await readNewestSibling(tx, token);
  }
  if (first !== undefined) await forgetConsentOfTheLast(tx, toHex(first.uid), first.clientId);
}

/** Ends every code and token that an account gave to a client; it has to ask again. */
export async function revokeClient(tx: Database, uid: string, clientId: string): Promise<void> {
  await endDevicesOf(tx, await deleteGrantsTo(tx, fromHex(uid), clientId));
  await deleteAuthorizations(tx, uid, clientId);
}

/** Who disconnects an application wants to be asked before it is connected again; unless it runs elsewhere still. */
async function forgetConsentOfTheLast(tx: Database, uid: string, clientId: string): Promise<void> {
  const others = await readRefreshTokens(tx, uid, clientId);
  if (others.length === 0) await deleteAuthorizations(tx, uid, clientId);
}
