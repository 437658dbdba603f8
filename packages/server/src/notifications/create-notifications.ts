import type { Config } from '../config/index.js';
import type { Clock, Log, Random } from '../context.js';
import { createLoop } from '../mail/index.js';
import type { SigningKeys } from '../oauth/index.js';
import { fromHex } from '../storage/hex.js';
import type { Database, Storage } from '../storage/index.js';
import { deliverBatch } from './deliver.js';
import type { AccountEvent, EventName } from './events.js';
import { type AccountListener, listenerUrl } from './listener.js';
import { deleteGivenUp, findNextAttempt, insertNotifications } from './store.js';

export interface NotificationOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly signingKeys: Pick<SigningKeys, 'sign'>;
  readonly config: Pick<Config, 'publicUrl' | 'notifyUrls'>;
  readonly fetch: typeof fetch;
  /** Services in this process. */
  readonly listeners: readonly AccountListener[];
}

/**
 * Service notifications leave as mails do: `post` writes them down in the transaction of what they announce, delivery
 * happens later, with retries, and never delays or fails a request.
 */
export interface Notifications {
  post<N extends EventName>(db: Database, event: AccountEvent<N>): Promise<void>;
  /** Tells the delivery that a transaction with events in it has committed. */
  wake(): void;
}

/** Notifications with the delivery behind them. */
export interface RunningNotifications extends Notifications {
  start(): void;
  /** Lets what is in hand finish. What waits stays for the next start. */
  stop(): Promise<void>;
  /** Sends what is due now. The started delivery does so by itself. */
  runOnce(): Promise<void>;
}

/** Events of other processes, and those of a process that died, are looked for this often. */
const POLL = 30_000;
const KEEP = 7 * 24 * 3_600_000;

/** Makes the notifications of FOXDEN_NOTIFY_URLS and of listeners; where nobody listens nothing is written down. */
export function createNotifications(options: NotificationOptions): RunningNotifications {
  const { storage, clock, random, log, signingKeys, config, listeners } = options;
  const delivery = { storage, clock, log, signingKeys, issuer: config.publicUrl, fetch: options.fetch, listeners };

  function addressees(event: EventName): string[] {
    const listening = listeners.filter(({ events }) => events.includes(event));
    return [...config.notifyUrls, ...listening.map(listenerUrl)];
  }

  const loop = createLoop(async () => {
    try {
      if (await deliverBatch(delivery)) return 0;
      await deleteGivenUp(storage.db, clock.now() - KEEP);
      const next = await findNextAttempt(storage.db);
      return Math.min(POLL, Math.max(0, (next ?? Number.POSITIVE_INFINITY) - clock.now()));
    } catch (error) {
      log.error('notification.delivery', { error: error instanceof Error ? error.message : String(error) });
      return POLL;
    }
  });

  return {
    async post(db, { name, uid, details }) {
      const urls = addressees(name);
      if (urls.length === 0) return;
      const now = clock.now();
      await insertNotifications(
        db,
        urls.map((url) => ({
          id: random.bytes(16),
          url,
          uid: fromHex(uid),
          event: name,
          details: JSON.stringify(details),
          createdAt: now,
          attempts: 0,
          nextAttemptAt: now,
          lastError: null,
        })),
      );
    },
    wake: () => loop.wake(),
    start() {
      if (config.notifyUrls.length > 0 || listeners.length > 0) loop.start();
    },
    stop: () => loop.stop(),
    async runOnce() {
      while (await deliverBatch(delivery));
    },
  };
}
