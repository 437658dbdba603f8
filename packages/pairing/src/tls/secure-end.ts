import { type Bytes, equalBytes, type Random } from '@foxden/protocol';
import { type AlertName, readAlert, TlsError, writeAlert } from './alert.js';
import { CHANGE_CIPHER_SPEC, creatorHandshake, type Handshake, joinerHandshake, type SharedKey } from './handshake.js';
import { HANDSHAKE, type Message, readMessages } from './messages.js';
import { CONTENT, type Content, RecordLayer } from './records.js';

/** What came of a record. `records` are to be sent, in their order. */
export type Received =
  /** The handshake goes on, or what came means nothing. */
  | { readonly type: 'nothing'; readonly records: readonly Bytes[] }
  /** The other end has proved that it knows the key. */
  | { readonly type: 'established'; readonly records: readonly Bytes[] }
  | { readonly type: 'data'; readonly data: Uint8Array; readonly records: readonly [] }
  /** The other end sends nothing more, and says so. */
  | { readonly type: 'closed'; readonly records: readonly [] }
  /** Nothing can be sent or received any more. */
  | { readonly type: 'failed'; readonly error: TlsError; readonly records: readonly Bytes[] };

export type Role = 'creator' | 'joiner';

const NOTHING: Received = { type: 'nothing', records: [] };

/**
 * One end of a TLS 1.3 connection with an external key, without its transport (RFC 8446, in the subset of OAuth §6.2).
 * Calls must wait for each other.
 */
export class SecureEnd {
  private readonly layer = new RecordLayer();
  private readonly role: Role;
  private readonly handshake: Handshake;
  private phase: 'handshake' | 'open' | 'ended' = 'handshake';
  private hasChangedCipherSpec = false;

  constructor(role: Role, key: SharedKey, random: Random) {
    this.role = role;
    this.handshake = (role === 'creator' ? creatorHandshake : joinerHandshake)(this.layer, key, random);
  }

  /** The records that begin the handshake. Called once, first. */
  async start(): Promise<readonly Bytes[]> {
    const { value } = await this.handshake.next();
    return value;
  }

  /** Takes a record of the other end. Never throws. */
  async receive(record: Uint8Array): Promise<Received> {
    if (this.phase === 'ended') return NOTHING;
    try {
      return await this.take(await this.layer.read(record));
    } catch (cause) {
      const error = cause instanceof TlsError ? cause : new TlsError('internal_error', false, { cause });
      return { type: 'failed', error, records: await this.fail(error) };
    }
  }

  /**
   * The record of some data.
   * @throws TlsError `record_overflow` when there is too much of it, `internal_error` when the connection does not stand
   */
  send(data: Uint8Array): Promise<Bytes> {
    if (this.phase !== 'open') throw new TlsError('internal_error');
    return this.layer.write(CONTENT.applicationData, data);
  }

  /** Ends the connection: the record that says good-bye, or what is wrong; none when it has ended before. */
  async close(alert: AlertName = 'close_notify'): Promise<readonly Bytes[]> {
    if (this.phase === 'ended') return [];
    this.phase = 'ended';
    try {
      return [await this.layer.write(CONTENT.alert, writeAlert(alert))];
    } catch {
      // The key is used up, and nothing can be said any more.
      return [];
    }
  }

  private async take({ type, bytes }: Content): Promise<Received> {
    switch (type) {
      case CONTENT.changeCipherSpec:
        return this.ignoreChangeCipherSpec(bytes);
      case CONTENT.alert:
        return this.takeAlert(readAlert(bytes));
      case CONTENT.handshake:
        return this.takeMessages(readMessages(bytes));
      case CONTENT.applicationData:
        if (this.phase !== 'open') throw new TlsError('unexpected_message');
        return { type: 'data', data: bytes, records: [] };
      default:
        throw new TlsError('unexpected_message');
    }
  }

  /** RFC 8446 §5: one, after the hellos and before the end of the handshake. */
  private ignoreChangeCipherSpec(bytes: Uint8Array): Received {
    const isExpected = this.phase === 'handshake' && this.layer.readKey !== undefined && !this.hasChangedCipherSpec;
    if (!isExpected || !equalBytes(bytes, CHANGE_CIPHER_SPEC)) throw new TlsError('unexpected_message');
    this.hasChangedCipherSpec = true;
    return NOTHING;
  }

  /** A good-bye in the clear is anybody's. */
  private takeAlert(alert: AlertName | number): Received {
    if (alert !== 'close_notify' || this.layer.readKey === undefined) throw new TlsError(alert, true);
    return { type: 'closed', records: [] };
  }

  private async takeMessages(messages: readonly Message[]): Promise<Received> {
    if (this.phase === 'open') return this.ignoreTickets(messages);
    const { readKey } = this.layer;
    const records: Bytes[] = [];
    for (const message of messages) {
      // RFC 8446 §5.1: a message after which the key changes ends its record.
      if (this.layer.readKey !== readKey) throw new TlsError('unexpected_message');
      const { done, value } = await this.handshake.next(message);
      records.push(...value);
      if (done === true) this.phase = 'open';
    }
    return { type: this.phase === 'open' ? 'established' : 'nothing', records };
  }

  /** Sessions are not resumed. */
  private ignoreTickets(messages: readonly Message[]): Received {
    const areTickets = messages.every(({ type }) => type === HANDSHAKE.newSessionTicket);
    if (this.role !== 'joiner' || !areTickets) throw new TlsError('unexpected_message');
    return NOTHING;
  }

  /** Tells the other end why, unless that is what the other end has told. */
  private async fail({ alert, isOfPeer }: TlsError): Promise<readonly Bytes[]> {
    if (!isOfPeer && typeof alert === 'string') return this.close(alert);
    this.phase = 'ended';
    return [];
  }
}
