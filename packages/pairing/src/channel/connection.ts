import { base64urlToBytes, utf8 } from '@foxden/protocol';
import type { PairingEnvironment, PairingSocket } from '../environment.js';
import { PairingError } from '../error.js';
import type { RemoteMetadata } from '../messages/metadata.js';
import { TlsError } from '../tls/alert.js';
import { type Received, type Role, SecureEnd } from '../tls/secure-end.js';
import { Deferred } from './deferred.js';
import { readEnvelope, readJson, readWelcome, writeFrame } from './frames.js';

/** How long a server may take to open a channel, and the other side to prove that it knows the key; milliseconds. */
export const CONNECT_TIMEOUT = 30_000;

/** What a channel tells whoever opened it. */
export interface ChannelListener {
  /** Something that the other side sent, as `JSON.parse` gives it; in the order of sending. A throw ends the channel. */
  readonly onMessage: (content: unknown, sender: RemoteMetadata) => void;
  /**
   * Nothing follows: called once, also where a channel never came to be. Without an error the other side has closed it, or
   * this one has.
   */
  readonly onEnd: (error: PairingError | undefined) => void;
}

/** One side of a channel over its socket. What happens on it is taken in turn, so that records keep their order. */
export class Connection {
  /** The server has named the channel. */
  readonly opened = new Deferred<string>();
  /** The other side has proved that it knows the key. */
  readonly secured = new Deferred<void>();
  readonly channelKey: string;
  private readonly role: Role;
  private readonly expectedId: string | undefined;
  private readonly listener: ChannelListener;
  private readonly environment: Required<PairingEnvironment>;
  private readonly socket: PairingSocket;
  private readonly cancelTimeout: () => void;
  private secure: SecureEnd | undefined;
  /** Why nothing can be sent any more; undefined as long as it can. */
  private reason: PairingError | undefined;
  private turn: Promise<void> = Promise.resolve();

  /**
   * @param expectedId the channel that is joined; a new one is created when left out
   * @throws PairingError `unreachable` when there is no such server
   */
  constructor(
    url: string,
    { channelKey, expectedId }: { readonly channelKey: string; readonly expectedId?: string },
    listener: ChannelListener,
    environment: Required<PairingEnvironment>,
  ) {
    this.channelKey = channelKey;
    this.expectedId = expectedId;
    this.role = expectedId === undefined ? 'creator' : 'joiner';
    this.listener = listener;
    this.environment = environment;
    this.socket = openSocket(url, environment);
    this.cancelTimeout = environment.after(CONNECT_TIMEOUT, () => {
      this.end(new PairingError('timeout', 'the pairing server, or the other side, takes too long'));
    });
    this.socket.addEventListener('message', ({ data }) => {
      this.inTurn(() => this.receive(data));
    });
    const drop = () => {
      this.inTurn(async () => this.end(this.dropped()));
    };
    this.socket.addEventListener('error', drop);
    this.socket.addEventListener('close', drop);
  }

  async send(content: object): Promise<void> {
    await this.secured.promise;
    const sent = new Deferred<void>();
    this.inTurn(async () => {
      try {
        if (this.reason !== undefined) throw this.reason;
        const record = await this.secure?.send(utf8(JSON.stringify(content)));
        if (record !== undefined) this.write([record]);
        sent.resolve();
      } catch (error) {
        sent.reject(asPairingError(error));
      }
    });
    return sent.promise;
  }

  close(): Promise<void> {
    return this.inTurn(async () => {
      if (this.reason !== undefined) return;
      this.write((await this.secure?.close()) ?? []);
      this.end(undefined);
    });
  }

  /** Waits for what came before. What goes wrong in it ends the channel. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work).catch((error: unknown) => this.abort(asPairingError(error)));
    return this.turn;
  }

  private async receive(frame: unknown): Promise<void> {
    if (this.reason !== undefined) return;
    if (this.secure === undefined) {
      await this.open(readWelcome(frame));
      return;
    }
    const { record, sender } = readEnvelope(frame);
    const received = await this.secure.receive(record);
    // The time may be up by now.
    if (this.reason !== undefined) return;
    this.write(received.records);
    await this.take(received, sender);
  }

  private async open(channelId: string): Promise<void> {
    if (this.expectedId !== undefined && this.expectedId !== channelId) {
      throw new PairingError('unreachable', 'the server has opened another channel');
    }
    const key = { psk: base64urlToBytes(this.channelKey), pskId: utf8(channelId) };
    this.secure = new SecureEnd(this.role, key, this.environment.random);
    this.write(await this.secure.start());
    if (this.role === 'creator') this.cancelTimeout();
    this.opened.resolve(channelId);
  }

  private async take(received: Received, sender: RemoteMetadata): Promise<void> {
    switch (received.type) {
      case 'established':
        this.cancelTimeout();
        this.secured.resolve();
        return;
      case 'data':
        this.listener.onMessage(readJson(received.data, 'a message'), sender);
        return;
      case 'closed':
        this.write((await this.secure?.close()) ?? []);
        this.end(undefined);
        return;
      case 'failed':
        this.end(asPairingError(received.error));
    }
  }

  private write(records: readonly Uint8Array[]): void {
    for (const record of records) this.socket.send(writeFrame(record));
  }

  /** Lets the other side know that something is wrong. */
  private async abort(error: PairingError): Promise<void> {
    if (this.reason !== undefined) return;
    try {
      this.write((await this.secure?.close('unexpected_message')) ?? []);
    } catch {
      // The socket is closed already, which is where this leads to.
    }
    this.end(error);
  }

  private end(error: PairingError | undefined): void {
    if (this.reason !== undefined) return;
    this.reason = error ?? new PairingError('disconnected', 'the channel was closed');
    this.cancelTimeout();
    this.socket.close();
    this.opened.reject(this.reason);
    this.secured.reject(this.reason);
    this.listener.onEnd(error);
  }

  private dropped(): PairingError {
    return this.secure === undefined
      ? new PairingError('unreachable', 'the pairing server does not let anybody into this channel')
      : new PairingError('disconnected', 'the connection was lost');
  }
}

function openSocket(url: string, { WebSocket }: Required<PairingEnvironment>): PairingSocket {
  try {
    return new WebSocket(url);
  } catch (cause) {
    throw new PairingError('unreachable', 'no WebSocket can be opened', { cause });
  }
}

function asPairingError(error: unknown): PairingError {
  if (error instanceof PairingError) return error;
  const cause = { cause: error };
  if (!(error instanceof TlsError)) return new PairingError('failed', 'the channel was ended by a fault', cause);
  if (error.isOfPeer && error.alert === 'close_notify') {
    return new PairingError('disconnected', 'the other side left before it proved that it knows the key', cause);
  }
  const isTooLong = error.alert === 'record_overflow' && !error.isOfPeer;
  return new PairingError(isTooLong ? 'malformed' : 'insecure', error.message, cause);
}
