import { encodeKeysJwk } from '@foxden/protocol';
import {
  type Authority,
  type AuthorityOptions,
  type AuthorityState,
  type ChannelAddress,
  createChannel,
  joinChannel,
  type PairingAuthorization,
  type PairingChannel,
  type PairingRequest,
  readPairingUrl,
  type Supplicant,
  type SupplicantOptions,
  type SupplicantState,
  startAuthority,
  startSupplicant,
} from '../../src/index.js';
import { writeRequest } from '../../src/messages/request.js';
import { Inbox, KeepingListener, ManualTimers } from './ends.js';
import { MemoryRelay } from './memory-relay.js';

export const SERVER = 'wss://pairing.example.com';
export const CONTENT = 'https://accounts.example.com';
const CODE = 'c0de'.repeat(16);

const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);

export const REQUEST: PairingRequest = {
  clientId: 'a2270f727f45f648',
  scope: ['profile', 'https://identity.mozilla.com/apps/oldsync'],
  state: 'a state',
  accessType: 'offline',
  codeChallenge: 'c'.repeat(43),
  codeChallengeMethod: 'S256',
  keysJwk: encodeKeysJwk(await crypto.subtle.exportKey('jwk', publicKey)),
};
export const METADATA = { email: 'someone@example.com', deviceName: 'A laptop' };
export const AUTHORIZATION: PairingAuthorization = {
  code: CODE,
  state: REQUEST.state,
  redirect: 'urn:example:redirect',
};

/** What each message carries when it is right. */
export const DATA = {
  'pair:supp:request': writeRequest(REQUEST),
  'pair:auth:metadata': METADATA,
  'pair:auth:authorize': AUTHORIZATION,
  'pair:supp:authorize': {},
  'pair:boom': {},
} as const;
export type AnyMessage = keyof typeof DATA;
export const ANY_MESSAGE = Object.keys(DATA) as AnyMessage[];

/** Something that a test answers when it wants to. */
export class Question<Answer> {
  readonly asked = new Inbox<unknown>();
  private answers: { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void } | undefined;

  readonly ask = (question: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      this.answers = { resolve, reject };
      this.asked.put(question);
    });

  answer(answer: Answer): void {
    this.answers?.resolve(answer);
  }

  refuse(error: Error): void {
    this.answers?.reject(error);
  }
}

/** The other side of whatever is tested: a channel on which a test says what it likes. */
export interface OtherSide {
  readonly channel: PairingChannel;
  readonly listener: KeepingListener;
  say(message: AnyMessage, data?: object): Promise<void>;
}

function otherSide(channel: PairingChannel, listener: KeepingListener): OtherSide {
  return { channel, listener, say: (message, data = DATA[message]) => channel.send({ message, data }) };
}

/** A relay, a clock that stands still, and either side on it. */
export class PairingWorld {
  readonly relay = new MemoryRelay();
  readonly timers = new ManualTimers();
  readonly states = new Inbox<SupplicantState | AuthorityState>();
  readonly delivery = new Question<void>();
  readonly authorization = new Question<PairingAuthorization>();

  get environment() {
    return { WebSocket: this.relay.WebSocket, after: this.timers.after };
  }

  supplicant(channel: ChannelAddress, options: Partial<SupplicantOptions> = {}): Supplicant {
    const { delivery, states } = this;
    const own = { pairingServer: SERVER, channel, request: REQUEST, deliver: delivery.ask };
    return startSupplicant({ ...own, onState: (state) => states.put(state), ...options }, this.environment);
  }

  authority(options: Partial<AuthorityOptions> = {}): Promise<Authority> {
    const { authorization, states } = this;
    const own = { pairingServer: SERVER, contentUrl: CONTENT, metadata: METADATA, authorize: authorization.ask };
    return startAuthority({ ...own, onState: (state) => states.put(state), ...options }, this.environment);
  }

  /** A supplicant, and a channel that plays its authority. */
  async supplicantAlone() {
    const listener = new KeepingListener();
    const other = otherSide(await createChannel(SERVER, listener, this.environment), listener);
    return { supplicant: this.supplicant(other.channel), other };
  }

  /** An authority, and a channel that plays its supplicant. */
  async authorityAlone() {
    const authority = await this.authority();
    const listener = new KeepingListener();
    const channel = await joinChannel(SERVER, readPairingUrl(authority.url), listener, this.environment);
    return { authority, other: otherSide(channel, listener) };
  }

  reached(type: (SupplicantState | AuthorityState)['type']) {
    return this.states.first((state) => state.type === type);
  }
}
