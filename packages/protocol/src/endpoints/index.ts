/** Every route of the API, defined once: auth-api §6, oauth-devices §1 to §5. */
import * as account from './account.js';
import * as accountLife from './account-life.js';
import * as addresses from './addresses.js';
import * as authorizations from './authorizations.js';
import * as deviceCommands from './device-commands.js';
import * as devices from './devices.js';
import type { Endpoint } from './endpoint.js';
import * as oauth from './oauth.js';
import * as openid from './openid.js';
import * as passwords from './passwords.js';
import * as profile from './profile.js';
import * as recoveryKey from './recovery-key.js';
import * as reminders from './reminders.js';
import * as secondFactors from './second-factors.js';
import * as session from './session.js';

export {
  accountCreate,
  accountCredentialsStatus,
  accountDestroy,
  accountKeys,
  accountLogin,
  accountStatus,
  accountStatusGet,
  getRandomBytes,
} from './account.js';
export * from './account-life.js';
export * from './addresses.js';
export * from './authorizations.js';
export * from './device-commands.js';
export * from './devices.js';
export type {
  Authentication,
  AuthenticationOf,
  BodyOf,
  Endpoint,
  Family,
  MfaAction,
  ParamsOf,
  QueryOf,
  ResponseOf,
} from './endpoint.js';
export { MFA_ACTIONS } from './endpoint.js';
export { FORMATS, isWebUrl } from './formats.js';
export * as oauthEndpoints from './oauth.js';
export {
  destroy as tokenDestroy,
  GRANT_TYPES,
  type GrantType,
  introspect as tokenIntrospect,
  oauthAuthorization,
  oauthToken,
  profile as userinfo,
  scopedKeyData,
} from './oauth.js';
export * from './openid.js';
export * from './passwords.js';
export * as profileEndpoints from './profile.js';
export { AVATAR_MAX_BYTES } from './profile.js';
export { type PushPayload, pushPayload } from './push-payload.js';
export * from './recovery-key.js';
export * from './reminders.js';
export type { Infer, Schema } from './schema.js';
export * from './second-factors.js';
export * from './session.js';

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'path' in value && 'method' in value;
}

/** All endpoints by name, for what walks them: the server's route table, OpenAPI, the fuzz test. */
/* @__NO_SIDE_EFFECTS__ */
export function allEndpoints(): Readonly<Record<string, Endpoint>> {
  const named = {
    ...account,
    ...accountLife,
    ...addresses,
    ...authorizations,
    ...devices,
    ...deviceCommands,
    ...session,
    ...secondFactors,
    ...passwords,
    ...recoveryKey,
    ...reminders,
    ...oauth,
    ...openid,
    ...profile,
  } as Record<string, unknown>;
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, Endpoint] => isEndpoint(entry[1])));
}
