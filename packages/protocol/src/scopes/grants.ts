import type { ScopeValue } from './scope-value.js';

interface Node {
  readonly below: Map<string, Node>;
  readonly grants: Set<string>;
}

function newNode(): Node {
  return { below: new Map(), grants: new Set() };
}

/** A prefix tree of granted paths: one walk along a required path meets every grant that could cover it. */
export class Grants {
  readonly #root = newNode();

  constructor(values: Iterable<ScopeValue> = []) {
    for (const value of values) this.add(value);
  }

  add(value: ScopeValue): void {
    let node = this.#root;
    for (const component of value.path) {
      const next = node.below.get(component) ?? newNode();
      node.below.set(component, next);
      node = next;
    }
    for (const grant of value.grants) node.grants.add(grant);
  }

  cover(value: ScopeValue): boolean {
    let node = this.#root;
    for (const component of value.path) {
      const next = node.below.get(component);
      if (next === undefined) return false;
      if (value.coveredBy.some((grant) => next.grants.has(grant))) return true;
      node = next;
    }
    return false;
  }
}
