import type { PairingFailure } from '@foxden/pairing';
import type { Navigation } from '../routing/navigation.js';
import type { PairingFlow } from './pairing-flow.js';

/** Why a pairing came to nothing: what the channel says, or nobody who is signed in to confirm it. */
export type FailureReason = PairingFailure | 'signed-out';

/** How a pairing ended on this device. */
export type PairingOutcome = { readonly side: PairingFlow['side'] } | { readonly failure: FailureReason };

/** The numbers by which people who help know what happened (oauth-devices §6.4, page errors 1000 to 1006). */
const NUMBERS: Partial<Record<FailureReason, number>> = {
  unreachable: 1002,
  malformed: 1003,
  unexpected: 1003,
  failed: 1004,
  insecure: 1005,
  disconnected: 1006,
};

export function failureNumber(reason: FailureReason): number | undefined {
  return NUMBERS[reason];
}

/** Shows that it is done, in place of the steps: there is nothing to come back to. */
export function showSuccess(navigation: Navigation, side: PairingFlow['side']): void {
  navigation.go('/pair/success', { pairing: { side } }, { replace: true });
}

/** Shows why it came to nothing, in place of the steps. */
export function showFailure(navigation: Navigation, failure: FailureReason): void {
  navigation.go('/pair/failure', { pairing: { failure } }, { replace: true });
}
