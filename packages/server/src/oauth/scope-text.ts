import type { ScopeSet } from '@foxden/protocol';

/** The scope string of a set, every value as it was asked for. */
export function scopeText(set: ScopeSet): string {
  return set.map((value) => value.text).join(' ');
}
