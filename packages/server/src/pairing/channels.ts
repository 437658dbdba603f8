import type { Clock, Random } from '../context.js';
import { authError } from '../errors.js';
import { addressGroup } from '../limits/index.js';
import { type Channel, type ChannelLimits, createChannel, type Peer } from './channel.js';
import { CLOSED } from './closing.js';
import { CHANNEL_PATH } from './path.js';

export interface ChannelsLimits extends ChannelLimits {
  /** Milliseconds that a channel is kept. */
  readonly lifetime: number;
  /** Channels open at a time, in all and by one address. */
  readonly channels: number;
  readonly channelsPerAddress: number;
}

/** A connection's place in a channel. */
export interface Membership {
  /** As {@link Channel.receive}. */
  receive(bytes: number, text: string | undefined): void;
  leave(): void;
}

/** The channels of this process. */
export interface Channels {
  /**
   * To be asked before {@link Channels.open}.
   * @throws THROTTLED when the address has as many channels as one may have, SERVICE_UNAVAILABLE when all have
   */
  requireRoom(address: string): void;
  /** Opens a channel, and tells the connection its id. */
  open(peer: Peer): Membership;
  /** Takes a connection into a channel and tells it the id again, or closes it without a word. */
  join(id: string, peer: Peer): Membership | undefined;
  /** Ends the channels whose time is over. */
  endExpired(): void;
}

const ID_BYTES = 16;

/** Seconds to wait for room, as refusals tell them. */
const RETRY_AFTER = 60;

interface OpenChannel extends Channel {
  readonly id: string;
  readonly endsAt: number;
}

export function createChannels(clock: Clock, random: Random, limits: ChannelsLimits): Channels {
  // In the order of their ends, as all are kept equally long.
  const channels = new Map<string, OpenChannel>();
  const openedBy = new Map<string, number>();

  function create(opener: string): OpenChannel {
    const id = Buffer.from(random.bytes(ID_BYTES)).toString('base64url');
    const channel = createChannel(limits, () => {
      channels.delete(id);
      const others = (openedBy.get(opener) ?? 0) - 1;
      if (others > 0) openedBy.set(opener, others);
      else openedBy.delete(opener);
    });
    const open = { ...channel, id, endsAt: clock.now() + limits.lifetime };
    channels.set(id, open);
    openedBy.set(opener, (openedBy.get(opener) ?? 0) + 1);
    return open;
  }

  function enter(channel: OpenChannel, peer: Peer): Membership {
    channel.join(peer);
    peer.send(JSON.stringify({ channelid: channel.id, link: CHANNEL_PATH + channel.id }));
    return {
      receive: (bytes, text) => channel.receive(peer, bytes, text),
      leave: () => channel.leave(peer),
    };
  }

  function endExpired(): void {
    const now = clock.now();
    for (const channel of channels.values()) {
      if (channel.endsAt > now) return;
      channel.end(CLOSED.expired);
    }
  }

  return {
    requireRoom(address) {
      endExpired();
      const opened = openedBy.get(addressGroup(address)) ?? 0;
      if (opened >= limits.channelsPerAddress) throw authError('THROTTLED', { retryAfter: RETRY_AFTER });
      if (channels.size >= limits.channels) throw authError('SERVICE_UNAVAILABLE', { retryAfter: RETRY_AFTER });
    },
    open: (peer) => enter(create(addressGroup(peer.sender.remote)), peer),
    join(id, peer) {
      endExpired();
      const channel = channels.get(id);
      if (channel?.admits(peer) === true) return enter(channel, peer);
      peer.close(channel === undefined ? CLOSED.unknown : CLOSED.full);
      return undefined;
    },
    endExpired,
  };
}
