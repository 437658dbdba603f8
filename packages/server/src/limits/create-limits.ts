import type { Clock, Log } from '../context.js';
import { authError } from '../errors.js';
import type { Storage } from '../storage/index.js';
import { countingKeys, EVERY_ACTION, propertyOfKey } from './counting-key.js';
import { DEFAULT_RULES } from './default-rules.js';
import type { Limits, Refusal, Subject } from './limits.js';
import { parseRules } from './parse-rules.js';
import { ReportCounters } from './report-counters.js';
import { retryAfterSeconds } from './retry-after.js';
import { DEFAULT_ACTION, type Property, type Rule } from './rule.js';
import { countAttempts, deleteExpired, deleteKeys, findBlocks, setBlocks } from './store.js';

export interface LimitsOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** false counts and refuses nothing. */
  readonly enabled: boolean;
  readonly rules?: readonly Rule[];
  /** Keys the digests of what is counted (bytes, 32). Processes on one database need the same. */
  readonly secret?: Uint8Array;
}

/** The rate limiter with its housekeeping. */
export interface RunningLimits extends Limits {
  /** Deletes what has expired, in small steps; gives the number of rows. To be called now and then. */
  prune(): Promise<number>;
}

/**
 * Makes the rate limiter (auth-api §7). Counters live in the database: they survive a restart and hold for all
 * processes. A window begins with the first attempt; as many attempts as the rule allows pass, the next one is refused
 * and begins the block. Refused attempts count nowhere: they neither lengthen a block nor fill other counters.
 */
export function createLimits(options: LimitsOptions): RunningLimits {
  const { storage, clock, log, enabled, rules = parseRules(DEFAULT_RULES) } = options;
  const keys = countingKeys(options.secret);
  const reports = new ReportCounters();
  const rulesByAction = groupByAction(rules);
  const defaultRules = rulesByAction.get(DEFAULT_ACTION) ?? [];
  const bannedProperties = [...new Set(rules.filter(({ policy }) => policy === 'ban').map(({ property }) => property))];

  /** Counts an attempt. Gives the keys that refuse it and until when; none when it passes. */
  async function blocksOf(action: string, subject: Subject): Promise<ReadonlyMap<string, number>> {
    const now = clock.now();
    const counted = new Map<string, Rule>();
    for (const rule of rulesByAction.get(action) ?? defaultRules) {
      const key = keys.of(action, rule.property, subject);
      if (key === undefined) continue;
      if (rule.policy !== 'report') counted.set(key, rule);
      else if (reports.exceeds(key, rule, now)) log.warn('limits.report', { action, key });
    }
    const guards = [...counted.keys(), ...banKeys(subject)].sort();
    if (guards.length === 0) return new Map();
    if (counted.size === 0) return findBlocks(storage.db, guards, now);

    // In one order everywhere, so that two statements never wait for each other's rows.
    const counters = [...counted].sort(([a], [b]) => (a < b ? -1 : 1));
    const counts = await countAttempts(
      storage.db,
      counters.map(([key, rule]) => ({ key, windowEndsAt: now + rule.window })),
      guards,
      now,
    );
    if (counts.length < counters.length) {
      const found = await findBlocks(storage.db, guards, now);
      // A block that ended between the two statements still refused this attempt.
      return found.size > 0 ? found : new Map(guards.map((key) => [key, now]));
    }

    const blocks = new Map<string, number>();
    for (const { key, count } of counts) {
      const rule = counted.get(key);
      if (rule === undefined || count <= rule.attempts) continue;
      log.warn(`limits.${rule.policy}`, { action, key, seconds: rule.duration / 1000 });
      const banKey = rule.policy === 'ban' ? keys.of(EVERY_ACTION, rule.property, subject) : undefined;
      for (const blocked of [key, banKey]) {
        if (blocked !== undefined) blocks.set(blocked, Math.max(blocks.get(blocked) ?? 0, now + rule.duration));
      }
    }
    if (blocks.size > 0) await setBlocks(storage.db, blocks);
    return blocks;
  }

  async function attempt(action: string, subject: Subject): Promise<Refusal | undefined> {
    const blocks = enabled ? await blocksOf(action, subject) : new Map<string, number>();
    if (blocks.size === 0) return undefined;
    return {
      retryAfter: retryAfterSeconds(Math.max(...blocks.values()) - clock.now()),
      isOfAccount: [...blocks.keys()].every((key) => propertyOfKey(key) !== 'ip'),
    };
  }

  function banKeys(subject: Subject): string[] {
    return bannedProperties.flatMap((property) => keys.of(EVERY_ACTION, property, subject) ?? []);
  }

  return {
    attempt,

    async check(action, subject) {
      const refusal = await attempt(action, subject);
      if (refusal !== undefined) throw authError('THROTTLED', { retryAfter: refusal.retryAfter });
    },

    async failed(action, subject) {
      await attempt(action, subject);
    },

    async clear({ email }) {
      if (email === undefined) return;
      const actionsBy = (property: Property): string[] =>
        rules.filter((rule) => rule.property === property && rule.policy !== 'report').map(({ action }) => action);
      const subject = { ip: '', email };
      await deleteKeys(
        storage.db,
        [EVERY_ACTION, ...actionsBy('email')].flatMap((action) => keys.of(action, 'email', subject) ?? []),
        [EVERY_ACTION, ...actionsBy('ip_email')].map((action) => keys.emailPairs(action, email)),
      );
    },

    prune: () => deleteExpired(storage.db, clock.now()),
  };
}

function groupByAction(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const groups = new Map<string, Rule[]>();
  for (const rule of rules) groups.set(rule.action, [...(groups.get(rule.action) ?? []), rule]);
  return groups;
}
