import type { oauthEndpoints, ResponseOf } from '@foxden/protocol';
import { findAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import { verifyAccessToken } from './verify-access-token.js';

/**
 * POST `/verify`: what an access token stands for, with the times that tell its holder what to read again.
 * @throws INVALID_TOKEN, EXPIRED_TOKEN
 */
export async function describeAccessToken(
  context: Context,
  token: string,
): Promise<ResponseOf<typeof oauthEndpoints.verify>> {
  const { uid, clientId, scope } = await verifyAccessToken(context, token);
  const account = await findAccount(context.storage.db, uid);
  if (account === undefined) throw oauthError('INVALID_TOKEN');
  return {
    user: uid,
    client_id: clientId,
    scope: scope.split(' ').filter((value) => value !== ''),
    generation: account.verifierSetAt,
    profile_changed_at: account.profileChangedAt,
  };
}
