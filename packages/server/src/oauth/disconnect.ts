import { fromHex, toHex } from '../storage/hex.js';
import type { Bytes, Database } from '../storage/index.js';
import { endDevicesOf, endRefreshToken } from './end-refresh-tokens.js';
import { readNewestSibling, readRefreshToken } from './store/refresh-tokens.js';
import { deleteGrantsTo } from './store/revocation.js';

/** Whether a refresh token still is one. */
export async function refreshTokenExists(db: Database, tokenHash: Bytes): Promise<boolean> {
  return (await readRefreshToken(db, tokenHash)) !== undefined;
}

/**
 * Ends a refresh token of an account (uid: hex, 32 digits), of this client if one is named. One that the account does
 * not have is gone already.
 */
export async function revokeRefreshToken(
  tx: Database,
  uid: string,
  tokenHash: Bytes,
  clientId?: string,
): Promise<void> {
  const token = await readRefreshToken(tx, tokenHash);
  if (token !== undefined && toHex(token.uid) === uid) await endRefreshToken(tx, tokenHash, clientId?.toLowerCase());
}

/**
 * Ends the refresh token of a device, and those that its client got with the same session: whoever disconnects a device
 * means all that it holds. After the record of the device, which would go over to one of them.
 */
export async function revokeDeviceTokens(tx: Database, tokenHash: Bytes): Promise<void> {
  let token = await readRefreshToken(tx, tokenHash);
  while (token !== undefined) {
    await endRefreshToken(tx, token.tokenHash);
    token = await readNewestSibling(tx, token);
  }
}

/** Ends every code and token that an account gave to a client. */
export async function revokeClient(tx: Database, uid: string, clientId: string): Promise<void> {
  await endDevicesOf(tx, await deleteGrantsTo(tx, fromHex(uid), clientId));
}
