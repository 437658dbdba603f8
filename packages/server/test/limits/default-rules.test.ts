import { describe, expect, test } from 'vitest';
import { DEFAULT_RULES, parseRules, type Rule, type Subject } from '../../src/limits/index.js';
import { limiter, refusal } from './limits-fixture.js';

const RULES = parseRules(DEFAULT_RULES);
const REFUSING = RULES.filter(({ policy }) => policy !== 'report');
const isAfterTheFact = (rule: Rule) => rule.action.endsWith('Failed');
const named = (rule: Rule): [string, Rule] => [`${rule.action} : ${rule.property}`, rule];

/** The n-th subject that shares what the rule counts by and nothing else, so that no other rule fires first. */
function subject(rule: Rule, n: number): Subject {
  const counts = new Set<string>(rule.property.split('_'));
  const vary = (kind: string): number => (counts.has(kind) ? 0 : n);
  return {
    ip: `10.${vary('ip') >> 8}.${vary('ip') & 255}.1`,
    email: `fox${vary('email')}@example.org`,
    uid: vary('uid').toString(16).padStart(32, '0'),
  };
}

test('every line of the reference table is a rule, and fifteen more', () => {
  expect(RULES).toHaveLength(81);
  expect(RULES).toContainEqual({
    action: 'verifyTotpCode',
    property: 'ip_uid',
    attempts: 10,
    window: 30_000,
    duration: 900_000,
    policy: 'block',
  });
});

describe('fires at its exact count and clears exactly when it says', () => {
  test.each(REFUSING.map(named))('%s', async (_name, rule) => {
    const { limits, clock } = await limiter();
    const attempt = (n: number) =>
      isAfterTheFact(rule) ? limits.failed(rule.action, subject(rule, n)) : limits.check(rule.action, subject(rule, n));
    // What a refusal of the rule looks like to the next request: after-the-fact rules show at any other action.
    const next = (n: number) => limits.check(isAfterTheFact(rule) ? 'accountKeys' : rule.action, subject(rule, n));

    for (let n = 1; n <= rule.attempts; n += 1) await attempt(n);
    if (isAfterTheFact(rule)) {
      expect(await refusal(next(200))).toBeUndefined();
      await attempt(201);
    } else {
      expect(await refusal(attempt(201))).toEqual({ name: 'THROTTLED', retryAfter: rule.duration / 1000 });
    }
    clock.time += rule.duration - 1;
    expect(await refusal(next(202))).toEqual({ name: 'THROTTLED', retryAfter: 1 });
    clock.time += 1;
    for (let n = 203; n < 203 + rule.attempts; n += 1) expect(await refusal(attempt(n))).toBeUndefined();
    expect(await refusal(next(400))).toEqual(
      isAfterTheFact(rule) ? undefined : { name: 'THROTTLED', retryAfter: rule.duration / 1000 },
    );
  });
});

describe('forgets attempts when the window of the first one ends', () => {
  test.each(REFUSING.filter((rule) => !isAfterTheFact(rule)).map(named))('%s', async (_name, rule) => {
    const { limits, clock } = await limiter();
    const attempt = (n: number) => refusal(limits.check(rule.action, subject(rule, n)));
    for (let n = 1; n < rule.attempts; n += 1) await attempt(n);
    clock.time += rule.window - 1;
    expect(await attempt(200)).toBeUndefined();
    clock.time += 1;
    for (let n = 201; n < 201 + rule.attempts; n += 1) expect(await attempt(n)).toBeUndefined();
    expect(await attempt(400)).toMatchObject({ name: 'THROTTLED' });
  });
});

describe('a ban refuses other actions to the same address only', () => {
  test.each(REFUSING.filter(({ policy }) => policy === 'ban').map(named))('%s', async (_name, rule) => {
    const { limits, clock } = await limiter();
    for (let n = 0; n <= rule.attempts; n += 1) await refusal(limits.check(rule.action, subject(rule, n)));
    const elsewhere = { ...subject(rule, 300), ip: '192.0.2.1' };
    expect(await refusal(limits.check('anythingElse', subject(rule, 300)))).toEqual({
      name: 'THROTTLED',
      retryAfter: rule.duration / 1000,
    });
    expect(await refusal(limits.check('anythingElse', elsewhere))).toBeUndefined();
    clock.time += rule.duration;
    expect(await refusal(limits.check('anythingElse', subject(rule, 300)))).toBeUndefined();
  });
});

describe('a block refuses nothing but its action', () => {
  test.each(REFUSING.filter(({ policy }) => policy === 'block').map(named))('%s', async (_name, rule) => {
    const { limits } = await limiter();
    for (let n = 0; n <= rule.attempts; n += 1) await refusal(limits.check(rule.action, subject(rule, n)));
    expect(await refusal(limits.check(rule.action, subject(rule, 300)))).toBeDefined();
    expect(await refusal(limits.check('anythingElse', subject(rule, 300)))).toBeUndefined();
  });
});
