import {
  isScope,
  parseScope,
  SCOPE_OLDSYNC,
  SCOPE_RELAY,
  SCOPE_SMARTWINDOW,
  SCOPE_VPN,
  type ScopeSet,
} from '@foxden/protocol';
import { invalidParameter } from './invalid-parameter.js';
import { NATIVE_CLIENTS } from './seeds.js';

/** What a browser means that names a service instead of scopes (oauth-devices §1.5). */
const SERVICE_SCOPES: Readonly<Record<string, string>> = {
  sync: SCOPE_OLDSYNC,
  relay: SCOPE_RELAY,
  vpn: SCOPE_VPN,
  smartwindow: SCOPE_SMARTWINDOW,
};

/**
 * Reads a scope parameter.
 * @throws INVALID_PARAMETER for a value that is no scope
 */
export function readScopeParameter(text: string): ScopeSet {
  if (!isScope(text)) throw invalidParameter('scope');
  return parseScope(text);
}

interface ScopeFields {
  readonly client_id: string;
  readonly scope?: string | undefined;
  readonly service?: string | undefined;
  readonly keys_jwe?: string | undefined;
}

/**
 * The scope that an authorization request asks for, by name or, for browsers, by service (oauth-devices §1.5).
 * @throws INVALID_PARAMETER for an invalid scope, an unknown service, or neither
 */
export function requestedScope(fields: ScopeFields): ScopeSet {
  if (fields.scope !== undefined) return readScopeParameter(fields.scope);
  if (!NATIVE_CLIENTS.has(fields.client_id.toLowerCase())) throw invalidParameter('scope');
  const scope = Object.hasOwn(SERVICE_SCOPES, fields.service ?? '') ? SERVICE_SCOPES[fields.service ?? ''] : undefined;
  if (scope === undefined) throw invalidParameter('service');
  // Keys come along when the person typed the password, and the only keys a browser wants are those of Sync.
  return parseScope(fields.keys_jwe === undefined || scope === SCOPE_OLDSYNC ? scope : `${scope} ${SCOPE_OLDSYNC}`);
}
