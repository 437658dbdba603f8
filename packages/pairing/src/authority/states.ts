import type { PairingError } from '../error.js';
import type { RemoteMetadata } from '../messages/metadata.js';
import type { PairingRequest } from '../messages/request.js';

/** Who wants to be let in: what it asks for, and what the pairing server saw of it. */
export interface SupplicantIdentity {
  readonly request: PairingRequest;
  readonly remote: RemoteMetadata;
}

/** Where an authority stands (OAuth §6.4). */
export type AuthorityState =
  | { readonly type: 'SuppConnectionPending' }
  /** Nobody has approved yet. */
  | ({ readonly type: 'PendingConfirmations' } & SupplicantIdentity)
  /** The other side has approved. */
  | ({ readonly type: 'PendingLocalConfirmation' } & SupplicantIdentity)
  /** This side has approved, and the code is being made. */
  | ({ readonly type: 'Authorizing' } & SupplicantIdentity)
  /** Both have approved, and the code is being made. */
  | ({ readonly type: 'AuthorizingConfirmed' } & SupplicantIdentity)
  /** This side has approved, and the code was sent. */
  | ({ readonly type: 'PendingRemoteConfirmation' } & SupplicantIdentity)
  | ({ readonly type: 'Completed' } & SupplicantIdentity)
  /** A person said no: here, or on the other device. */
  | { readonly type: 'Aborted'; readonly by: 'authority' | 'supplicant' }
  | { readonly type: 'Errored'; readonly error: PairingError };

export type AuthorityEnd = Extract<AuthorityState, { readonly type: 'Completed' | 'Aborted' | 'Errored' }>;
