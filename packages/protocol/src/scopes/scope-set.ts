import { MalformedError } from '../bytes/errors.js';
import { readScopeValue, type ScopeSet, type ScopeValue } from './scope-value.js';

/** How a scope string is cut: `splitOnPlus` also separates at `+`, as the web pages do. */
export interface ScopeOptions {
  readonly splitOnPlus?: boolean;
}

/** Whether a text is one scope value of either grammar (OAuth §1.3). Never throws. */
export function isScopeValue(text: string): boolean {
  return readScopeValue(text) !== undefined;
}

/** Whether `parseScope` accepts a text. Never throws. */
export function isScope(text: string, options?: ScopeOptions): boolean {
  return splitScope(text, options).every(isScopeValue);
}

/**
 * Reads a scope string: values separated by spaces (OAuth §1.3). The empty string is the empty set.
 * @throws MalformedError when a value is of neither grammar
 */
export function parseScope(text: string, options?: ScopeOptions): ScopeSet {
  return distinct(
    splitScope(text, options).map((part) => {
      const value = readScopeValue(part);
      if (value === undefined) throw new MalformedError('invalid scope value');
      return value;
    }),
  );
}

/** The valid values of a scope string; what is of neither grammar grants nothing and is left out. Never throws. */
export function readScope(text: string): ScopeSet {
  return distinct(
    splitScope(text)
      .map(readScopeValue)
      .filter((value) => value !== undefined),
  );
}

/** The parts of a scope string, whether valid or not. */
export function splitScope(text: string, options?: ScopeOptions): string[] {
  return text.split(options?.splitOnPlus === true ? /[ +]/ : ' ').filter((part) => part !== '');
}

/** All values of both sets. */
export function unionScopes(left: ScopeSet, right: ScopeSet): ScopeSet {
  return distinct([...left, ...right]);
}

function distinct(values: readonly ScopeValue[]): ScopeSet {
  return [...new Map(values.map((value) => [value.text, value])).values()];
}
