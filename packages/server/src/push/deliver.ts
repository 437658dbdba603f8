import { base64urlToBytes, MalformedError, sealPayload, utf8 } from '@foxden/protocol';
import type { Clock, Log, Random } from '../context.js';
import { expirePushEndpoint } from '../devices/index.js';
import { nextAttempt } from '../mail/index.js';
import { toHex } from '../storage/hex.js';
import type { PushMessageRow, Storage } from '../storage/index.js';
import { allowanceOf } from './allowed-endpoint.js';
import { deleteClaimed, postpone } from './store.js';
import type { PushAnswer, PushTransport } from './transport.js';
import type { Vapid } from './vapid.js';

/** What delivery works with. */
export interface DeliveryOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly vapid: Vapid;
  readonly transport: PushTransport;
  /** Origins that are allowed beside the public push services. */
  readonly pushOrigins: readonly string[];
  /** How long a push service may take to answer, milliseconds. */
  readonly patience: number;
}

/** How an attempt ended: the message was taken, can be tried again, or has no hope; or the endpoint is gone. */
type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'again'; readonly reason: string; readonly notBefore: number }
  | { readonly kind: 'refused' | 'gone'; readonly reason: string };

/**
 * Sends a claimed message. One that is not taken is tried again while its TTL lasts, so one with a TTL of 0 is tried
 * once; an endpoint that is gone is remembered with the device (oauth-devices §3.4).
 */
export async function deliver(options: DeliveryOptions, row: PushMessageRow): Promise<void> {
  const { storage, clock, log } = options;
  const outcome = await attempt(options, row);
  if (outcome.kind === 'delivered') return deleteClaimed(storage.db, row);
  const { attempts } = row;
  const { reason } = outcome;
  const details = { device: toHex(row.deviceId), host: new URL(row.endpoint).host, attempts, reason };
  const retryAt = outcome.kind === 'again' ? nextTry(row, clock.now(), outcome.notBefore) : undefined;
  if (outcome.kind === 'gone') await expirePushEndpoint(storage.db, row.uid, row.deviceId, row.endpoint);
  if (retryAt === undefined) {
    log.warn('push.givenUp', details);
    await deleteClaimed(storage.db, row);
  } else {
    log.warn('push.failed', details);
    await postpone(storage.db, row, retryAt, reason);
  }
}

function nextTry({ createdAt, attempts, ttl }: PushMessageRow, now: number, notBefore: number): number | undefined {
  const at = nextAttempt(createdAt, attempts, now);
  if (at === undefined) return undefined;
  const later = Math.max(at, notBefore);
  return later < createdAt + ttl * 1000 ? later : undefined;
}

async function attempt(options: DeliveryOptions, row: PushMessageRow): Promise<Outcome> {
  // The settings may be others than when the device was registered.
  const allowance = allowanceOf(row.endpoint, options.pushOrigins);
  if (allowance === undefined) return { kind: 'refused', reason: 'not allowed' };
  try {
    const now = options.clock.now();
    const content = await contentOf(options, row);
    const answer = await options.transport.send({
      endpoint: row.endpoint,
      headers: {
        ...content.headers,
        ttl: String(Math.max(0, row.ttl - Math.floor((now - row.createdAt) / 1000))),
        authorization: options.vapid(row.endpoint, now),
      },
      body: content.body,
      privateNetwork: allowance === 'named',
      signal: AbortSignal.timeout(options.patience),
    });
    return outcomeOf(answer, now);
  } catch (error) {
    // The browser gave keys that nothing can be sealed to.
    if (error instanceof MalformedError) return { kind: 'gone', reason: 'bad keys' };
    return { kind: 'again', reason: reasonOf(error), notBefore: 0 };
  }
}

/** The body of a message, sealed to its device (RFC 8291 §4); the message without content has none. */
async function contentOf({ random }: DeliveryOptions, { body, publicKey, authKey }: PushMessageRow) {
  if (publicKey === null || authKey === null || body === '') return { headers: {}, body: new Uint8Array() };
  const keys = { publicKey: base64urlToBytes(publicKey), authSecret: base64urlToBytes(authKey) };
  const sealed = await sealPayload(utf8(body), keys, (length) => random.bytes(length));
  return { headers: { 'content-encoding': 'aes128gcm', 'content-type': 'application/octet-stream' }, body: sealed };
}

function outcomeOf({ status, retryAfter }: PushAnswer, now: number): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const reason = `answered ${status}`;
  if (status === 404 || status === 410) return { kind: 'gone', reason };
  if (status !== 429 && status < 500) return { kind: 'refused', reason };
  const seconds = Number(retryAfter);
  return { kind: 'again', reason, notBefore: Number.isInteger(seconds) ? now + seconds * 1000 : 0 };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.message;
}
