import {
  AUTH_ERRORS,
  type Endpoint,
  type ErrorDefinition,
  type Family,
  OAUTH_ERRORS,
  PROFILE_ERRORS,
} from '@foxden/protocol';

/** All that an endpoint may answer when it refuses: what its definition lists, and what every route of its kind can. */
export function documentedErrors(endpoint: Endpoint): ErrorDefinition[] {
  return [...ownErrors(endpoint), ...commonErrors(endpoint)];
}

const TABLES: Readonly<Record<Family, Readonly<Record<string, ErrorDefinition>>>> = {
  auth: AUTH_ERRORS,
  oauth: OAUTH_ERRORS,
  profile: PROFILE_ERRORS,
};

function ownErrors({ family, errors }: Endpoint): ErrorDefinition[] {
  return errors.flatMap((name) => TABLES[family][name] ?? []);
}

/** What a route can answer because of its family, its body and its authentication, so that definitions leave it out. */
function commonErrors({ family, method, body, bodyRequired, authentication }: Endpoint): ErrorDefinition[] {
  const bySchema: Readonly<Record<Family, readonly ErrorDefinition[]>> = {
    auth: [AUTH_ERRORS.INVALID_PARAMETER, AUTH_ERRORS.MISSING_PARAMETER],
    oauth: [OAUTH_ERRORS.INVALID_PARAMETER],
    profile: [PROFILE_ERRORS.INVALID_PARAMETER],
  };
  const ofBodies = [
    AUTH_ERRORS.REQUEST_TOO_LARGE,
    ...(family === 'oauth'
      ? [OAUTH_ERRORS.INVALID_CONTENT_TYPE]
      : [AUTH_ERRORS.INVALID_JSON, AUTH_ERRORS.UNSUPPORTED_MEDIA_TYPE]),
  ];
  const ofTokens = family === 'profile' ? PROFILE_ERRORS.UNAUTHORIZED : AUTH_ERRORS.INVALID_TOKEN;
  return [
    // A path beside the right one belongs to no route, and so to no family.
    AUTH_ERRORS.INVALID_PARAMETER,
    AUTH_ERRORS.NOT_FOUND,
    AUTH_ERRORS.METHOD_NOT_ALLOWED,
    AUTH_ERRORS.ENDPOINT_GONE,
    AUTH_ERRORS.HEADERS_TOO_LARGE,
    ...bySchema[family],
    ...(method === 'GET' ? [] : ofBodies),
    ...(bodyRequired === true && body !== undefined ? [AUTH_ERRORS.INVALID_SIGNATURE] : []),
    ...(authentication.every((scheme) => scheme === 'none') ? [] : [ofTokens]),
    ...(authentication.some((scheme) => scheme.startsWith('mfa:')) ? [AUTH_ERRORS.INVALID_MFA_TOKEN] : []),
  ];
}
