import type { Caller, Context } from '../../context.js';
import { authError, type ServiceError } from '../../errors.js';

/** The answer to an address without an account, after counting the question against who asked. */
export async function unknownAccount(context: Context, caller: Caller, email: string): Promise<ServiceError> {
  await context.limits.failed('loadAccountFailed', { ip: caller.address, email });
  return authError('UNKNOWN_ACCOUNT', { email });
}
