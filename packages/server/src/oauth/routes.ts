import {
  accountAuthorizationDestroy,
  accountAuthorizations,
  idTokenVerify,
  oauthEndpoints,
  oauthLogout,
} from '@foxden/protocol';
import { type Route, route } from '../http/route.js';
import { authorize } from './authorize.js';
import { bodyCredentials, requestCredentials } from './client-authentication.js';
import { describeAccessToken } from './describe-access-token.js';
import { describeClient } from './describe-client.js';
import { describeLogout } from './describe-logout.js';
import { destroyToken, revokeToken } from './destroy.js';
import { introspect } from './introspect.js';
import { listAuthorizations } from './list-authorizations.js';
import { revokeAuthorization } from './revoke-authorization.js';
import { scopedKeyData } from './scoped-key-data.js';
import { exchangeWithoutSession, exchangeWithSession } from './token.js';
import { verifyIdToken } from './verify-id-token.js';

/** RFC 6749 §5.1: an answer with tokens stays out of every cache. */
const NO_STORE = { headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache' } };
/** How long verifiers may keep the keys; rotation waits longer than that before a new one signs. */
const JWKS_CACHE = { headers: { 'Cache-Control': 'public, max-age=3600' } };

export const oauthRoutes: readonly Route[] = [
  route(
    oauthEndpoints.oauthAuthorization,
    async (context, { body, credentials }) => authorize(context, credentials, body),
    NO_STORE,
  ),
  route(
    oauthEndpoints.token,
    async (context, { body, headers, caller }) =>
      exchangeWithoutSession(context, body.grant_type, {
        body,
        credentials: requestCredentials(headers, body),
        session: undefined,
        caller,
        sessionMember: 'session_token_id',
      }),
    NO_STORE,
  ),
  route(
    oauthEndpoints.oauthToken,
    async (context, { body, credentials: session, caller }) =>
      exchangeWithSession(context, body.grant_type, {
        body,
        // The Authorization header is for the session here.
        credentials: bodyCredentials(body),
        session,
        caller,
        sessionMember: 'session_token',
      }),
    NO_STORE,
  ),
  route(oauthEndpoints.destroy, async (context, { body, headers }) => {
    await destroyToken(context, body, requestCredentials(headers, body));
    return {};
  }),
  route(oauthEndpoints.oauthDestroy, async (context, { body, headers }) => {
    await revokeToken(context, body, requestCredentials(headers, body));
    return {};
  }),
  route(oauthEndpoints.verify, async (context, { body }) => describeAccessToken(context, body.token)),
  route(
    oauthEndpoints.introspect,
    async (context, { body, headers }) => introspect(context, body, requestCredentials(headers, body)),
    NO_STORE,
  ),
  route(oauthEndpoints.jwks, async (context) => ({ keys: await context.signingKeys.published() }), JWKS_CACHE),
  route(oauthEndpoints.client, async (context, { params }) => describeClient(context, params.client_id)),
  route(oauthEndpoints.oauthClient, async (context, { params }) => describeClient(context, params.client_id)),
  route(oauthEndpoints.scopedKeyData, async (context, { body, credentials }) =>
    scopedKeyData(context, credentials, body),
  ),
  route(idTokenVerify, async (context, { body }) => verifyIdToken(context, body)),
  route(oauthLogout, async (context, { body, credentials }) => describeLogout(context, credentials, body)),
  route(accountAuthorizations, async (context, { credentials }) => listAuthorizations(context, credentials)),
  route(accountAuthorizationDestroy, async (context, { body, credentials }) => {
    await revokeAuthorization(context, credentials, { clientId: body.clientId, scope: body.scope });
    return {};
  }),
];
