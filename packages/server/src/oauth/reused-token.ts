import { holdAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { tellingDisconnections } from '../push/index.js';
import { toHex } from '../storage/hex.js';
import type { Bytes, ExchangedTokenRow } from '../storage/index.js';
import { endDevicesOf } from './end-refresh-tokens.js';
import { EXCHANGE_OVERLAP } from './lifetimes.js';
import { readExchangedToken } from './store/exchanged-tokens.js';
import { deleteGrant } from './store/revocation.js';

/** Whether the client may not have heard yet that its refresh token was exchanged. */
export function isFresh(exchanged: ExchangedTokenRow, now: number): boolean {
  return now - exchanged.exchangedAt < EXCHANGE_OVERLAP;
}

/**
 * Somebody uses a refresh token that was exchanged a while ago: either the token or its successor is in foreign hands, so
 * everything that came from the same grant ends (RFC 9700 §4.14.2). Does nothing for a token that was never exchanged.
 */
export async function endReusedGrant(context: Context, tokenHash: Bytes): Promise<void> {
  const { storage, clock } = context;
  const exchanged = await readExchangedToken(storage.db, tokenHash);
  if (exchanged === undefined || isFresh(exchanged, clock.now())) return;
  await storage.transaction(async (tx) => {
    const uid = toHex(exchanged.uid);
    await holdAccount(storage, tx, { uid });
    await tellingDisconnections(context, tx, uid, async () =>
      endDevicesOf(tx, await deleteGrant(tx, exchanged.uid, exchanged.grantId)),
    );
  });
  context.push.wake();
}
