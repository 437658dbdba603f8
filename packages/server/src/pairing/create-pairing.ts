import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { Config } from '../config/index.js';
import type { Clock, Random } from '../context.js';
import type { Upgrade } from '../http/upgrade.js';
import type { Peer, Sender } from './channel.js';
import { type Channels, createChannels } from './channels.js';
import { CLOSED } from './closing.js';

export interface PairingOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly config: Pick<
    Config,
    'pairingSeconds' | 'pairingMessages' | 'pairingBytes' | 'pairingChannels' | 'pairingChannelsPerAddress'
  >;
}

/** The channels with the connections to them. */
export interface RunningPairing extends Pick<Channels, 'requireRoom'> {
  /** Answers a WebSocket handshake, and joins the channel, or opens one. The address is that of the device. */
  connect(upgrade: Upgrade, channelId: string | undefined, address: string): void;
  /** Begins to look after the connections. */
  start(): void;
  /** Closes every connection; resolves when they are closed. */
  stop(): Promise<void>;
  /** Ends what has lasted too long, and pings the rest. The started one does so by itself. */
  runOnce(): void;
}

/** The longest message, bytes: a TLS record (RFC 8446 §5.2) in base64url is shorter. */
const MESSAGE_BYTES = 32_768;
/** What may wait for a connection that does not read, bytes. */
const WAITING_BYTES = 131_072;
/** What is told of the words with which a device introduces itself. */
const UA_LENGTH = 512;
const PING_INTERVAL = 5000;
/** A connection that was silent for so long is lost. */
const SILENCE = 60_000;
/** How long the other end may take to confirm that a connection is closed. */
const CLOSING_TIME = 1000;

const SERVER_OPTIONS: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  clientTracking: false,
  maxPayload: MESSAGE_BYTES,
  closeTimeout: CLOSING_TIME,
};

export function createPairing({ clock, random, config }: PairingOptions): RunningPairing {
  const channels = createChannels(clock, random, {
    messages: config.pairingMessages,
    bytes: config.pairingBytes,
    lifetime: config.pairingSeconds * 1000,
    channels: config.pairingChannels,
    channelsPerAddress: config.pairingChannelsPerAddress,
  });
  const server = new WebSocketServer(SERVER_OPTIONS);
  /** Connections, and when each was last heard of. */
  const heardAt = new Map<WebSocket, number>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let whenEmpty: (() => void) | undefined;

  function admit(socket: WebSocket, sender: Sender, channelId: string | undefined): void {
    const hear = () => heardAt.set(socket, clock.now());
    hear();
    socket.on('error', () => undefined); // The library closes the connection by itself.
    socket.on('close', () => {
      heardAt.delete(socket);
      if (heardAt.size === 0) whenEmpty?.();
    });
    const peer: Peer = {
      sender,
      send(text) {
        socket.send(text);
        cutOffSlow(socket);
      },
      close: ({ code, reason }) => socket.close(code, reason),
    };
    if (stopped) {
      peer.close(CLOSED.stopping);
      return;
    }
    const membership = channelId === undefined ? channels.open(peer) : channels.join(channelId, peer);
    if (membership === undefined) return;
    socket.on('close', membership.leave);
    socket.on('pong', hear);
    socket.on('ping', () => {
      hear();
      cutOffSlow(socket);
    });
    socket.on('message', (data: Buffer, isBinary) => {
      hear();
      membership.receive(data.length, isBinary ? undefined : data.toString());
    });
  }

  function runOnce(): void {
    channels.endExpired();
    const now = clock.now();
    for (const [socket, heard] of heardAt) {
      if (now - heard >= SILENCE) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }

  return {
    requireRoom: channels.requireRoom,
    connect({ request, socket, head }, channelId, address) {
      const ua = request.headers['user-agent']?.slice(0, UA_LENGTH);
      const sender = { ...(ua !== undefined && { ua }), remote: address };
      server.handleUpgrade(request, socket, head, (connection) => admit(connection, sender, channelId));
    },
    start() {
      timer = setInterval(runOnce, PING_INTERVAL).unref();
    },
    async stop() {
      clearInterval(timer);
      stopped = true;
      if (heardAt.size === 0) return;
      const empty = new Promise<void>((resolve) => {
        whenEmpty = resolve;
      });
      for (const socket of heardAt.keys()) socket.close(CLOSED.stopping.code, CLOSED.stopping.reason);
      await empty;
    },
    runOnce,
  };
}

/** Nobody's memory but their own is for those who do not read. */
function cutOffSlow(socket: WebSocket): void {
  if (socket.bufferedAmount > WAITING_BYTES) socket.terminate();
}
