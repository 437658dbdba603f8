import { type ErrorDefinition, errorTable } from './definition.js';

/** Errors of the profile family of routes, by errno (oauth-devices §5). */
export const PROFILE_ERRORS = /* @__PURE__ */ errorTable({
  UNAUTHORIZED: { errno: 100, status: 401, message: 'Unauthorized', oauth: 'invalid_token' },
  FORBIDDEN: { errno: 100, status: 403, message: 'Forbidden', oauth: 'insufficient_scope' },
  INVALID_PARAMETER: { errno: 101, status: 400, message: 'Invalid request parameter' },
  THROTTLED: { errno: 114, status: 429, message: 'Client has sent too many requests' },
  UNEXPECTED: { errno: 999, status: 500, message: 'Unspecified error' },
} satisfies Record<string, Omit<ErrorDefinition, 'name'>>);

export type ProfileErrorName = keyof typeof PROFILE_ERRORS;
