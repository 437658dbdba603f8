import { afterEach } from 'vitest';
import type { Log } from '../../src/context.js';
import { ServiceError } from '../../src/errors.js';
import { createLimits, type LimitsOptions, parseRules, type RunningLimits } from '../../src/limits/index.js';
import { openStorage, type Storage } from '../../src/storage/index.js';

/** A clock that only moves when told to. */
export class StillClock {
  time = Date.UTC(2026, 0, 1);
  now(): number {
    return this.time;
  }
}

/** Log lines as data. */
export class RecordingLog implements Log {
  readonly lines: { event: string; details: Readonly<Record<string, unknown>> }[] = [];
  info(event: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.lines.push({ event, details });
  }
  warn(event: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.info(event, details);
  }
  error(event: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.info(event, details);
  }
}

const opened: Storage[] = [];
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close();
});

export async function memoryStorage(): Promise<Storage> {
  const storage = await openStorage('sqlite::memory:');
  opened.push(storage);
  return storage;
}

/** A limiter on a database in memory, with its clock and log. Rules as text; without them, FxA's table. */
export async function limiter(
  rules?: string,
  options: Partial<LimitsOptions> = {},
): Promise<{ limits: RunningLimits; clock: StillClock; log: RecordingLog; storage: Storage }> {
  const clock = new StillClock();
  const log = new RecordingLog();
  const storage = options.storage ?? (await memoryStorage());
  const limits = createLimits({
    storage,
    clock,
    log,
    enabled: true,
    ...(rules === undefined ? {} : { rules: parseRules(rules) }),
    ...options,
  });
  return { limits, clock, log, storage };
}

/** The members of the refusal, or undefined when the attempt passed. */
export async function refusal(attempt: Promise<void>): Promise<{ name: string; retryAfter: unknown } | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { name: error.definition.name, retryAfter: error.extra['retryAfter'] };
  }
}
