import { randomBytes } from 'node:crypto';
import type { PairingSocket } from '../../src/index.js';

/** What the relay says of everybody. */
export const SENDER = {
  ua: 'Example/1.0',
  remote: '192.0.2.7',
  city: 'Utrecht',
  region: 'Utrecht',
  country: 'Netherlands',
};

const MAX_CONNECTIONS = 3;

/** What a test may do with a text on its way: what is given is delivered in its place. */
type Alter = (text: string) => readonly string[];

/** A pairing server in memory (OAuth §6.1), whose deliveries a test can look at and change. */
export class MemoryRelay {
  /** A class for the clients of this relay. */
  readonly WebSocket: new (
    url: string,
  ) => RelaySocket;
  /** What was sent by clients, as they sent it. */
  readonly sent: string[] = [];
  /** Changes what is relayed from now on. */
  alter: Alter = (text) => [text];
  /** Answers whoever connects; a channel is opened or joined when left alone. */
  welcome: ((socket: RelaySocket) => void) | undefined;
  private readonly emptying = new Map<string, () => void>();
  private readonly channels = new Map<string, Set<RelaySocket>>();

  constructor() {
    const relay = this;
    this.WebSocket = class extends RelaySocket {
      constructor(url: string) {
        super(relay, url);
        queueMicrotask(() => relay.connect(this));
      }
    };
  }

  /** Delivers a frame to everybody on a channel. */
  inject(channelId: string, frame: string): void {
    for (const socket of this.channels.get(channelId) ?? []) socket.deliver(frame);
  }

  /** Takes the connections of a channel down, as a server does that is switched off. */
  drop(channelId: string): void {
    for (const socket of [...(this.channels.get(channelId) ?? [])]) socket.close();
  }

  connections(channelId: string): number {
    return this.channels.get(channelId)?.size ?? 0;
  }

  relay(from: RelaySocket, text: string): void {
    this.sent.push(text);
    for (const altered of this.alter(text)) {
      const frame = JSON.stringify({ message: altered, sender: SENDER });
      for (const socket of this.channels.get(from.channelId) ?? []) if (socket !== from) socket.deliver(frame);
    }
  }

  leave(socket: RelaySocket): void {
    this.channels.get(socket.channelId)?.delete(socket);
    if (this.connections(socket.channelId) > 0) return;
    this.channels.delete(socket.channelId);
    this.emptying.get(socket.channelId)?.();
  }

  /** Waits until everybody has left a channel. */
  emptied(channelId: string): Promise<void> {
    if (this.connections(channelId) === 0) return Promise.resolve();
    return new Promise((resolve) => this.emptying.set(channelId, resolve));
  }

  private connect(socket: RelaySocket): void {
    if (this.welcome !== undefined) this.welcome(socket);
    else this.open(socket);
  }

  private open(socket: RelaySocket): void {
    const asked = new URL(socket.url).pathname.replace('/v1/ws/', '');
    const channelId = asked === '' ? randomBytes(16).toString('base64url') : asked;
    const members = asked === '' ? new Set<RelaySocket>() : this.channels.get(channelId);
    if (members === undefined || members.size >= MAX_CONNECTIONS) {
      socket.close();
      return;
    }
    members.add(socket);
    this.channels.set(channelId, members);
    socket.channelId = channelId;
    socket.deliver(JSON.stringify({ channelid: channelId, link: `/v1/ws/${channelId}` }));
  }
}

/** A connection to a relay: as much of a WebSocket as clients of pairing use. */
export class RelaySocket implements PairingSocket {
  readonly url: string;
  readonly bufferedAmount = 0;
  readyState = 1;
  channelId = '';
  private readonly owner: MemoryRelay;
  private readonly events = new EventTarget();

  constructor(owner: MemoryRelay, url: string) {
    this.owner = owner;
    this.url = url;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.events.addEventListener(type, listener as EventListener);
  }

  removeEventListener(type: string, listener: (event: never) => void): void {
    this.events.removeEventListener(type, listener as EventListener);
  }

  send(text: string): void {
    if (this.readyState === 1) this.owner.relay(this, text);
  }

  close(): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.owner.leave(this);
    queueMicrotask(() => this.events.dispatchEvent(new Event('close')));
  }

  /** Lets the client hear something: a text as a rule. */
  deliver(data: unknown): void {
    queueMicrotask(() => {
      if (this.readyState === 1) this.events.dispatchEvent(new MessageEvent('message', { data }));
    });
  }
}
