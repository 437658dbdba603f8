import type { PairingEnvironment } from '../environment.js';
import type { PairingError } from '../error.js';
import type { RemoteMetadata } from '../messages/metadata.js';
import type { ChannelAddress } from '../pairing-url.js';

/** What a channel tells whoever opened it. */
export interface ChannelListener {
  /** Something that the other side sent, as `JSON.parse` gives it; in the order of sending. */
  readonly onMessage: (content: unknown, sender: RemoteMetadata) => void;
  /** Nothing follows. Without an error the other side has closed the channel, or this one has. */
  readonly onEnd: (error: PairingError | undefined) => void;
}

/** An end-to-end encrypted channel between two devices, over a pairing server that can read nothing of it. */
export interface PairingChannel extends ChannelAddress {
  /**
   * Sends something that `JSON.stringify` can write; waits until the other side has proved that it knows the key.
   * @throws PairingError why the channel ended, if it did before
   */
  send(content: object): Promise<void>;
  /** Says good-bye and closes the connection. Never fails; closing twice is closing once. */
  close(): Promise<void>;
}

/**
 * Opens a new channel, with a key that nobody knows yet (OAuth §6.1, §6.2).
 * @param pairingServer as discovery names it, `pairing_server_base_uri`
 * @throws PairingError `unreachable`, `timeout`, `malformed`
 */
export async function createChannel(
  pairingServer: string,
  listener: ChannelListener,
  environment: PairingEnvironment = {},
): Promise<PairingChannel> {
  throw new Error(`not built: ${pairingServer} ${typeof listener} ${typeof environment}`);
}

/**
 * Joins the channel of a pairing URL, and waits until the other side has proved that it knows the key (OAuth §6.2).
 * @param pairingServer as discovery names it, `pairing_server_base_uri`
 * @throws PairingError `unreachable`, `insecure`, `disconnected`, `timeout`, `malformed`
 */
export async function joinChannel(
  pairingServer: string,
  address: ChannelAddress,
  listener: ChannelListener,
  environment: PairingEnvironment = {},
): Promise<PairingChannel> {
  throw new Error(`not built: ${pairingServer} ${address.channelId} ${typeof listener} ${typeof environment}`);
}
