import { afterEach } from 'vitest';
import { createConfig } from '../../src/config/index.js';
import type { Log } from '../../src/context.js';
import { createMail, type Letter, type MailOptions, type RunningMail } from '../../src/mail/index.js';
import { openStorage, type Storage } from '../../src/storage/index.js';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Runs after the test, the last one first. */
export function afterTest(step: () => Promise<void>): void {
  undo.push(step);
}

/** A clock that only moves when told to. */
export class StillClock {
  time = Date.UTC(2026, 10, 21, 23, 5);
  now(): number {
    return this.time;
  }
}

/** Log lines as text. */
export class RecordingLog implements Log {
  readonly lines: string[] = [];
  info(event: string, details?: Readonly<Record<string, unknown>>): void {
    this.lines.push(`${event} ${JSON.stringify(details ?? {})}`);
  }
  warn(event: string, details?: Readonly<Record<string, unknown>>): void {
    this.info(event, details);
  }
  error(event: string, details?: Readonly<Record<string, unknown>>): void {
    this.info(event, details);
  }
}

export interface Postbox {
  readonly mail: RunningMail;
  readonly storage: Storage;
  readonly clock: StillClock;
  readonly log: RecordingLog;
  /** What was shown at the console. */
  readonly printed: string[];
  /** Posts a letter in a transaction, as a request does. */
  post(letter: Letter): Promise<void>;
}

/** Mail on a database in memory, with a mailbox on any free port unless told otherwise. Stopped after the test. */
export async function postbox(
  config: Partial<MailOptions['config']> = {},
  options: Partial<Pick<MailOptions, 'storage' | 'clock' | 'trustedCertificates'>> = {},
): Promise<Postbox> {
  const storage = options.storage ?? (await openStorage('sqlite::memory:'));
  if (options.storage === undefined) afterTest(() => storage.close());
  const clock = new StillClock();
  const log = new RecordingLog();
  const printed: string[] = [];
  let seed = 0;
  const mail = createMail({
    storage,
    clock,
    log,
    random: { bytes: (length) => new Uint8Array(length).fill(seed++) },
    config: createConfig({ mailboxListen: { host: '127.0.0.1', port: 0 }, ...config }),
    print: (text) => printed.push(text),
    ...options,
  });
  afterTest(() => mail.stop());
  const post = (letter: Letter) => storage.transaction((tx) => mail.post(tx, letter));
  return { mail, storage, clock, log, printed, post };
}

export const UID = 'ab'.repeat(16);

/** A letter with a code, to be varied. */
export function codeLetter(change: Partial<Letter<'verifyShortCode'>> = {}): Letter<'verifyShortCode'> {
  return {
    template: 'verifyShortCode',
    to: 'fox@example.org',
    locale: undefined,
    uid: UID,
    values: { code: '123456' },
    ...change,
  };
}
