import { WeaveError } from '../errors.js';
import type { Centiseconds } from '../timestamp.js';

/** Conditions on the time of the resource (sync §4.3). At most one is given. */
export interface Preconditions {
  readonly modifiedSince?: Centiseconds | undefined;
  readonly unmodifiedSince?: Centiseconds | undefined;
}

/**
 * Checks conditions against the time of the resource, 0 for one that does not exist.
 * @throws WeaveError NOT_MODIFIED, MODIFIED
 */
export function requirePreconditions({ modifiedSince, unmodifiedSince }: Preconditions, modified: Centiseconds): void {
  if (modifiedSince !== undefined && modified <= modifiedSince) {
    throw new WeaveError('NOT_MODIFIED', { lastModified: modified });
  }
  if (unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw new WeaveError('MODIFIED', { lastModified: modified });
  }
}
