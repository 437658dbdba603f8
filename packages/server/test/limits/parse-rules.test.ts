import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRules, RuleError } from '../../src/limits/index.js';
import { ReportCounters } from '../../src/limits/report-counters.js';

describe('rule grammar', () => {
  test('reads rules between comments and blank lines, with plural and singular units', () => {
    expect(
      parseRules(`
        # logins
        login : ip_email : 5 : 15 minutes : 1 hour : block   # guessing
        login:ip:100:1 day:30 seconds:ban
      `),
    ).toEqual([
      { action: 'login', property: 'ip_email', attempts: 5, window: 900_000, duration: 3_600_000, policy: 'block' },
      { action: 'login', property: 'ip', attempts: 100, window: 86_400_000, duration: 30_000, policy: 'ban' },
    ]);
  });

  test.each([
    ['login : ip : 5 : 15 minutes : block', 'a rule has 6 fields'],
    ['login : ip : 5 : 15 minutes : 1 hour : block : x', 'a rule has 6 fields'],
    ['log in : ip : 5 : 15 minutes : 1 hour : block', 'the action "log in" must be letters and digits'],
    ['* : ip : 5 : 15 minutes : 1 hour : block', 'the action "*" must be letters and digits'],
    ['login : mac : 5 : 15 minutes : 1 hour : block', 'the property must be one of ip, email, uid, ip_email, ip_uid'],
    ['login : ip : 0 : 15 minutes : 1 hour : block', 'attempts must be a whole number from 1, not "0"'],
    ['login : ip : 50. : 15 minutes : 1 hour : block', 'attempts must be a whole number from 1, not "50."'],
    ['login : ip : 5 : 15 : 1 hour : block', 'the window must be a time such as "15 minutes", not "15"'],
    ['login : ip : 5 : 15 minutes : soon : block', 'the duration must be a time such as "15 minutes", not "soon"'],
    ['login : ip : 5 : 15 minutes : 1 hour : kick', 'the policy must be one of block, ban, report'],
  ])('%s is refused with its line and reason', (line, reason) => {
    expect(() => parseRules(`# comment\n\n${line}`)).toThrow(RuleError);
    expect(() => parseRules(`# comment\n\n${line}`)).toThrow(`line 3: ${reason}`);
  });

  test('two rules that would share a counter are refused', () => {
    const rule = 'login : ip : 5 : 15 minutes : 1 hour : block';
    expect(() => parseRules(`${rule}\n${rule}`)).toThrow('line 2: there is already a rule for login : ip');
  });

  test('any text gives rules or a RuleError, nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9 :#*_\n-]{0,60}$/)), (lines) => {
        try {
          parseRules(lines.join('\n'));
        } catch (error) {
          expect(error).toBeInstanceOf(RuleError);
        }
      }),
    );
  });
});

test('report counters are bounded: the oldest is forgotten, the newest still counts', () => {
  const [rule] = parseRules('default : ip : 1 : 1 day : 1 day : report');
  if (rule === undefined) throw new Error('no rule');
  const counters = new ReportCounters();
  counters.exceeds('first', rule, 0);
  for (let n = 0; n < 10_000; n += 1) counters.exceeds(`key${n}`, rule, 0);
  expect(counters.exceeds('first', rule, 1)).toBe(false);
  expect(counters.exceeds('key9999', rule, 1)).toBe(true);
});
