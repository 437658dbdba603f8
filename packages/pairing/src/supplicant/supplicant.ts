import { joinChannel, type PairingChannel } from '../channel/channel.js';
import { completeEnvironment, type PairingEnvironment } from '../environment.js';
import { PairingError } from '../error.js';
import { type PairingAuthorization, readAuthorization } from '../messages/authorization.js';
import { readMessage, writeMessage } from '../messages/message.js';
import { type RemoteMetadata, readAuthorityMetadata } from '../messages/metadata.js';
import { type PairingRequest, writeRequest } from '../messages/request.js';
import type { ChannelAddress } from '../pairing-url.js';
import { asFailure, FLOW_TIMEOUT, follow, Progress } from '../progress.js';
import type { AuthorityIdentity, SupplicantEnd, SupplicantState } from './states.js';
import { SUPPLICANT_TRANSITIONS, type SupplicantEvent } from './table.js';

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
   * The person on this device agrees. Does nothing at the end.
   * @throws PairingError `unexpected` where nothing is to be approved; the state stays
   */
  approve(): void;
  /** The person on this device does not: `failed` with `cancelled`. Does nothing at the end. */
  cancel(): void;
}

/** Joins a channel and asks to be let in; ends with a code, an error, or after 15 minutes (OAuth §6.4). */
export function startSupplicant(options: SupplicantOptions, environment: PairingEnvironment = {}): Supplicant {
  const flow = new SupplicantFlow(options, completeEnvironment(environment));
  void flow.begin();
  return flow;
}

class SupplicantFlow implements Supplicant {
  private readonly options: SupplicantOptions;
  private readonly environment: Required<PairingEnvironment>;
  private readonly progress: Progress<SupplicantState, SupplicantEnd>;
  private readonly cancelTimeout: () => void;
  private channel: PairingChannel | undefined;
  private identity: AuthorityIdentity | undefined;
  private authorization: PairingAuthorization | undefined;
  private approval: Promise<void> | undefined;

  constructor(options: SupplicantOptions, environment: Required<PairingEnvironment>) {
    this.options = options;
    this.environment = environment;
    this.progress = new Progress<SupplicantState, SupplicantEnd>({ type: 'connecting' }, isEnd, options.onState);
    this.cancelTimeout = environment.after(FLOW_TIMEOUT, () => {
      this.fail(new PairingError('timeout', 'not both persons agreed in time'));
    });
  }

  get state(): SupplicantState {
    return this.progress.state;
  }

  get ended(): Promise<SupplicantEnd> {
    return this.progress.ended;
  }

  async begin(): Promise<void> {
    const { pairingServer, channel, request } = this.options;
    const listener = {
      onMessage: (content: unknown, sender: RemoteMetadata) => this.hear(content, sender),
      onEnd: (error: PairingError | undefined) => this.lose(error),
    };
    try {
      const joined = await joinChannel(pairingServer, channel, listener, this.environment);
      this.channel = joined;
      if (this.progress.hasEnded) return await joined.close();
      this.enter('connected');
      await joined.send(writeMessage('pair:supp:request', writeRequest(request)));
    } catch (error) {
      this.fail(asFailure(error, 'the channel could not be joined'));
    }
  }

  approve(): void {
    if (this.progress.hasEnded) return;
    this.enter('approve', () => {
      this.approval = this.channel?.send(writeMessage('pair:supp:authorize'));
      this.approval?.catch((error: unknown) => this.fail(asFailure(error, 'the approval could not be sent')));
    });
  }

  cancel(): void {
    this.fail(new PairingError('cancelled', 'the person on this device said no'));
  }

  /** @throws PairingError `malformed`, `unexpected`, which end the channel and so this */
  private hear(content: unknown, remote: RemoteMetadata): void {
    if (this.progress.hasEnded) return;
    const { message, data } = readMessage(content);
    this.enter(message, () => {
      if (message === 'pair:auth:metadata') this.identity = { authority: readAuthorityMetadata(data), remote };
      if (message === 'pair:auth:authorize') this.authorization = readAuthorization(data, this.options.request.state);
    });
  }

  /** Once the code is here and both have agreed, the other side is not needed any more. */
  private lose(error: PairingError | undefined): void {
    if (this.state.type !== 'sending_result') {
      this.fail(error ?? new PairingError('declined', 'the other side ended it'));
    }
  }

  private async deliver(): Promise<void> {
    const { authorization } = this;
    if (authorization === undefined) return;
    try {
      // The page may be gone after the code is delivered, so the other side hears first what it waits for.
      await this.approval;
      if (this.progress.hasEnded) return;
      await this.options.deliver(authorization);
      if (this.progress.hasEnded) return;
      this.enter('delivered', undefined, { authorization });
    } catch (error) {
      this.fail(asFailure(error, 'the code could not be handed on'));
    }
  }

  /**
   * Goes where an event leads, after what it needs is done.
   * @throws PairingError `unexpected` where the state does not take it; nothing was done then
   */
  private enter(event: SupplicantEvent, prepare?: () => void, more?: object): void {
    const type = follow(SUPPLICANT_TRANSITIONS, this.state.type, event);
    prepare?.();
    // The table leads to a state only when what it shows is known.
    this.show({ type, ...this.identity, ...more } as SupplicantState);
    if (type === 'sending_result') void this.deliver();
  }

  private fail(error: PairingError): void {
    this.show({ type: 'failed', error });
  }

  private show(state: SupplicantState): void {
    if (this.progress.hasEnded) return;
    if (isEnd(state)) {
      this.cancelTimeout();
      void this.channel?.close();
    }
    this.progress.to(state);
  }
}

function isEnd(state: SupplicantState): state is SupplicantEnd {
  return state.type === 'complete' || state.type === 'failed';
}
