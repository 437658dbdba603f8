/** What OpenID Connect asks for beside the flow itself: oauth-devices §1.8, OpenID Connect RP-Initiated Logout 1.0. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { profile } from './oauth.js';
import { anything, boolean, integer, object, string } from './schema.js';

const idToken = /* @__PURE__ */ string({ minLength: 1, maxLength: 4096 });

export const idTokenVerify = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/oauth/id-token-verify',
  // FxA answers the numbers of the OAuth family here, though the path is of the other one.
  family: 'oauth',
  summary: 'The claims of an ID token that this server made for a client',
  authentication: ['none'],
  form: true,
  body: /* @__PURE__ */ object(
    { client_id: field.clientId, id_token: idToken },
    { expiry_grace_period: /* @__PURE__ */ integer({ minimum: 0, description: 'seconds' }) },
  ),
  response: /* @__PURE__ */ object(
    {
      iss: /* @__PURE__ */ string(),
      sub: /* @__PURE__ */ string(),
      aud: /* @__PURE__ */ anything(),
      iat: field.seconds,
      exp: field.seconds,
    },
    { auth_time: field.seconds, acr: /* @__PURE__ */ string(), amr: /* @__PURE__ */ anything() },
  ),
  errors: ['INVALID_TOKEN'],
});

/** OpenID Connect Core §5.3.1: userinfo can be asked for by POST too. The token comes in the header all the same. */
export const userinfoPost = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/profile',
  family: 'profile',
  summary: 'The profile of the person, as by GET',
  authentication: ['accessToken'],
  form: true,
  response: profile.response,
  errors: ['UNAUTHORIZED', 'FORBIDDEN'],
});

/** Not in FxA: the page of `end_session_endpoint` asks here what an application's wish to sign out is worth. */
export const oauthLogout = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/oauth/logout',
  family: 'auth',
  summary: 'Check a request to sign out at the wish of an application; changes nothing',
  authentication: ['sessionToken', 'none'],
  nullIsAbsent: true,
  body: /* @__PURE__ */ object(
    {},
    {
      id_token_hint: idToken,
      client_id: field.clientId,
      post_logout_redirect_uri: /* @__PURE__ */ string({ maxLength: 256 }),
      state: /* @__PURE__ */ string({ maxLength: 512 }),
    },
  ),
  response: /* @__PURE__ */ object(
    {
      confirmed: /* @__PURE__ */ boolean({
        description: 'the hint names the person of this session, who need not be asked',
      }),
    },
    {
      client_name: /* @__PURE__ */ string(),
      redirect: /* @__PURE__ */ string({ description: 'where to send the person afterwards, with the state' }),
    },
  ),
  errors: ['UNKNOWN_CLIENT'],
});
