import {
  cmsConfig,
  geoEligibility,
  newsletters,
  recoveryPhone,
  recoveryPhoneAvailable,
  recoveryPhoneDestroy,
} from '@foxden/protocol';
import { authError } from '../errors.js';
import { type Route, route } from '../http/route.js';

/** Questions about what is not there, to which clients expect an answer. */
export const absentRoutes: readonly Route[] = [
  route(recoveryPhone, async () => ({ exists: false })),
  route(recoveryPhoneDestroy, async () => {
    throw authError('FEATURE_NOT_ENABLED');
  }),
  route(recoveryPhoneAvailable, async () => ({ available: false })),
  route(geoEligibility, async () => ({ eligible: false })),
  route(cmsConfig, async () => ({})),
  route(newsletters, async () => ({})),
];
