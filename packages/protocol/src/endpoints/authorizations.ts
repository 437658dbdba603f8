/** What a person has allowed to applications. FxA keeps such records, but shows them to nobody: these routes are ours. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { array, object, string } from './schema.js';

/** Empty for an application that was authorized for no service in particular. */
const service = field.service;

export const accountAuthorizations = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/authorizations',
  family: 'auth',
  summary: 'What the person has allowed, by application and service',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ array(
    /* @__PURE__ */ object({
      clientId: field.clientId,
      clientName: /* @__PURE__ */ string(),
      service,
      scope: /* @__PURE__ */ array(/* @__PURE__ */ string()),
      createdTime: field.milliseconds,
      lastAuthorizedTime: field.milliseconds,
    }),
  ),
  errors: ['UNVERIFIED_ACCOUNT'],
});

export const accountAuthorizationDestroy = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/authorization/destroy',
  family: 'auth',
  summary: 'Take scopes away from an application, or all that it was allowed',
  authentication: ['sessionToken'],
  body: /* @__PURE__ */ object({ clientId: field.clientId }, { scope: field.scopeText }),
  bodyRequired: true,
  response: field.empty,
  errors: ['UNVERIFIED_ACCOUNT', 'UNVERIFIED_SESSION', 'UNKNOWN_CLIENT'],
});
