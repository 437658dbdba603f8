import { CLOSED, type Closing } from './closing.js';

/** Who sends a message, as the others are told; what is not known is left out (oauth-devices §6.1). */
export interface Sender {
  /** As the device calls itself. */
  readonly ua?: string;
  /** IP address, behind the trusted proxies. */
  readonly remote: string;
}

/** One connection to a channel. */
export interface Peer {
  readonly sender: Sender;
  send(text: string): void;
  close(closing: Closing): void;
}

export interface ChannelLimits {
  /** Messages that a channel takes from all its connections. */
  readonly messages: number;
  /** Bytes that it takes, of messages and of all else. */
  readonly bytes: number;
}

/** What some connections share: whatever one says is said to all others (oauth-devices §6.1). */
export interface Channel {
  /** Whether a connection may come in: two from anywhere, one more from where one is already. */
  admits(peer: Peer): boolean;
  join(peer: Peer): void;
  leave(peer: Peer): void;
  /** Relays a text of so many bytes; what is no text is undefined, counted and dropped. */
  receive(from: Peer, bytes: number, text: string | undefined): void;
  /** Closes every connection. */
  end(closing: Closing): void;
}

/** The devices of a pairing. */
const DEVICES = 2;
/** One of them may come again before its lost connection is noticed. */
const MOST_PEERS = 3;

/** @param onEmpty called when the last connection is gone */
export function createChannel(limits: ChannelLimits, onEmpty: () => void): Channel {
  const peers = new Set<Peer>();
  let messages = 0;
  let bytes = 0;

  function end(closing: Closing): void {
    for (const peer of peers) peer.close(closing);
    peers.clear();
    onEmpty();
  }

  return {
    admits({ sender }) {
      if (peers.size < DEVICES) return true;
      return peers.size < MOST_PEERS && [...peers].some((peer) => peer.sender.remote === sender.remote);
    },
    join(peer) {
      peers.add(peer);
    },
    leave(peer) {
      if (peers.delete(peer) && peers.size === 0) onEmpty();
    },
    receive(from, size, text) {
      // A connection that is being closed still hears what was on its way.
      if (!peers.has(from)) return;
      bytes += size;
      if (text !== undefined) messages += 1;
      if (messages > limits.messages || bytes > limits.bytes) return end(CLOSED.spent);
      if (text === undefined) return;
      const envelope = JSON.stringify({ message: text.trim(), sender: from.sender });
      for (const peer of peers) if (peer !== from) peer.send(envelope);
    },
    end,
  };
}
