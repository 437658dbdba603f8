import { AUTH_ERRORS, type Endpoint, OAUTH_ERRORS, PROFILE_ERRORS } from '@foxden/protocol';
import type { ErrorName } from './error.js';

const CATALOGUES = { auth: AUTH_ERRORS, oauth: OAUTH_ERRORS, profile: PROFILE_ERRORS };

/** The catalogue's name for an errno; where several share a number, the HTTP status decides, else the last one stands. */
export function errorName(family: Endpoint['family'], errno: number, status: number): ErrorName | undefined {
  const sameNumber = Object.values(CATALOGUES[family]).filter((definition) => definition.errno === errno);
  const exact = sameNumber.find((definition) => definition.status === status);
  return (exact ?? sameNumber.at(-1))?.name as ErrorName | undefined;
}
