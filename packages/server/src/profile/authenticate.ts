import type { Context } from '../context.js';
import { profileError, ServiceError } from '../errors.js';
import { type AccessToken, verifyAccessToken } from '../oauth/index.js';

/**
 * The access token that a request for a profile carries.
 * @throws UNAUTHORIZED (profile family) for one that is unknown or expired (oauth-devices §5)
 */
export async function authenticateAccessToken(context: Context, token: string): Promise<AccessToken> {
  try {
    return await verifyAccessToken(context, token);
  } catch (error) {
    if (error instanceof ServiceError) throw profileError('UNAUTHORIZED', { reason: error.message });
    throw error;
  }
}
