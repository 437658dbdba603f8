import { base64urlToBytes, bytesToBase64url, createWebPushKeys, openPayload, type WebPushKeys } from '@foxden/protocol';
import type { PushAnswer, PushRequest, PushTransport } from '@foxden/server';
import type { TestServer } from './test-server.js';

/** A push service in memory: it takes every message unless told otherwise. */
export interface RecordingTransport extends PushTransport {
  readonly requests: PushRequest[];
  answer: (request: PushRequest) => Promise<PushAnswer>;
}

export const TAKEN: PushAnswer = { status: 201, retryAfter: undefined };

export function recordingTransport(): RecordingTransport {
  const self: RecordingTransport = {
    requests: [],
    answer: async () => TAKEN,
    send(request) {
      self.requests.push(request);
      return self.answer(request);
    },
    close() {},
  };
  return self;
}

/** A subscription of a browser, with what opens the messages to it. */
export interface Subscriber {
  readonly subscription: {
    readonly pushCallback: string;
    readonly pushPublicKey: string;
    readonly pushAuthKey: string;
  };
  readonly keys: WebPushKeys;
  /** The JSON of a message's body; undefined for one without content. */
  open(body: Uint8Array): Promise<unknown>;
}

export async function subscribe(name: string, origin = 'https://updates.push.services.mozilla.com') {
  const keys = await createWebPushKeys((length) => crypto.getRandomValues(new Uint8Array(length)));
  const subscriber: Subscriber = {
    subscription: {
      pushCallback: `${origin}/wpush/v2/${name}`,
      pushPublicKey: bytesToBase64url(keys.publicKey),
      pushAuthKey: bytesToBase64url(keys.authSecret),
    },
    keys,
    async open(body) {
      return body.length === 0 ? undefined : JSON.parse(Buffer.from(await openPayload(body, keys)).toString());
    },
  };
  return subscriber;
}

/** What was pushed to a subscriber since the last time, in the order of its going out. */
export async function pushedTo(server: TestServer, subscriber: Subscriber): Promise<unknown[]> {
  await server.server.context.push.runOnce();
  const mine = (request: PushRequest) => request.endpoint === subscriber.subscription.pushCallback;
  const received = server.push.requests.filter(mine);
  server.push.requests.splice(0, Number.POSITIVE_INFINITY, ...server.push.requests.filter((request) => !mine(request)));
  return Promise.all(received.map(({ body }) => subscriber.open(body)));
}

/** The claims and the key of a VAPID header. */
export function readVapid(header: string) {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const json = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
  return {
    header: json(head),
    claims: json(claims),
    signed: `${head}.${claims}`,
    signature: base64urlToBytes(signature),
    key: base64urlToBytes(key),
  };
}
