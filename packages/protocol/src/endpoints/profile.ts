/** The profile beyond its first route, which is OpenID Connect's too: oauth-devices §5. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { boolean, bytes, hex, object, string } from './schema.js';

const displayNameText = /* @__PURE__ */ string({ format: 'display-safe', maxLength: 256 });
const avatarId = /* @__PURE__ */ hex(16);

export const profileEmail = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/email',
  family: 'profile',
  summary: 'The primary address',
  authentication: ['accessToken'],
  response: /* @__PURE__ */ object({ email: field.email }),
  errors: ['UNAUTHORIZED', 'FORBIDDEN'],
});

export const profileUid = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/uid',
  family: 'profile',
  summary: 'The id of the account',
  authentication: ['accessToken'],
  response: /* @__PURE__ */ object({ uid: field.uid }),
  errors: ['UNAUTHORIZED', 'FORBIDDEN'],
});

export const displayName = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/display_name',
  family: 'profile',
  summary: 'The name that the person gave; 204 without one',
  authentication: ['accessToken'],
  response: /* @__PURE__ */ object({ displayName: displayNameText }),
  errors: ['UNAUTHORIZED', 'FORBIDDEN'],
});

export const displayNameChange = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/display_name',
  family: 'profile',
  summary: 'Set the name, or clear it with the empty text',
  authentication: ['accessToken'],
  body: /* @__PURE__ */ object({ displayName: displayNameText }),
  response: field.empty,
  errors: ['UNAUTHORIZED', 'FORBIDDEN'],
});

export const avatar = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/avatar',
  family: 'profile',
  summary: 'Where the picture is',
  authentication: ['accessToken'],
  response: /* @__PURE__ */ object({
    id: avatarId,
    avatar: /* @__PURE__ */ string(),
    avatarDefault: /* @__PURE__ */ boolean(),
  }),
  errors: ['UNAUTHORIZED', 'FORBIDDEN'],
});

/** Most bytes of a picture. */
export const AVATAR_MAX_BYTES = 1024 * 1024;

export const avatarUpload = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/avatar/upload',
  family: 'profile',
  summary: 'Set the picture',
  authentication: ['accessToken'],
  file: { types: ['image/png', 'image/jpeg'], maxBytes: AVATAR_MAX_BYTES },
  body: /* @__PURE__ */ bytes(),
  response: /* @__PURE__ */ object({ id: avatarId, url: /* @__PURE__ */ string() }),
  errors: ['UNAUTHORIZED', 'FORBIDDEN', 'INVALID_PARAMETER'],
});

export const avatarDelete = /* @__PURE__ */ endpoint({
  method: 'DELETE',
  path: '/avatar/{id}',
  family: 'profile',
  summary: 'Go back to the picture of people who have set none',
  authentication: ['accessToken'],
  params: /* @__PURE__ */ object({ id: avatarId }),
  response: field.empty,
  errors: ['UNAUTHORIZED', 'FORBIDDEN', 'INVALID_PARAMETER'],
});
