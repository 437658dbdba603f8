import type { PairingEnvironment } from '../environment.js';
import type { PairingError } from '../error.js';
import type { PairingAuthorization } from '../messages/authorization.js';
import type { AuthorityMetadata, RemoteMetadata } from '../messages/metadata.js';
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

export interface AuthorityOptions {
  /** As discovery names it, `pairing_server_base_uri`. */
  readonly pairingServer: string;
  /** Where the pages are that the other device opens. */
  readonly contentUrl: string;
  /** What the other device shows of this one. */
  readonly metadata: AuthorityMetadata;
  /**
   * Makes a code for the request, with the keys of its scopes sealed to its `keysJwk`. Called once, after `approve`; what
   * it gives is checked before it is sent.
   */
  readonly authorize: (request: PairingRequest) => Promise<PairingAuthorization>;
  /** Hears of every state after the first. */
  readonly onState?: (state: AuthorityState) => void;
}

/** The device that is signed in and lets another one in. */
export interface Authority {
  /** What the other device scans. */
  readonly url: string;
  readonly state: AuthorityState;
  /** The last state; never rejects. */
  readonly ended: Promise<AuthorityEnd>;
  /**
   * The person on this device agrees.
   * @throws PairingError `unexpected` where nothing is to be approved; the state stays
   */
  approve(): void;
  /** The person on this device does not. Does nothing at the end. */
  decline(): void;
}

/**
 * Creates a channel and waits on it for a device that asks to be let in, for 15 minutes altogether (OAuth §6.4).
 * @throws PairingError `unreachable`, `timeout`, `malformed` when there is no channel
 */
export async function startAuthority(
  options: AuthorityOptions,
  environment: PairingEnvironment = {},
): Promise<Authority> {
  throw new Error(`not built: ${options.pairingServer} ${typeof environment}`);
}
