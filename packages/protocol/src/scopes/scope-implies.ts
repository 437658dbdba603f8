import { Grants } from './grants.js';
import { readScope, splitScope } from './scope-set.js';
import { readScopeValue, type ScopeSet } from './scope-value.js';

/**
 * Whether every value of `required` is implied by some value of `granted` (OAuth §1.3); an empty `required` always is.
 * Of a text, a value of neither grammar grants nothing and is granted by nothing. Never throws; linear in both lengths.
 */
export function scopeImplies(granted: ScopeSet | string, required: ScopeSet | string): boolean {
  const grants = new Grants(typeof granted === 'string' ? readScope(granted) : granted);
  const values = typeof required === 'string' ? splitScope(required).map(readScopeValue) : required;
  return values.every((value) => value !== undefined && grants.cover(value));
}

/** The values of `required` that `granted` implies. */
export function scopesImplied(granted: ScopeSet, required: ScopeSet): ScopeSet {
  const grants = new Grants(granted);
  return required.filter((value) => grants.cover(value));
}

/** The values of `required` that `granted` does not imply: none exactly when `scopeImplies`. */
export function scopesNotImplied(granted: ScopeSet, required: ScopeSet): ScopeSet {
  const grants = new Grants(granted);
  return required.filter((value) => !grants.cover(value));
}

/** Whether some value of either set is implied by the other set. */
export function intersectsScope(left: ScopeSet, right: ScopeSet): boolean {
  return scopesImplied(left, right).length > 0 || scopesImplied(right, left).length > 0;
}
