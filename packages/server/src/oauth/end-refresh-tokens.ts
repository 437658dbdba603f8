import { holdAccount } from '../accounts/index.js';
import { deleteDeviceOfRefreshToken, moveDevice } from '../devices/index.js';
import { toHex } from '../storage/hex.js';
import type { Bytes, Database, RefreshTokenRow, Storage } from '../storage/index.js';
import { readNewestSibling, readRefreshToken, takeRefreshToken } from './store/refresh-tokens.js';
import { type DeletedRefreshToken, deleteAccessTokensOf } from './store/revocation.js';

/**
 * Deletes a refresh token, of this client if one is named, with the access tokens of its grant. Its device goes over to
 * the newest other token that the same client got with the same session: a client that asks for more scopes gets a new
 * token, destroys the old one, and stays the device it was. Without such a token the device goes too.
 * @returns false when there is no such token
 */
export async function endRefreshToken(
  storage: Pick<Storage, 'engine'>,
  tx: Database,
  tokenHash: Bytes,
  clientId?: string,
): Promise<boolean> {
  const known = await readRefreshToken(tx, tokenHash);
  if (known === undefined) return false;
  // Else a device could go over to a token that ends at the same moment.
  await holdAccount(storage, tx, { uid: toHex(known.uid) });
  const token = await takeRefreshToken(tx, tokenHash, clientId);
  if (token === undefined) return false;
  if (token.grantId !== null) await deleteAccessTokensOf(tx, token.uid, token.grantId);
  await passDeviceOn(tx, token);
  return true;
}

async function passDeviceOn(tx: Database, token: RefreshTokenRow): Promise<void> {
  const heir = token.sessionTokenHash === null ? undefined : await readNewestSibling(tx, token);
  const uid = toHex(token.uid);
  if (heir === undefined) await deleteDeviceOfRefreshToken(tx, uid, token.tokenHash);
  else await moveDevice(tx, uid, token.tokenHash, heir.tokenHash);
}

/** Deletes the devices of refresh tokens that were deleted, in the same transaction. */
export async function endDevicesOf(tx: Database, deleted: readonly DeletedRefreshToken[]): Promise<void> {
  for (const { uid, tokenHash } of deleted) await deleteDeviceOfRefreshToken(tx, toHex(uid), tokenHash);
}
