import {
  accountEmailBounceStatus,
  accountEmails,
  accountGet,
  accountLocale,
  accountMetricsOpt,
  accountProfile,
  securityEvents,
} from '@foxden/protocol';
import { findAccount } from '../accounts/index.js';
import { authError } from '../errors.js';
import { type Route, route } from '../http/route.js';
import { findActiveBounce } from '../mail/index.js';
import { findSecurityEvents } from '../security/index.js';
import { changeLocale } from './change-locale.js';
import { changeMetrics } from './change-metrics.js';
import { readAccount } from './read-account.js';
import { readCoreProfile } from './read-core-profile.js';

export const settingsRoutes: readonly Route[] = [
  route(accountGet, async (context, { credentials }) => readAccount(context, credentials)),
  route(accountProfile, async (context, { credentials }) => readCoreProfile(context, credentials)),
  route(accountEmails, async (context, { credentials }) => {
    const account = await findAccount(context.storage.db, credentials.uid);
    if (account === undefined) throw authError('INVALID_TOKEN');
    return { originalEmail: account.email, primaryEmail: credentials.email };
  }),
  route(
    accountMetricsOpt,
    async (context, { body, credentials }) => {
      await changeMetrics(context, credentials.uid, body.state);
      return {};
    },
    { limit: 'metricsOpt' },
  ),
  route(
    accountLocale,
    async (context, { body, credentials }) => {
      await changeLocale(context, credentials, body.locale);
      return {};
    },
    { limit: 'accountLocale' },
  ),
  route(
    accountEmailBounceStatus,
    async (context, { body }) => {
      const bounce = await findActiveBounce(context, context.storage.db, body.email);
      return { hasHardBounce: bounce?.kind === 'hard' };
    },
    { limit: 'emailBounceStatusCheck' },
  ),
  route(securityEvents, async (context, { credentials }) => findSecurityEvents(context.storage.db, credentials.uid)),
];
