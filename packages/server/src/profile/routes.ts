import {
  oauthEndpoints,
  profileEndpoints,
  SCOPE_EMAIL,
  SCOPE_PROFILE_AVATAR,
  SCOPE_PROFILE_EMAIL,
  SCOPE_PROFILE_UID,
  userinfoPost,
} from '@foxden/protocol';
import { Answer, type ApiRequest, type Route, route } from '../http/route.js';
import { deleteAvatar, uploadAvatar } from './avatar.js';
import { changeDisplayName, readDisplayName } from './display-name.js';
import { entityTag, namesTag } from './etag.js';
import { readAvatar, readEmail, readProfile, type Version } from './read-profile.js';
import { requireScope } from './require-scope.js';

type Headers = ApiRequest<unknown>['headers'];

/** A copy may be kept by the client alone, and is to be asked about each time. */
const PRIVATE = { headers: { 'Cache-Control': 'private, no-cache' } };

export const profileRoutes: readonly Route[] = [
  route(
    oauthEndpoints.profile,
    async (context, { credentials, headers }) => unlessKnown(headers, await readProfile(context, credentials)),
    PRIVATE,
  ),
  route(userinfoPost, async (context, { credentials }) => (await readProfile(context, credentials)).content, PRIVATE),
  route(profileEndpoints.profileEmail, async (context, { credentials }) => {
    requireScope(credentials, SCOPE_PROFILE_EMAIL, SCOPE_EMAIL);
    return { email: await readEmail(context, credentials.uid) };
  }),
  route(profileEndpoints.profileUid, async (_context, { credentials }) => {
    requireScope(credentials, SCOPE_PROFILE_UID);
    return { uid: credentials.uid };
  }),
  route(profileEndpoints.displayName, async (context, { credentials }) => {
    const displayName = await readDisplayName(context, credentials);
    return displayName === null ? new Answer(204, {}) : { displayName };
  }),
  route(profileEndpoints.displayNameChange, async (context, { credentials, body }) => {
    await changeDisplayName(context, credentials, body.displayName);
    return {};
  }),
  route(
    profileEndpoints.avatar,
    async (context, { credentials, headers }) => {
      requireScope(credentials, SCOPE_PROFILE_AVATAR);
      return unlessKnown(headers, await readAvatar(context, credentials.uid));
    },
    PRIVATE,
  ),
  route(profileEndpoints.avatarUpload, async (context, { credentials, body, headers }) => {
    const contentType = textOf(headers, 'content-type').split(';', 1)[0] ?? '';
    const file = { contentType: contentType.trim().toLowerCase(), bytes: body };
    return new Answer(201, {}, await uploadAvatar(context, credentials, file));
  }),
  route(profileEndpoints.avatarDelete, async (context, { credentials, params }) => {
    await deleteAvatar(context, credentials, params.id);
    return {};
  }),
];

/** The content with its entity tag, or that the client has it already (RFC 9110 §13.2.2). */
function unlessKnown<T extends object>(headers: Headers, { content, changedAt }: Version<T>): Answer<T> {
  const tag = entityTag(content);
  const validators = { ETag: `"${tag}"`, 'Last-Modified': new Date(changedAt).toUTCString() };
  const isKnown = namesTag(textOf(headers, 'if-none-match'), tag);
  return isKnown ? new Answer(304, validators) : new Answer(200, validators, content);
}

function textOf(headers: Headers, name: string): string {
  return String(headers[name] ?? '');
}
