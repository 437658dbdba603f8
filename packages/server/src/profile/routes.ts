import { oauthEndpoints } from '@foxden/protocol';
import { type Route, route } from '../http/route.js';
import { readProfile } from './read-profile.js';

export const profileRoutes: readonly Route[] = [
  route(oauthEndpoints.profile, async (context, { credentials }) => readProfile(context, credentials), {
    headers: { 'Cache-Control': 'private, no-cache' },
  }),
];
