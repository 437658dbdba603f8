import { codeChallengePattern, isScope, parseKeysJwk, parseScope } from '@foxden/protocol';
import { PairingError } from '../error.js';
import { type Members, requiredText } from './reading.js';

/** What a supplicant asks for: the OAuth parameters of its flow, data of `pair:supp:request` (OAuth §6.4). */
export interface PairingRequest {
  /** hex, 16 digits */
  readonly clientId: string;
  /** none twice */
  readonly scope: readonly string[];
  readonly state: string;
  readonly accessType: 'offline' | 'online';
  /** base64url, 43 characters */
  readonly codeChallenge: string;
  readonly codeChallengeMethod: 'S256';
  /** as `encodeKeysJwk` makes it */
  readonly keysJwk: string;
}

const CLIENT_ID = /^[0-9a-fA-F]{16}$/;
const SCOPE = /^.{1,2048}$/;
const STATE = /^.{1,512}$/;
const METHOD = /^S256$/;
const KEYS_JWK = /^[A-Za-z0-9_-]{1,2048}$/;

/**
 * The request that the query of a supplicant's page carries, as `beginPairingFlow` makes it (client §6.2).
 * @throws PairingError `malformed`
 */
export function readPairingRequest(query: URLSearchParams): PairingRequest {
  return readRequest(Object.fromEntries(query));
}

/**
 * The data of `pair:supp:request`, checked (OAuth §6.4).
 * @throws PairingError `malformed`
 */
export function readRequest(data: Members): PairingRequest {
  const { access_type: accessType = 'offline' } = data;
  if (accessType !== 'offline' && accessType !== 'online') throw new PairingError('malformed', 'access_type is wrong');
  requiredText(data, 'code_challenge_method', METHOD);
  return {
    clientId: requiredText(data, 'client_id', CLIENT_ID),
    scope: readScope(requiredText(data, 'scope', SCOPE)),
    state: requiredText(data, 'state', STATE),
    accessType,
    codeChallenge: requiredText(data, 'code_challenge', codeChallengePattern),
    codeChallengeMethod: 'S256',
    keysJwk: readKeysJwk(requiredText(data, 'keys_jwk', KEYS_JWK)),
  };
}

/** The data of `pair:supp:request`. */
export function writeRequest(request: PairingRequest): object {
  return {
    access_type: request.accessType,
    client_id: request.clientId,
    code_challenge: request.codeChallenge,
    code_challenge_method: request.codeChallengeMethod,
    keys_jwk: request.keysJwk,
    scope: request.scope.join(' '),
    state: request.state,
  };
}

/** Some pages join scopes by `+` (OAuth §6.4). */
function readScope(text: string): readonly string[] {
  const options = { splitOnPlus: true };
  const values = isScope(text, options) ? parseScope(text, options).map((value) => value.text) : [];
  if (values.length === 0) throw new PairingError('malformed', 'scope is wrong');
  return values;
}

function readKeysJwk(text: string): string {
  try {
    parseKeysJwk(text);
    return text;
  } catch (cause) {
    throw new PairingError('malformed', 'keys_jwk is no public key', { cause });
  }
}
