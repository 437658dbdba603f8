import { type KeysBundle, oauthAuthorization, scopedKeyData, sealKeysJwe } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { asFxaError } from '../errors/as-fxa-error.js';
import { FxaError } from '../errors/fxa-error.js';
import { members, object, text } from '../persistence/reading.js';

/** What another application asks for, as its authorization URL says (client §3.3). */
export interface AuthorizationParameters {
  readonly clientId: string;
  readonly scope: readonly string[];
  readonly state: string;
  readonly accessType: string;
  readonly codeChallenge?: string | null;
  readonly codeChallengeMethod?: string | null;
  readonly keysJwk?: string | null;
}

/**
 * Reads the parameters of an authorization URL.
 * @throws FxaError `Other` when one of `client_id`, `scope`, `state`, `access_type` is missing
 */
export function authorizationParametersFromUrl(url: URL): AuthorizationParameters {
  const query = url.searchParams;
  const required = (name: string): string => {
    const value = query.get(name);
    if (value === null) throw new FxaError('Other', `The authorization URL has no ${name}`);
    return value;
  };
  return {
    clientId: required('client_id'),
    scope: required('scope')
      .split(' ')
      .filter((value) => value !== ''),
    state: required('state'),
    accessType: required('access_type'),
    codeChallenge: query.get('code_challenge'),
    codeChallengeMethod: query.get('code_challenge_method'),
    keysJwk: query.get('keys_jwk'),
  };
}

/**
 * An authorization code for another application, vouched for by the session, with the keys of its scopes sealed to its
 * keys_jwk (client §3.3).
 * @throws FxaError `Authentication` without a session or a key; `Other` for a scope that the application may not have
 */
export async function authorizeCode(context: AccountContext, parameters: AuthorizationParameters): Promise<string> {
  const { sessionToken } = context.state;
  if (sessionToken === null) throw new FxaError('Authentication', 'There is no session token');
  const token = { sessionToken };
  const { clientId, keysJwk } = parameters;
  const scope = parameters.scope.join(' ');
  const body = { client_id: clientId, scope };
  const allowed = await context.connection.call('auth', scopedKeyData, { body, token }, members);
  const refused = parameters.scope.find((value) => !Object.hasOwn(allowed, value));
  if (refused !== undefined) throw new FxaError('Other', `Scope not allowed: client ${clientId}, scope ${refused}`);
  const keys = keysJwk == null ? null : await sealKeys(context, keysJwk, Object.keys(allowed));
  const request = {
    ...body,
    state: parameters.state,
    access_type: parameters.accessType,
    code_challenge: parameters.codeChallenge ?? null,
    code_challenge_method: parameters.codeChallengeMethod ?? null,
    keys_jwe: keys,
  };
  const read = object((member) => member('code', text));
  return context.connection.call('auth', oauthAuthorization, { body: request, token }, read);
}

async function sealKeys(context: AccountContext, keysJwk: string, scopes: readonly string[]): Promise<string> {
  const bundle: KeysBundle = Object.fromEntries(
    scopes.map((scope) => {
      const key = context.state.scopedKeys[scope];
      if (key === undefined) throw new FxaError('Authentication', `There is no key for ${scope}`);
      return [scope, key];
    }),
  );
  try {
    return await sealKeysJwe(keysJwk, bundle, context.connection.random);
  } catch (error) {
    throw asFxaError(error);
  }
}
