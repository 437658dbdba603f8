import { Grants } from './grants.js';
import type { ScopeSet, ScopeValue } from './scope-value.js';

/** The scope string of a set: values that another value implies are dropped, the others keep their order. */
export function canonicalScope(set: ScopeSet): string {
  const grants = new Grants();
  const kept = new Set<ScopeValue>();
  for (const value of [...set].sort(widerFirst)) {
    if (grants.cover(value)) continue;
    grants.add(value);
    kept.add(value);
  }
  return set
    .filter((value) => kept.has(value))
    .map((value) => value.text)
    .join(' ');
}

// What implies a value has a shorter path, or on the same path gives more (write) or needs less (no fragment).
function widerFirst(left: ScopeValue, right: ScopeValue): number {
  return (
    left.path.length - right.path.length ||
    right.grants.length - left.grants.length ||
    left.coveredBy.length - right.coveredBy.length
  );
}
