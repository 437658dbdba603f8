import { POLICIES, PROPERTIES, type Rule } from './rule.js';

/** A rule text that is not one; the message begins with the number of the line. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Reads rules, one a line: `action : property : attempts : window : duration : policy` (auth-api §7). Times are written
 * like `15 minutes`; `#` begins a comment. An action may have one rule for each property.
 * @throws RuleError
 */
export function parseRules(text: string): Rule[] {
  const rules = new Map<string, Rule>();
  for (const [index, line] of text.split('\n').entries()) {
    const content = line.replace(/#.*/, '').trim();
    if (content === '') continue;
    const fail = (problem: string): never => {
      throw new RuleError(`line ${index + 1}: ${problem}`);
    };
    const rule = parseRule(content, fail);
    const key = `${rule.action} : ${rule.property}`;
    if (rules.has(key)) fail(`there is already a rule for ${key}`);
    rules.set(key, rule);
  }
  return [...rules.values()];
}

function parseRule(content: string, fail: (problem: string) => never): Rule {
  const fields = content.split(':').map((field) => field.trim());
  const [action = '', property, attempts = '', window = '', duration = '', policy] = fields;
  if (fields.length !== 6) {
    fail(`a rule has 6 fields (action : property : attempts : window : duration : policy), not ${fields.length}`);
  }
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(action)) fail(`the action ${JSON.stringify(action)} must be letters and digits`);
  if (!/^[1-9]\d{0,8}$/.test(attempts)) fail(`attempts must be a whole number from 1, not ${JSON.stringify(attempts)}`);
  return {
    action,
    property: oneOf(PROPERTIES, property) ?? fail(`the property must be one of ${PROPERTIES.join(', ')}`),
    attempts: Number(attempts),
    window:
      parseDuration(window) ?? fail(`the window must be a time such as "15 minutes", not ${JSON.stringify(window)}`),
    duration:
      parseDuration(duration) ??
      fail(`the duration must be a time such as "15 minutes", not ${JSON.stringify(duration)}`),
    policy: oneOf(POLICIES, policy) ?? fail(`the policy must be one of ${POLICIES.join(', ')}`),
  };
}

function parseDuration(text: string): number | undefined {
  const match = /^([1-9]\d{0,5}) (second|minute|hour|day)s?$/.exec(text);
  const unit = MILLISECONDS[match?.[2] ?? ''];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}

function oneOf<T extends string>(words: readonly T[], text: string | undefined): T | undefined {
  return words.find((word) => word === text);
}
