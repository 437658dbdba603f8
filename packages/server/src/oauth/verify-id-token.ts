import type { BodyOf, idTokenVerify, ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import type { Claims } from './jwt.js';
import { ID_TOKEN_LIFETIME } from './lifetimes.js';

type IdTokenClaims = ResponseOf<typeof idTokenVerify>;

/**
 * The claims of an ID token of ours for a client, whether expired or not; undefined for anything else, which includes
 * access tokens, other clients' ID tokens, and ones that would live longer than ours do.
 */
export async function readIdToken(
  context: Pick<Context, 'signingKeys' | 'clock' | 'config'>,
  idToken: string,
  clientId?: string,
): Promise<IdTokenClaims | undefined> {
  const claims = await context.signingKeys.verify('JWT', idToken);
  if (claims === undefined || !isIdToken(claims) || claims.iss !== context.config.publicUrl) return undefined;
  if (claims.exp * 1000 > context.clock.now() + ID_TOKEN_LIFETIME) return undefined;
  return clientId === undefined || audienceOf(claims) === clientId.toLowerCase() ? claims : undefined;
}

/**
 * POST `/oauth/id-token-verify`: what an `id_token_hint` says (oauth-devices §1.8).
 * @throws INVALID_TOKEN when it is not an ID token for this client, or expired longer ago than the grace period
 */
export async function verifyIdToken(context: Context, body: BodyOf<typeof idTokenVerify>): Promise<IdTokenClaims> {
  const claims = await readIdToken(context, body.id_token, body.client_id);
  const grace = body.expiry_grace_period ?? 0;
  if (claims === undefined || claims.exp + grace <= context.clock.now() / 1000) throw oauthError('INVALID_TOKEN');
  return claims;
}

/** The client an ID token is for; a resource may stand after it. */
export function audienceOf({ aud }: Pick<IdTokenClaims, 'aud'>): string | undefined {
  const first: unknown = Array.isArray(aud) ? aud[0] : aud;
  return typeof first === 'string' ? first : undefined;
}

function isIdToken(claims: Claims): claims is Claims & IdTokenClaims {
  const { iss, sub, iat, exp } = claims;
  return typeof iss === 'string' && typeof sub === 'string' && typeof iat === 'number' && typeof exp === 'number';
}
