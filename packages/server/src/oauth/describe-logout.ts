import type { BodyOf, oauthLogout, ResponseOf } from '@foxden/protocol';
import type { Context } from '../context.js';
import type { Session } from '../sessions/index.js';
import type { OAuthClient } from './client.js';
import { requireClient } from './find-client.js';
import { invalidParameter } from './invalid-parameter.js';
import { subjectOf } from './subject.js';
import { audienceOf, readIdToken } from './verify-id-token.js';

type Request = BodyOf<typeof oauthLogout>;

/**
 * What an application's request to sign the person out is worth (OpenID Connect RP-Initiated Logout 1.0 §2): who asks,
 * where to go afterwards, and whether the person of the session is meant beyond doubt, so that the page need not ask.
 * @throws INVALID_PARAMETER for a hint that is none of ours or of another client, for a return address that is not
 *   registered or whose client is not named; UNKNOWN_CLIENT
 */
export async function describeLogout(
  context: Context,
  session: Session | undefined,
  request: Request,
): Promise<ResponseOf<typeof oauthLogout>> {
  const hint = await readHint(context, request);
  const clientId = hint?.clientId ?? request.client_id;
  const client = clientId === undefined ? undefined : await requireClient(context, clientId);
  const redirect = returnUrl(client, request);
  const subject =
    session === undefined || client === undefined ? undefined : await subjectOf(context, { uid: session.uid, client });
  return {
    confirmed: hint !== undefined && hint.sub === subject,
    ...(client !== undefined && { client_name: client.name }),
    ...(redirect !== undefined && { redirect }),
  };
}

/** An expired ID token will do: it says who was signed in, not that somebody may do something (§2). */
async function readHint(context: Context, { id_token_hint: hint, client_id: clientId }: Request) {
  if (hint === undefined) return undefined;
  const claims = await readIdToken(context, hint, clientId);
  const audience = claims === undefined ? undefined : audienceOf(claims);
  if (claims === undefined || audience === undefined) throw invalidParameter('id_token_hint');
  return { sub: claims.sub, clientId: audience };
}

/** The registered address that the request names character by character (§3), with the state. */
function returnUrl(client: OAuthClient | undefined, request: Request): string | undefined {
  const { post_logout_redirect_uri: asked, state } = request;
  if (asked === undefined) return undefined;
  const registered = client?.postLogoutRedirectUris.find((uri) => uri === asked);
  if (registered === undefined) throw invalidParameter('post_logout_redirect_uri');
  if (state === undefined) return registered;
  return `${registered}${registered.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`;
}
