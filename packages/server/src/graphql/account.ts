import {
  accountGet,
  accountProfile,
  attachedClients,
  type Endpoint,
  oauthEndpoints,
  profileEndpoints,
} from '@foxden/protocol';
import type { Session } from '../sessions/index.js';
import type { Gateway } from './gateway.js';
import { asSettings } from './operation.js';

/** The routes that the fields of an account are read by. */
export const ACCOUNT_TWINS: readonly Endpoint[] = [
  accountGet,
  accountProfile,
  attachedClients,
  oauthEndpoints.profile,
  profileEndpoints.avatar,
];

/** The fields of `Account` (graphql §4.4). A route is asked when a field of it is selected, and once. */
export function accountFields(gateway: Gateway, session: Session) {
  const settings = once(() => gateway.call(accountGet, session));
  return {
    uid: session.uid,
    accountCreated: async () => (await settings()).createdAt,
    passwordCreated: async () => (await settings()).passwordCreatedAt,
    metricsEnabled: async () => (await settings()).metricsOptOutAt === null,
    emails: async () => (await settings()).emails,
    totp: async () => (await settings()).totp,
    backupCodes: async () => (await settings()).backupCodes,
    recoveryKey: async () => (await settings()).recoveryKey,
    recoveryPhone: async () => (await settings()).recoveryPhone,
    linkedAccounts: async () => (await settings()).linkedAccounts,
    securityEvents: async () => (await settings()).securityEvents,
    subscriptions: async () => (await settings()).subscriptions,
    locale: async () => (await gateway.call(accountProfile, session)).locale,
    displayName: async () => (await gateway.call(oauthEndpoints.profile, asSettings(session))).displayName,
    avatar: async () => {
      const { id, avatar, avatarDefault } = await gateway.call(profileEndpoints.avatar, asSettings(session));
      return { id: avatarDefault ? `default-${avatar.split('/').at(-1)}` : id, url: avatar };
    },
    attachedClients: async () => gateway.call(attachedClients, session),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
