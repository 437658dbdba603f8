import { atHash } from '@foxden/protocol';
import type { Context } from '../context.js';
import type { Grant } from './issue-tokens.js';
import { ID_TOKEN_LIFETIME } from './lifetimes.js';
import { subjectOf } from './subject.js';

/**
 * The ID token of a grant (OpenID Connect Core §2, oauth-devices §7.2), good for five minutes.
 * @param accessToken as its text is handed out, which `at_hash` binds to this token
 */
export async function createIdToken(context: Context, grant: Grant, accessToken: string): Promise<string> {
  const issuedAt = Math.floor(context.clock.now() / 1000);
  const clientId = grant.client.id;
  return context.signingKeys.sign('JWT', {
    iss: context.config.publicUrl,
    sub: await subjectOf(context, grant),
    // OpenID Connect Core §2: with several audiences, azp says which one is the client.
    ...(grant.resource === undefined ? { aud: clientId } : { aud: [clientId, grant.resource], azp: clientId }),
    iat: issuedAt,
    exp: issuedAt + ID_TOKEN_LIFETIME / 1000,
    auth_time: Math.floor(grant.authAt / 1000),
    ...(grant.nonce !== null && { nonce: grant.nonce }),
    amr: grant.amr,
    acr: `AAL${grant.aal}`,
    'fxa-aal': grant.aal,
    at_hash: await atHash(accessToken),
  });
}
