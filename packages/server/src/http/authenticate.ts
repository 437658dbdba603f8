import {
  type Authentication,
  type Endpoint,
  type HawkAttributes,
  hawkTarget,
  type MfaAction,
  parseBearer,
  parseHawkHeader,
  verifyHawk,
} from '@foxden/protocol';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import { authError, profileError, ServiceError } from '../errors.js';
import type { Bytes } from '../storage/index.js';
import { hashTokenId } from '../tokens/index.js';
// Declares the request's `rawBody`.
import type {} from './body.js';
import type { CredentialTypes } from './route.js';

/** Kinds of tokens of the onepw protocol that a route may ask for. */
type OnepwKind = Exclude<Authentication, 'none' | 'refreshToken' | 'accessToken' | StepUp>;

type StepUp = `mfa:${MfaAction}`;

/** How the domains find what a presented token stands for; undefined when it stands for nothing (any more). */
export type Authenticators = {
  readonly [K in OnepwKind]: (context: Context, tokenHash: Bytes) => Promise<CredentialTypes[K] | undefined>;
} & {
  /** @throws INVALID_MFA_TOKEN unless the token has the scope */
  readonly mfa: (context: Context, token: string, scope: StepUp) => Promise<CredentialTypes[StepUp]>;
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
  const hawk = header === undefined ? undefined : hawkTokenOf(header);
  let unknownHawk = false;
  for (const scheme of endpoint.authentication) {
    if (scheme === 'none' && unknownHawk) break;
    if (scheme === 'none') return undefined;
    if (header === undefined) continue;
    if (scheme === 'accessToken') {
      const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(header)?.[1];
      if (token !== undefined) return accessToken(context, authenticators, endpoint, token);
      continue;
    }
    if (isStepUp(scheme)) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header)?.[1];
      if (token !== undefined) return authenticators.mfa(context, token, scheme);
      continue;
    }
    if (scheme === 'refreshToken') {
      // Of another scheme, so it is for one beside this one, which did not know it.
      if (/^hawk\b/i.test(header)) continue;
      return authenticators.refreshToken(context, readRefreshToken(header));
    }
    const found = await findToken(context, authenticators, scheme, header, hawk, request);
    if (found !== undefined) return found;
    // A Hawk header does not say of which kind its token is, so it is unknown only when no scheme knows it.
    unknownHawk = hawk !== undefined;
  }
  if (endpoint.family === 'profile') throw profileError('UNAUTHORIZED', { reason: 'Bearer token not provided' });
  throw unauthorized();
}

/** @throws UNAUTHORIZED on routes of the profile family, INVALID_TOKEN on others */
async function accessToken(
  context: Context,
  authenticators: Authenticators,
  endpoint: Endpoint,
  token: string,
): Promise<CredentialTypes['accessToken']> {
  try {
    return await authenticators.accessToken(context, token);
  } catch (error) {
    if (endpoint.family !== 'profile' && error instanceof ServiceError) throw unauthorized();
    throw error;
  }
}

function isStepUp(scheme: Authentication): scheme is StepUp {
  return scheme.startsWith('mfa:');
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

/** The attributes of a Hawk header whose id could be a tokenId. */
function hawkTokenOf(header: string): HawkAttributes | undefined {
  const hawk = parseHawkHeader(header);
  return hawk !== undefined && /^[0-9a-fA-F]{64}$/.test(hawk.id) ? hawk : undefined;
}

/** undefined when the header is of another scheme or kind; throws when it is a Bearer of this kind and unknown. */
async function findToken(
  context: Context,
  authenticators: Authenticators,
  kind: OnepwKind,
  header: string,
  hawk: HawkAttributes | undefined,
  request: FastifyRequest,
): Promise<CredentialTypes[OnepwKind] | undefined> {
  const bearer = parseBearer(header);
  if (bearer?.kind === kind) {
    const found = await authenticators[kind](context, hashTokenId(bearer.tokenId));
    if (found === undefined) throw unauthorized();
    return found;
  }
  if (hawk === undefined) return undefined;
  const found = await authenticators[kind](context, hashTokenId(hawk.id));
  if (found === undefined) return undefined;
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
  const body = new Uint8Array(request.rawBody ?? []);
  const payload = { contentType: request.headers['content-type'] ?? '', body };
  const verdict = await verifyHawk(hawk, { ...target, key: found.reqHMACkey, method: request.method, payload });
  if (verdict !== 'ok') throw authError('INVALID_SIGNATURE');
}
