import { bytesToBase64url } from '@foxden/protocol';
import { completeEnvironment, type PairingEnvironment } from '../environment.js';
import { type ChannelAddress, checkAddress } from '../pairing-url.js';
import { type ChannelListener, Connection } from './connection.js';

/** An end-to-end encrypted channel between two devices, over a pairing server that can read nothing of it. */
export interface PairingChannel extends ChannelAddress {
  /**
   * Sends something that `JSON.stringify` can write; waits until the other side has proved that it knows the key.
   * @throws PairingError why the channel ended, if it did before; `malformed` when it is more than 16 kB
   */
  send(content: object): Promise<void>;
  /** Says good-bye and closes the connection. Never fails; closing twice is closing once. */
  close(): Promise<void>;
}

const KEY_LENGTH = 32;

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
  const complete = completeEnvironment(environment);
  const channelKey = bytesToBase64url(complete.random(KEY_LENGTH));
  const connection = new Connection(endpoint(pairingServer), { channelKey }, listener, complete);
  return asChannel(connection, await connection.opened.promise);
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
  const { channelId, channelKey } = checkAddress(address);
  const url = `${endpoint(pairingServer)}${channelId}`;
  const complete = completeEnvironment(environment);
  const connection = new Connection(url, { channelKey, expectedId: channelId }, listener, complete);
  await connection.secured.promise;
  return asChannel(connection, channelId);
}

function endpoint(pairingServer: string): string {
  return `${pairingServer.replace(/\/$/, '')}/v1/ws/`;
}

function asChannel(connection: Connection, channelId: string): PairingChannel {
  return {
    channelId,
    channelKey: connection.channelKey,
    send: (content) => connection.send(content),
    close: () => connection.close(),
  };
}
