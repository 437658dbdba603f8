/**
 * The rate limiter: auth-api §7. Rules are text, counters are rows, and refusals carry the time to wait.
 * What others may use: the Limits of the context, and what makes them.
 */
export { addressGroup } from './counting-key.js';
export { createLimits, type LimitsOptions, type RunningLimits } from './create-limits.js';
export { DEFAULT_RULES } from './default-rules.js';
export type { Limits, Refusal, Subject } from './limits.js';
export { parseRules, RuleError } from './parse-rules.js';
export type { Rule } from './rule.js';
