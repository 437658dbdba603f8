import {
  intersectsScope,
  parseScope,
  SCOPE_OLDSYNC,
  SCOPE_PROFILE_WRITE,
  type ScopeSet,
  scopeImplies,
} from '@foxden/protocol';
import { findAccount } from '../accounts/index.js';
import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import { fromHex, toHex } from '../storage/hex.js';
import type { AccessTokenRow, Bytes } from '../storage/index.js';
import type { OAuthClient } from './client.js';
import { ACCESS_TOKEN_LIFETIME, UNSTORED_JWT_LIFETIME } from './lifetimes.js';
import { scopeText } from './scope-text.js';
import { JWT_CLIENTS } from './seeds.js';
import { subjectOf } from './subject.js';
import { hashToken } from './token-hash.js';

/** What an access token is made from. */
export interface AccessGrant {
  /** hex, 32 digits */
  readonly uid: string;
  readonly client: OAuthClient;
  readonly scope: ScopeSet;
  /** Seconds that the client asked for. */
  readonly ttl: number | undefined;
  /** Absolute URI of the server the token is for. */
  readonly resource: string | undefined;
  /** Which of its names for a person a pairwise client asks for; 0 to 1024. */
  readonly ppidSeed: number | undefined;
  readonly grantId: Bytes | null;
}

/** An access token that is drawn, but neither stored nor signed. */
export interface PreparedAccessToken {
  /** hex, 64 digits: the opaque token itself, or `jti` of the JWT. */
  readonly jti: string;
  readonly row: AccessTokenRow;
  /** Whether it must be stored to be valid. */
  readonly isStored: boolean;
  /** Seconds. */
  readonly expiresIn: number;
}

/**
 * Draws an access token; what is stored of it belongs into the transaction of the grant.
 * @throws PPID_WITH_PROFILE_SCOPE for a name of the client's choosing beside the profile, which tells who it is (§1.10)
 */
export function prepareAccessToken(context: Context, grant: AccessGrant): PreparedAccessToken {
  const { client, ppidSeed } = grant;
  if (client.pairwise && ppidSeed !== undefined && intersectsScope(grant.scope, parseScope(SCOPE_PROFILE_WRITE))) {
    throw oauthError('PPID_WITH_PROFILE_SCOPE');
  }
  const now = context.clock.now();
  const jti = toHex(context.random.bytes(32));
  const expiresIn = Math.ceil(Math.min(grant.ttl ?? Number.POSITIVE_INFINITY, ACCESS_TOKEN_LIFETIME / 1000));
  return {
    jti,
    row: {
      uid: fromHex(grant.uid),
      tokenHash: hashToken(jti),
      clientId: grant.client.id,
      scope: scopeText(grant.scope),
      createdAt: now,
      expiresAt: now + expiresIn * 1000,
      // Nobody reads it: `/verify` tells the account's own time.
      grantId: grant.grantId,
    },
    // A JWT with a pairwise name does not say whose it is.
    isStored: !JWT_CLIENTS.has(grant.client.id) || isLongLived(expiresIn * 1000) || grant.client.pairwise,
    expiresIn,
  };
}

/** Whether a JWT of that life (milliseconds) is stored, so that it can be revoked (oauth-devices §1.2). */
export function isLongLived(lifetime: number): boolean {
  return lifetime > UNSTORED_JWT_LIFETIME;
}

/**
 * The text that the client gets: the opaque token, or for some clients a JWT (RFC 9068, oauth-devices §1.10).
 * @throws INVALID_TOKEN when the account is gone
 */
export async function presentAccessToken(
  context: Context,
  grant: AccessGrant,
  prepared: PreparedAccessToken,
): Promise<string> {
  if (!JWT_CLIENTS.has(grant.client.id)) return prepared.jti;
  const account = await findAccount(context.storage.db, grant.uid);
  if (account === undefined) throw oauthError('INVALID_TOKEN');
  const issuedAt = Math.floor(prepared.row.createdAt / 1000);
  return context.signingKeys.sign('at+JWT', {
    iss: context.config.publicUrl,
    aud: audience(context, grant),
    client_id: grant.client.id,
    iat: issuedAt,
    exp: issuedAt + prepared.expiresIn,
    jti: prepared.jti,
    scope: prepared.row.scope,
    sub: await subjectOf(context, grant),
    'fxa-generation': account.verifierSetAt,
    'fxa-profileChangedAt': account.profileChangedAt,
  });
}

function audience(context: Context, { client, resource, scope }: AccessGrant): string | string[] {
  if (resource !== undefined) return [client.id, resource];
  // The token server of Sync is mounted on the same origin.
  return scopeImplies(scope, SCOPE_OLDSYNC) ? context.config.publicUrl : client.id;
}
