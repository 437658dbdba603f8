import { derivePpid } from '@foxden/protocol';
import type { Context } from '../context.js';
import type { OAuthClient } from './client.js';
import { findClient } from './find-client.js';
import type { AccessToken } from './verify-access-token.js';

/** Whom a token is about, and for whom it is. */
interface About {
  /** hex, 32 digits */
  readonly uid: string;
  readonly client: Pick<OAuthClient, 'id' | 'pairwise'>;
  readonly ppidSeed?: number | undefined;
}

/**
 * `sub` of tokens: the uid, or for a pairwise client a name that no other client has for the person (OpenID Connect Core
 * §8.1, oauth-devices §1.10). hex, 32 digits.
 */
export async function subjectOf({ secret }: Pick<Context, 'secret'>, about: About): Promise<string> {
  const { uid, client, ppidSeed = 0 } = about;
  if (!client.pairwise) return uid;
  // No client is forced to change its names with time, so there is one period.
  return derivePpid({ clientId: client.id, uid, ppidSeed, rotation: 0 }, secret);
}

/** `sub` of what an access token shows of its person: the one of the ID token that came with it (OpenID Connect Core §5.3.2). */
export async function subjectOfToken(context: Context, { uid, clientId }: AccessToken): Promise<string> {
  const client = await findClient(context, clientId);
  return client === undefined ? uid : subjectOf(context, { uid, client });
}
