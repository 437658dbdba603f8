import type { PairingEnvironment } from '../environment.js';
import type { PairingError } from '../error.js';
import type { PairingAuthorization } from '../messages/authorization.js';
import type { AuthorityMetadata, RemoteMetadata } from '../messages/metadata.js';
import type { PairingRequest } from '../messages/request.js';
import type { ChannelAddress } from '../pairing-url.js';

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

export interface SupplicantOptions {
  /** As discovery names it, `pairing_server_base_uri`. */
  readonly pairingServer: string;
  /** What was scanned, see `readPairingUrl`. */
  readonly channel: ChannelAddress;
  /** See `readPairingRequest`. */
  readonly request: PairingRequest;
  /** Hands the code on to whoever redeems it. It has been checked: the state is the request's. */
  readonly deliver: (authorization: PairingAuthorization) => Promise<void> | void;
  /** Hears of every state after the first. */
  readonly onState?: (state: SupplicantState) => void;
}

/** The device that is let in. */
export interface Supplicant {
  readonly state: SupplicantState;
  /** The last state; never rejects. */
  readonly ended: Promise<SupplicantEnd>;
  /**
   * The person on this device agrees.
   * @throws PairingError `unexpected` where nothing is to be approved; the state stays
   */
  approve(): void;
  /** The person on this device does not: `failed` with `cancelled`. Does nothing at the end. */
  cancel(): void;
}

/** Joins a channel and asks to be let in; ends with a code, an error, or after 15 minutes (OAuth §6.4). */
export function startSupplicant(options: SupplicantOptions, environment: PairingEnvironment = {}): Supplicant {
  throw new Error(`not built: ${options.pairingServer} ${typeof environment}`);
}
