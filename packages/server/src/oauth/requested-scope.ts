import { isScope, parseScope, type ScopeSet, serviceScope } from '@foxden/protocol';
import { invalidParameter } from './invalid-parameter.js';
import { NATIVE_CLIENTS } from './seeds.js';

/**
 * Reads a scope parameter.
 * @throws INVALID_PARAMETER for a value that is no scope
 */
export function readScopeParameter(parameter: string): ScopeSet {
  const text = parameter.split(' ').map(decodeUrl).join(' ');
  if (!isScope(text)) throw invalidParameter('scope');
  return parseScope(text);
}

/** Applications with their own screens pass on URLs as they stood in an address: percent-encoded (in-app-auth §15.7). */
function decodeUrl(value: string): string {
  if (!/^https%3A/i.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
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
  const scope = serviceScope(fields.service ?? '', { withKeys: fields.keys_jwe !== undefined });
  if (scope === undefined) throw invalidParameter('service');
  return parseScope(scope);
}
