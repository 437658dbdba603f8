import type { Clock, Log } from '../../context.js';
import { toHex } from '../../storage/hex.js';
import type { OutboxRow, Storage } from '../../storage/index.js';
import { recordBounce } from '../bounces/index.js';
import { claimMail, deleteMail, findDueMails, giveUpMail, markSent, postponeMail } from '../outbox/store.js';
import { nextAttempt } from './retry-delay.js';
import type { OutgoingMail, Transport } from './transport.js';

/** What delivery works with. */
export interface DeliveryOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly transport: Transport;
  /** Whether sent mails stay in the outbox, for the development mailbox. */
  readonly keepSent: boolean;
}

/** How long a claim holds; longer than a patient mail server takes, as the mail is sent again after it. */
const CLAIM = 10 * 60_000;
const BATCH = 10;

/** Sends mails that are due, up to a batch; true when more may be waiting. Several processes may do so on one database. */
export async function deliverBatch(options: DeliveryOptions): Promise<boolean> {
  const { storage, clock } = options;
  const due = await findDueMails(storage.db, clock.now(), BATCH);
  const results = await Promise.allSettled(
    due.map(async (mail) => {
      const claimed = await claimMail(storage.db, mail, clock.now() + CLAIM);
      if (claimed !== undefined) await deliver(options, claimed);
    }),
  );
  // Told only when all have ended: whoever stops the delivery waits for every mail in hand.
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return due.length === BATCH;
}

async function deliver({ storage, clock, log, transport, keepSent }: DeliveryOptions, row: OutboxRow): Promise<void> {
  const outcome = await transport.send(outgoing(row));
  const now = clock.now();
  const retryAt = outcome.kind === 'failed' ? nextAttempt(row.createdAt, row.attempts, now) : undefined;
  for (const { address, kind } of outcome.rejections) {
    // Refused for now is a bounce only when nobody tries again.
    if (kind === 'hard' || retryAt === undefined) await recordBounce(storage.db, address, { kind, bouncedAt: now });
  }
  if (outcome.kind === 'sent') {
    await (keepSent ? markSent(storage.db, row.id, now) : deleteMail(storage.db, row.id));
    return;
  }
  const { attempts } = row;
  if (retryAt === undefined) {
    log.error('mail.givenUp', { id: toHex(row.id), attempts, reason: outcome.summary });
    await giveUpMail(storage.db, row.id, outcome.reason);
  } else {
    log.warn('mail.failed', { id: toHex(row.id), attempts, reason: outcome.summary });
    await postponeMail(storage.db, row.id, retryAt, outcome.reason);
  }
}

function outgoing(row: OutboxRow): OutgoingMail {
  return {
    id: toHex(row.id),
    to: row.recipient,
    cc: JSON.parse(row.cc) as string[],
    subject: row.subject,
    text: row.text,
    html: row.html,
    headers: JSON.parse(row.headers) as Record<string, string>,
    createdAt: row.createdAt,
  };
}
