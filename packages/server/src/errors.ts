import {
  AUTH_ERRORS,
  type AuthErrorName,
  type ErrorDefinition,
  OAUTH_ERRORS,
  type OAuthErrorName,
  PROFILE_ERRORS,
  type ProfileErrorName,
} from '@foxden/protocol';

/** What operations throw: an entry of the error catalogue with the extra members of its body. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly definition: ErrorDefinition;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(definition: ErrorDefinition, extra: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(definition.message, options);
    this.definition = definition;
    this.extra = extra;
  }
}

/** An error of the auth-server family (auth-api §4.2). */
export function authError(name: AuthErrorName, extra?: Readonly<Record<string, unknown>>): ServiceError {
  return new ServiceError(AUTH_ERRORS[name], extra);
}

/** An error of the OAuth-server family (oauth-devices §1.9); routes of the auth family translate it. */
export function oauthError(name: OAuthErrorName, extra?: Readonly<Record<string, unknown>>): ServiceError {
  return new ServiceError(OAUTH_ERRORS[name], extra);
}

/** An error of the profile family (oauth-devices §5). */
export function profileError(name: ProfileErrorName, extra?: Readonly<Record<string, unknown>>): ServiceError {
  return new ServiceError(PROFILE_ERRORS[name], extra);
}
