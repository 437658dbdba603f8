import { createHash } from 'node:crypto';

/** The strong entity tag of a JSON answer, without its quotes (oauth-devices §5). */
export function entityTag(body: object): string {
  return createHash('sha1').update(JSON.stringify(body)).digest('hex');
}

/**
 * Whether an `If-None-Match` names a tag (RFC 9110 §13.1.2). Quotes do not count: the Rust client keeps those of the
 * `ETag` that it got and puts others around them.
 */
export function namesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const named = ifNoneMatch.split(',').map((entry) => entry.replace(/^\s*(?:W\/)?"*|"*\s*$/g, ''));
  return named.includes(tag) || ifNoneMatch.trim() === '*';
}
