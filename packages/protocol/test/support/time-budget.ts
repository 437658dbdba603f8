import { expect } from 'vitest';

/**
 * Runs a parser on a hostile text of some hundred thousand characters. A linear parser takes some tens of
 * milliseconds for it and a quadratic one a minute, so the budget tells them apart on any machine.
 */
export const withinTimeBudget = <T>(parse: () => T, budget = 4000): T => {
  const start = performance.now();
  const result = parse();
  expect(performance.now() - start).toBeLessThan(budget);
  return result;
};
