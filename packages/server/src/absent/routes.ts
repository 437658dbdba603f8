import { cmsConfig, geoEligibility, newsletters, recoveryPhone, recoveryPhoneAvailable } from '@foxden/protocol';
import { type Route, route } from '../http/route.js';

/** Questions about what is not there, to which clients expect an answer. */
export const absentRoutes: readonly Route[] = [
  route(recoveryPhone, async () => ({ exists: false })),
  route(recoveryPhoneAvailable, async () => ({ available: false })),
  route(geoEligibility, async () => ({ eligible: false })),
  route(cmsConfig, async () => ({})),
  route(newsletters, async () => ({})),
];
