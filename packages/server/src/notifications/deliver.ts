import type { Clock, Log } from '../context.js';
import { nextAttempt } from '../mail/index.js';
import type { SigningKeys } from '../oauth/index.js';
import { toHex } from '../storage/hex.js';
import type { NotificationRow, Storage } from '../storage/index.js';
import { type AccountEvent, eventsClaim } from './events.js';
import { type AccountListener, isListenerUrl, listenerUrl } from './listener.js';
import { claim, deleteNotification, findDue, postpone } from './store.js';

/** What delivery works with. */
export interface DeliveryOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly signingKeys: Pick<SigningKeys, 'sign'>;
  /** Our public URL, which the tokens name as their issuer. */
  readonly issuer: string;
  readonly fetch: typeof fetch;
  readonly listeners: readonly AccountListener[];
}

const BATCH = 20;
/** How long a service may take to answer, milliseconds. */
const PATIENCE = 10_000;
/** How long a claim holds; longer than the patience, as the notification is sent again after it. */
const CLAIM = 60_000;

/** Sends what is due, up to a batch; true when more may be waiting. Several processes may do so on one database. */
export async function deliverBatch(options: DeliveryOptions): Promise<boolean> {
  const { storage, clock } = options;
  const due = await findDue(storage.db, clock.now(), BATCH);
  const results = await Promise.allSettled(
    due.map(async (notification) => {
      const claimed = await claim(storage.db, notification, clock.now() + CLAIM);
      if (claimed !== undefined) await deliver(options, claimed);
    }),
  );
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return due.length === BATCH;
}

async function deliver(options: DeliveryOptions, row: NotificationRow): Promise<void> {
  const { storage, clock, log } = options;
  const problem = await (isListenerUrl(row.url) ? tell(options, row) : send(options, row));
  if (problem === undefined) return deleteNotification(storage.db, row.id);
  const { attempts } = row;
  const retryAt = nextAttempt(row.createdAt, attempts, clock.now()) ?? null;
  const details = { id: toHex(row.id), host: new URL(row.url).host, event: row.event, attempts, reason: problem };
  if (retryAt === null) log.error('notification.givenUp', details);
  else log.warn('notification.failed', details);
  await postpone(storage.db, row.id, retryAt, problem);
}

/** Hands a notification to its listener. Gives what was wrong, or undefined when it was taken. */
async function tell({ listeners }: DeliveryOptions, row: NotificationRow): Promise<string | undefined> {
  const listener = listeners.find((candidate) => listenerUrl(candidate) === row.url);
  if (listener === undefined) return 'nobody listens';
  try {
    const details = JSON.parse(row.details) as AccountEvent['details'];
    await listener.receive({ name: row.event as AccountEvent['name'], uid: toHex(row.uid), details });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  }
}

/** Posts a notification as RFC 8935 §2 has it. Gives what was wrong, or undefined when the service took it. */
async function send(options: DeliveryOptions, row: NotificationRow): Promise<string | undefined> {
  const token = await options.signingKeys.sign('secevent+jwt', claims(options, row));
  try {
    const response = await options.fetch(row.url, {
      method: 'POST',
      headers: { 'content-type': 'application/secevent+jwt', accept: 'application/json' },
      body: token,
      // A redirect would hand the event to somebody whom nobody named.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `answered ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'failed';
  }
}

/** RFC 8417 §2.2. An event that is sent again keeps its `jti`, so that it can be told from a second one. */
function claims({ issuer, clock }: DeliveryOptions, row: NotificationRow): Record<string, unknown> {
  return {
    iss: issuer,
    aud: row.url,
    sub: toHex(row.uid),
    jti: toHex(row.id),
    iat: Math.floor(clock.now() / 1000),
    toe: Math.floor(row.createdAt / 1000),
    events: eventsClaim(row.event, JSON.parse(row.details) as Record<string, unknown>),
  };
}
