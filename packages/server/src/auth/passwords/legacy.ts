import type { Context } from '../../context.js';
import { authError } from '../../errors.js';

/**
 * The routes of a password reset by link are for older clients only (auth-api §12, 3).
 * @throws ENDPOINT_GONE when the server does without them
 */
export function requireLegacyRoutes(context: Context): void {
  if (!context.config.legacyRoutes) throw authError('ENDPOINT_GONE');
}
