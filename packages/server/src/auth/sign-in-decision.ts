import type { Account } from '../accounts/index.js';
import type { Caller, Context } from '../context.js';
import { signedInFromAddressSince } from '../security/index.js';

const KNOWN_ADDRESS = 72 * 60 * 60 * 1000;
const NEW_ACCOUNT = 4 * 60 * 60 * 1000;

/**
 * Whether a sign-in with the right password must still be confirmed by mail (auth-api §5.3): not for an account that was
 * just made, not from an address that signed in lately, unless the server confirms every sign-in.
 */
export async function needsConfirmation(context: Context, caller: Caller, account: Account): Promise<boolean> {
  if (context.config.confirmSignIn === 'always') return true;
  const now = context.clock.now();
  if (now - account.createdAt < NEW_ACCOUNT) return false;
  return !(await signedInFromAddressSince(context, caller, account.uid, now - KNOWN_ADDRESS));
}
