/**
 * One scope value, read. Both grammars come to the same shape: a path (colon components, or origin and path segments),
 * what the value grants at and below that path, and which of such grants covers it.
 */
export interface ScopeValue {
  readonly text: string;
  readonly path: readonly string[];
  readonly grants: readonly string[];
  readonly coveredBy: readonly string[];
}

/** Values of a scope string in the order of their first appearance, none twice. */
export type ScopeSet = readonly ScopeValue[];

/** Reads one value of either grammar (OAuth §1.3); undefined if it is of neither. Never throws. */
export function readScopeValue(text: string): ScopeValue | undefined {
  return text.startsWith('https:') ? readUrl(text) : readShortName(text);
}

function readShortName(text: string): ScopeValue | undefined {
  if (!/^[A-Za-z0-9_:]+$/.test(text)) return undefined;
  const components = text.split(':');
  if (components.includes('')) return undefined;
  if (components.at(-1) !== 'write') return { text, path: components, grants: ['read'], coveredBy: ['read'] };
  const path = components.slice(0, -1);
  // A bare `write` would have the empty path, which covers every short name: it is not a scope.
  return path.length === 0 ? undefined : { text, path, grants: ['read', 'write'], coveredBy: ['write'] };
}

function readUrl(text: string): ScopeValue | undefined {
  const url = parseUrl(text);
  if (url === undefined || url.href !== text || url.username !== '' || url.password !== '') return undefined;
  // An empty query or fragment survives serialising but not `search` and `hash`: look at the text itself.
  if (text.includes('?') || url.pathname.endsWith('/')) return undefined;
  const path = [url.origin, ...url.pathname.split('/').slice(1)];
  if (!text.includes('#')) return { text, path, grants: ['#'], coveredBy: ['#'] };
  if (!/^#[A-Za-z0-9_]+$/.test(url.hash)) return undefined;
  return { text, path, grants: [url.hash], coveredBy: ['#', url.hash] };
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
