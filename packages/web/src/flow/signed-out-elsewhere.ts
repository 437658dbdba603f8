import { message } from '../messages/message.js';
import type { Services } from '../services.js';
import { showStep } from './steps.js';

/** The session is gone, whoever ended it. */
export function signedOutElsewhere(services: Services): void {
  services.accounts.set(undefined);
  services.visit.forget();
  showStep(services, 'enter-email', { notice: message('notice-signed-out-elsewhere') });
}
