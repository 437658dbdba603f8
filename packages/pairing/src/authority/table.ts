import type { MessageName } from '../messages/message.js';
import type { AuthorityState } from './states.js';

/** What moves an authority: a message came, its person agreed, the code was made and sent. */
export type AuthorityEvent = MessageName | 'approve' | 'sent';
export type AuthorityStateName = AuthorityState['type'];

/**
 * The whole machine (OAuth §6.4): state → event → state. A message that a state does not list ends it with `unexpected`.
 * From every state but the last three an error or a time-out leads to `Errored`, and a person's no, here or there, to
 * `Aborted`.
 */
export const AUTHORITY_TRANSITIONS: Readonly<
  Record<AuthorityStateName, Readonly<Partial<Record<AuthorityEvent, AuthorityStateName>>>>
> = {
  SuppConnectionPending: { 'pair:supp:request': 'PendingConfirmations' },
  PendingConfirmations: { approve: 'Authorizing', 'pair:supp:authorize': 'PendingLocalConfirmation' },
  PendingLocalConfirmation: { approve: 'AuthorizingConfirmed' },
  Authorizing: { sent: 'PendingRemoteConfirmation', 'pair:supp:authorize': 'AuthorizingConfirmed' },
  AuthorizingConfirmed: { sent: 'Completed' },
  PendingRemoteConfirmation: { 'pair:supp:authorize': 'Completed' },
  Completed: {},
  Aborted: {},
  Errored: {},
};
