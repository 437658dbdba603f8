import type { MessageName } from '../messages/message.js';
import type { SupplicantState } from './states.js';

/** What moves a supplicant: the channel stands, a message came, its person agreed, the code was handed on. */
export type SupplicantEvent = 'connected' | MessageName | 'approve' | 'delivered';
export type SupplicantStateName = SupplicantState['type'];

/**
 * The whole machine (OAuth §6.4): state → event → state. A message that a state does not list ends it with `unexpected`.
 * From every state but the last two an error, a good-bye of the other side or a time-out leads to `failed`.
 */
export const SUPPLICANT_TRANSITIONS: Readonly<
  Record<SupplicantStateName, Readonly<Partial<Record<SupplicantEvent, SupplicantStateName>>>>
> = {
  connecting: { connected: 'waiting_for_metadata' },
  waiting_for_metadata: { 'pair:auth:metadata': 'waiting_for_authorizations' },
  waiting_for_authorizations: { approve: 'waiting_for_authority', 'pair:auth:authorize': 'waiting_for_supplicant' },
  waiting_for_authority: { 'pair:auth:authorize': 'sending_result' },
  waiting_for_supplicant: { approve: 'sending_result' },
  sending_result: { delivered: 'complete' },
  complete: {},
  failed: {},
};
