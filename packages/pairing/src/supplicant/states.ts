import type { PairingError } from '../error.js';
import type { PairingAuthorization } from '../messages/authorization.js';
import type { AuthorityMetadata, RemoteMetadata } from '../messages/metadata.js';

/** Who wants to let this device in: what it says of itself, and what the pairing server saw of it. */
export interface AuthorityIdentity {
  readonly authority: AuthorityMetadata;
  readonly remote: RemoteMetadata;
}

/** Where a supplicant stands (OAuth §6.4). */
export type SupplicantState =
  | { readonly type: 'connecting' }
  | { readonly type: 'waiting_for_metadata' }
  /** Nobody has approved yet. */
  | ({ readonly type: 'waiting_for_authorizations' } & AuthorityIdentity)
  /** This side has approved. */
  | ({ readonly type: 'waiting_for_authority' } & AuthorityIdentity)
  /** The other side has approved. */
  | ({ readonly type: 'waiting_for_supplicant' } & AuthorityIdentity)
  /** Both have; the code is being handed on. */
  | ({ readonly type: 'sending_result' } & AuthorityIdentity)
  | ({ readonly type: 'complete'; readonly authorization: PairingAuthorization } & AuthorityIdentity)
  | { readonly type: 'failed'; readonly error: PairingError };

export type SupplicantEnd = Extract<SupplicantState, { readonly type: 'complete' | 'failed' }>;
