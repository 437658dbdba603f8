/**
 * What ended a pairing:
 * - `unreachable`: the pairing server does not answer, or knows no such channel, or lets nobody else into it
 * - `insecure`: the other side has another key, or somebody changed, repeated, left out or added a record
 * - `disconnected`: the connection was lost before anybody had said good-bye
 * - `declined`: the other side ended it, by its person's wish
 * - `cancelled`: this side ended it
 * - `timeout`: it took longer than it may
 * - `malformed`: a URL, a frame or a message is not what it should be
 * - `unexpected`: a message, or a call, that the state does not allow
 * - `failed`: the code could not be made, or not be handed on; `cause` says why
 */
export type PairingFailure =
  | 'unreachable'
  | 'insecure'
  | 'disconnected'
  | 'declined'
  | 'cancelled'
  | 'timeout'
  | 'malformed'
  | 'unexpected'
  | 'failed';

export class PairingError extends Error {
  override readonly name = 'PairingError';
  readonly kind: PairingFailure;

  /** @param detail for logs, not written for people; it holds no secret */
  constructor(kind: PairingFailure, detail: string, options?: ErrorOptions) {
    super(`${kind}: ${detail}`, options);
    this.kind = kind;
  }
}
