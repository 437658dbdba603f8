import { oauthError } from '../../errors.js';
import type { CodeAttempt } from './attempt.js';

/**
 * `acr_values=AAL2` asks for a second factor in this session; other values ask for nothing (oauth-devices §1.5).
 * @throws INSUFFICIENT_ACR_VALUES
 */
export function requireAcrValues({ session, acrValues }: CodeAttempt): void {
  const wantsSecondFactor = acrValues?.split(/\s+/).includes('AAL2') === true;
  if (wantsSecondFactor && session.aal < 2) {
    throw oauthError('INSUFFICIENT_ACR_VALUES', { foundValue: `AAL${session.aal}` });
  }
}
