import { createChannel, type PairingChannel } from '../channel/channel.js';
import { completeEnvironment, type PairingEnvironment } from '../environment.js';
import { PairingError } from '../error.js';
import { type PairingAuthorization, readAuthorization } from '../messages/authorization.js';
import { readMessage, writeMessage } from '../messages/message.js';
import type { AuthorityMetadata, RemoteMetadata } from '../messages/metadata.js';
import { type PairingRequest, readRequest } from '../messages/request.js';
import { pairingUrl } from '../pairing-url.js';
import { asFailure, FLOW_TIMEOUT, follow, Progress } from '../progress.js';
import type { AuthorityEnd, AuthorityState, SupplicantIdentity } from './states.js';
import { AUTHORITY_TRANSITIONS, type AuthorityEvent } from './table.js';

export interface AuthorityOptions {
  /** As discovery names it, `pairing_server_base_uri`. */
  readonly pairingServer: string;
  /** Where the pages are that the other device opens. */
  readonly contentUrl: string;
  /** What the other device shows of this one. */
  readonly metadata: AuthorityMetadata;
  /**
   * Makes a code for the request, with the keys of its scopes sealed to its `keysJwk`. Called once, after `approve`; what
   * it gives is checked before it is sent.
   */
  readonly authorize: (request: PairingRequest) => Promise<PairingAuthorization>;
  /** Hears of every state after the first. */
  readonly onState?: (state: AuthorityState) => void;
}

/** The device that is signed in and lets another one in. */
export interface Authority {
  /** What the other device scans. */
  readonly url: string;
  readonly state: AuthorityState;
  /** The last state; never rejects. */
  readonly ended: Promise<AuthorityEnd>;
  /**
   * The person on this device agrees. Does nothing at the end.
   * @throws PairingError `unexpected` where nothing is to be approved; the state stays
   */
  approve(): void;
  /** The person on this device does not. A code that was sent before stays sent. Does nothing at the end. */
  decline(): void;
}

/** How long the other side may take to read the last message and leave, before this one does; milliseconds. */
export const LEAVE_TIMEOUT = 5_000;

/**
 * Creates a channel and waits on it for a device that asks to be let in, for 15 minutes altogether (OAuth §6.4).
 * @throws PairingError `unreachable`, `timeout`, `malformed` when there is no channel
 */
export async function startAuthority(
  options: AuthorityOptions,
  environment: PairingEnvironment = {},
): Promise<Authority> {
  const flow = new AuthorityFlow(options, completeEnvironment(environment));
  await flow.begin();
  return flow;
}

class AuthorityFlow implements Authority {
  url = '';
  private readonly options: AuthorityOptions;
  private readonly environment: Required<PairingEnvironment>;
  private readonly progress: Progress<AuthorityState, AuthorityEnd>;
  private cancelTimeout: () => void;
  private channel: PairingChannel | undefined;
  private identity: SupplicantIdentity | undefined;

  constructor(options: AuthorityOptions, environment: Required<PairingEnvironment>) {
    this.options = options;
    this.environment = environment;
    const first = { type: 'SuppConnectionPending' } as const;
    this.progress = new Progress<AuthorityState, AuthorityEnd>(first, isEnd, options.onState);
    this.cancelTimeout = environment.after(FLOW_TIMEOUT, () => {
      this.fail(new PairingError('timeout', 'not both persons agreed in time'));
    });
  }

  get state(): AuthorityState {
    return this.progress.state;
  }

  get ended(): Promise<AuthorityEnd> {
    return this.progress.ended;
  }

  async begin(): Promise<void> {
    const { pairingServer, contentUrl } = this.options;
    const listener = {
      onMessage: (content: unknown, sender: RemoteMetadata) => this.hear(content, sender),
      onEnd: (error: PairingError | undefined) => this.lose(error),
    };
    try {
      this.channel = await createChannel(pairingServer, listener, this.environment);
      this.url = pairingUrl(contentUrl, this.channel);
    } catch (error) {
      this.fail(asFailure(error, 'the channel could not be created'));
      throw error;
    }
  }

  approve(): void {
    if (this.progress.hasEnded) return;
    this.enter('approve');
    void this.authorize();
  }

  decline(): void {
    this.show({ type: 'Aborted', by: 'authority' });
  }

  /** @throws PairingError `malformed`, `unexpected`, which end the channel and so this */
  private hear(content: unknown, remote: RemoteMetadata): void {
    if (this.progress.hasEnded) return;
    const { message, data } = readMessage(content);
    this.enter(message, () => {
      if (message !== 'pair:supp:request') return;
      this.identity = { request: readRequest(data), remote };
      void this.say('pair:auth:metadata', this.options.metadata).catch((error: unknown) => {
        this.fail(asFailure(error, 'the request could not be answered'));
      });
    });
  }

  private lose(error: PairingError | undefined): void {
    if (this.progress.hasEnded) this.cancelTimeout();
    else if (error === undefined) this.show({ type: 'Aborted', by: 'supplicant' });
    else this.fail(error);
  }

  /** Makes the code and sends it, unless the time is up, or somebody has said no meanwhile. */
  private async authorize(): Promise<void> {
    const { identity } = this;
    if (identity === undefined) return;
    const { request } = identity;
    try {
      const made = await this.options.authorize(request);
      if (this.progress.hasEnded) return;
      await this.say('pair:auth:authorize', readAuthorization({ ...made }, request.state));
      if (!this.progress.hasEnded) this.enter('sent');
    } catch (error) {
      this.fail(asFailure(error, 'the code could not be made'));
    }
  }

  private async say(message: 'pair:auth:metadata' | 'pair:auth:authorize', data: object): Promise<void> {
    await this.channel?.send(writeMessage(message, data));
  }

  /**
   * Goes where an event leads, after what it needs is done.
   * @throws PairingError `unexpected` where the state does not take it; nothing was done then
   */
  private enter(event: AuthorityEvent, prepare?: () => void): void {
    const type = follow(AUTHORITY_TRANSITIONS, this.state.type, event);
    prepare?.();
    // The table leads to a state only when what it shows is known.
    this.show({ type, ...this.identity } as AuthorityState);
  }

  private fail(error: PairingError): void {
    this.show({ type: 'Errored', error });
  }

  private show(state: AuthorityState): void {
    if (this.progress.hasEnded) return;
    if (isEnd(state)) this.cancelTimeout();
    // Whoever has just been let in may still be reading, and takes a good-bye at once for a change of mind.
    if (state.type === 'Completed') this.cancelTimeout = this.environment.after(LEAVE_TIMEOUT, () => this.leave());
    else if (isEnd(state)) this.leave();
    this.progress.to(state);
  }

  private leave(): void {
    void this.channel?.close();
  }
}

function isEnd(state: AuthorityState): state is AuthorityEnd {
  return state.type === 'Completed' || state.type === 'Aborted' || state.type === 'Errored';
}
