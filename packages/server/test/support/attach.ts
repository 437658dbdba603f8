import { createECDH } from 'node:crypto';
import { oauthEndpoints, SCOPE_OLDSYNC } from '@foxden/protocol';
import type { TestServer } from './test-server.js';

export const FENIX = 'a2270f727f45f648';

/** A browser's registration with the push service of Firefox. */
export function pushSubscription(name = 'one') {
  const key = createECDH('prime256v1');
  key.generateKeys();
  return {
    pushCallback: `https://updates.push.services.mozilla.com/wpush/v2/${name}`,
    pushPublicKey: key.getPublicKey('base64url', 'uncompressed'),
    pushAuthKey: Buffer.alloc(16, 7).toString('base64url'),
  };
}

/** The refresh token (hex, 64 digits) that a session gets for Firefox for Android. */
export async function refreshTokenFor(
  server: TestServer,
  sessionToken: string,
  scope = `profile ${SCOPE_OLDSYNC}`,
): Promise<string> {
  const { refresh_token } = await server.ok(oauthEndpoints.oauthToken, {
    token: ['sessionToken', sessionToken],
    body: { client_id: FENIX, grant_type: 'fxa-credentials', scope, access_type: 'offline' },
  });
  if (refresh_token === undefined) throw new Error('no refresh token');
  return refresh_token;
}

/** Options of a call that an application makes with an OAuth token. */
export const withToken = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
