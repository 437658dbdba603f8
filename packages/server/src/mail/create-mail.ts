import type { Config } from '../config/index.js';
import type { Clock, Log, Random } from '../context.js';
import type { Storage } from '../storage/index.js';
import { deleteOldBounces, KEEP_BOUNCES } from './bounces/index.js';
import { consoleTransport } from './delivery/console-transport.js';
import { deliverBatch } from './delivery/deliver-batch.js';
import { createLoop } from './delivery/loop.js';
import { smtpTransport } from './delivery/smtp-transport.js';
import type { Mail } from './mail.js';
import { KEPT_PER_ADDRESS } from './mailbox/handler.js';
import { listenMailbox, type MailboxServer } from './mailbox/server.js';
import { mailIds } from './outbox/mail-id.js';
import { deleteOldMails, deleteSurplusMails, findNextAttempt, insertMail } from './outbox/store.js';
import { renderLetter } from './templates/index.js';

export interface MailOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly config: Pick<Config, 'publicUrl' | 'siteName' | 'smtpUrl' | 'mailFrom' | 'mailboxListen'>;
  /** Shows text (with its line ends) to the person at the console. */
  readonly print: (text: string) => void;
  /** PEM certificates to trust instead of the system's; for tests. */
  readonly trustedCertificates?: string;
}

/** Mail with the delivery behind it. */
export interface RunningMail extends Mail {
  /**
   * Begins to deliver, and serves the mailbox if it is on.
   * @throws ConfigError when the mailbox cannot listen
   */
  start(): Promise<void>;
  /** Lets the mails in hand finish. What waits stays in the outbox for the next start. */
  stop(): Promise<void>;
  /** Sends what is due now. The started delivery does so by itself. */
  runOnce(): Promise<void>;
  /** Deletes mails that nobody needs any more; the started delivery does so by itself. */
  prune(): Promise<void>;
  /** Where the mailbox answers, once started; undefined when it is off. */
  readonly mailboxUrl: string | undefined;
}

/** Mails of other processes, and those of a process that died, are looked for this often. */
const POLL = 30_000;
const PRUNE_INTERVAL = 10 * 60_000;
const KEEP = 7 * 24 * 3_600_000;

/**
 * Makes mail: letters go into the outbox, and from there by SMTP, or without it to the console. The development mailbox
 * shows what is in the outbox; when it is on, sent mails stay there for seven days, otherwise they go at once.
 */
export function createMail(options: MailOptions): RunningMail {
  const { storage, clock, random, log, config, print } = options;
  const transport =
    config.smtpUrl === null
      ? consoleTransport(print)
      : smtpTransport({
          url: config.smtpUrl,
          from: config.mailFrom,
          fromName: config.siteName,
          trustedCertificates: options.trustedCertificates,
        });
  const delivery = { storage, clock, log, transport, keepSent: config.mailboxListen !== null };
  const nextId = mailIds(clock, random);
  let mailbox: MailboxServer | undefined;
  let prunedAt = 0;

  const prune = async (): Promise<void> => {
    await deleteOldMails(storage.db, clock.now() - KEEP);
    await deleteSurplusMails(storage.db, KEPT_PER_ADDRESS);
    await deleteOldBounces(storage.db, clock.now() - KEEP_BOUNCES);
  };

  const loop = createLoop(async () => {
    try {
      if (await deliverBatch(delivery)) return 0;
      if (clock.now() - prunedAt >= PRUNE_INTERVAL) {
        await prune();
        prunedAt = clock.now();
      }
      const next = await findNextAttempt(storage.db);
      return Math.min(POLL, Math.max(0, (next ?? Number.POSITIVE_INFINITY) - clock.now()));
    } catch (error) {
      log.error('mail.delivery', { error: error instanceof Error ? error.message : String(error) });
      return POLL;
    }
  });

  return {
    async post(db, letter) {
      const { subject, text, html, headers } = renderLetter(letter, config);
      const now = clock.now();
      await insertMail(db, {
        id: nextId(),
        recipient: letter.to,
        cc: JSON.stringify(letter.cc ?? []),
        headers: JSON.stringify(headers),
        subject,
        text,
        html,
        createdAt: now,
        attempts: 0,
        nextAttemptAt: now,
        sentAt: null,
        lastError: null,
      });
    },
    wake: () => loop.wake(),
    async start() {
      if (config.mailboxListen !== null) mailbox ??= await listenMailbox(storage, log, config.mailboxListen);
      loop.start();
    },
    async stop() {
      await loop.stop();
      transport.close();
      await mailbox?.close();
      mailbox = undefined;
    },
    async runOnce() {
      while (await deliverBatch(delivery));
    },
    prune,
    get mailboxUrl() {
      return mailbox?.url;
    },
  };
}
