import {
  type Authentication,
  type Endpoint,
  type HawkAttributes,
  hawkTarget,
  parseBearer,
  parseHawkHeader,
  verifyHawk,
} from '@foxden/protocol';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import { authError, profileError, type ServiceError } from '../errors.js';
import type { Bytes } from '../storage/index.js';
import { hashTokenId } from '../tokens/index.js';
import type { CredentialTypes } from './route.js';

/** Kinds of tokens of the onepw protocol that a route may ask for. */
type OnepwKind = Exclude<Authentication, 'none' | 'refreshToken' | 'accessToken'>;

/** How the domains find what a presented token stands for; undefined when it stands for nothing (any more). */
export type Authenticators = {
  readonly [K in OnepwKind]: (context: Context, tokenHash: Bytes) => Promise<CredentialTypes[K] | undefined>;
} & {
  /** @throws INVALID_TOKEN, INVALID_SCOPES (auth family) */
  readonly refreshToken: (context: Context, token: string) => Promise<CredentialTypes['refreshToken']>;
  /** @throws UNAUTHORIZED (profile family) */
  readonly accessToken: (context: Context, token: string) => Promise<CredentialTypes['accessToken']>;
};

/**
 * Finds who a request speaks for, by the schemes its endpoint accepts in their order (auth-api §2). A header that belongs
 * to none of them counts as none; a token that is not known is refused even where proof is optional.
 * @throws INVALID_TOKEN, INVALID_PARAMETER, INVALID_SCOPES (auth family), UNAUTHORIZED (profile family), INVALID_SIGNATURE in strict Hawk mode
 */
export async function authenticate(
  context: Context,
  authenticators: Authenticators,
  endpoint: Endpoint,
  request: FastifyRequest,
): Promise<CredentialTypes[Authentication]> {
  const header = request.headers.authorization;
  for (const scheme of endpoint.authentication) {
    if (scheme === 'none') return undefined;
    if (header === undefined) continue;
    if (scheme === 'accessToken') {
      const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(header)?.[1];
      if (token !== undefined) return authenticators.accessToken(context, token);
      continue;
    }
    if (scheme === 'refreshToken') {
      // Of another scheme, so it is for one beside this one, which did not know it.
      if (/^hawk\b/i.test(header)) continue;
      return authenticators.refreshToken(context, readRefreshToken(header));
    }
    const found = await findToken(context, authenticators, scheme, header, request);
    if (found !== undefined) return found;
  }
  if (endpoint.family === 'profile') throw profileError('UNAUTHORIZED', { reason: 'Bearer token not provided' });
  throw unauthorized();
}

/** @throws INVALID_PARAMETER unless the header is a plain Bearer of 64 hex digits (oauth-devices §0.3) */
function readRefreshToken(header: string): string {
  const token = /^Bearer ([0-9a-f]{64})$/i.exec(header)?.[1];
  if (token !== undefined) return token;
  throw authError('INVALID_PARAMETER', { validation: { source: 'headers', keys: ['authorization'] } });
}

function unauthorized(): ServiceError {
  return authError('INVALID_TOKEN', { detail: 'Token not found' });
}

/** undefined when the header is of another scheme; throws when it is of this one and its token is unknown. */
async function findToken(
  context: Context,
  authenticators: Authenticators,
  kind: OnepwKind,
  header: string,
  request: FastifyRequest,
): Promise<CredentialTypes[OnepwKind] | undefined> {
  const bearer = parseBearer(header);
  if (bearer?.kind === kind) {
    const found = await authenticators[kind](context, hashTokenId(bearer.tokenId));
    if (found === undefined) throw unauthorized();
    return found;
  }
  const hawk = parseHawkHeader(header);
  if (hawk === undefined || !/^[0-9a-fA-F]{64}$/.test(hawk.id)) return undefined;
  const found = await authenticators[kind](context, hashTokenId(hawk.id));
  if (found === undefined) throw unauthorized();
  if (context.config.hawkCheck === 'mac') await checkMac(context, hawk, found, request);
  return found;
}

/** Strict mode: MAC and payload hash must be right for the public address; the clock is not checked (auth-api §2.1). */
async function checkMac(
  context: Context,
  hawk: HawkAttributes,
  found: { readonly reqHMACkey: Bytes },
  request: FastifyRequest,
): Promise<void> {
  const target = hawkTarget(context.config.publicUrl + request.url);
  const payload = { contentType: request.headers['content-type'] ?? '', body: request.rawBody ?? new Uint8Array() };
  const verdict = await verifyHawk(hawk, { ...target, key: found.reqHMACkey, method: request.method, payload });
  if (verdict !== 'ok') throw authError('INVALID_SIGNATURE');
}
