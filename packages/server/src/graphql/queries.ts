import {
  accountEmailBounceStatus,
  accountStatusGet,
  oauthEndpoints,
  recoveryKeyGet,
  sessionStatus,
} from '@foxden/protocol';
import { authError } from '../errors.js';
import { ACCOUNT_TWINS, accountFields } from './account.js';
import { byInput, bySession, type Operation } from './operation.js';
import { tokenOf } from './proofs.js';

/** What may be asked (graphql §4.2). */
export const QUERIES: Readonly<Record<string, Operation>> = {
  account: {
    guard: 'auth',
    level: 'session',
    twins: ACCOUNT_TWINS,
    resolve: async (gateway) => accountFields(gateway, await gateway.session('auth', 'session')),
  },
  session: bySession(sessionStatus, { payload: ({ state }) => ({ verified: state === 'verified' }) }),
  sessionStatus: bySession(sessionStatus, { limit: 'sessionStatus', payload: ({ uid, state }) => ({ uid, state }) }),
  isValidToken: {
    guard: 'none',
    level: 'session',
    twins: [sessionStatus],
    resolve: (gateway, { sessionToken }: { readonly sessionToken: string }) => gateway.isGoodToken(sessionToken),
  },
  accountStatus: {
    guard: 'none',
    level: 'session',
    twins: [accountStatusGet],
    async resolve(gateway, { input }: { readonly input: { readonly token?: string; readonly uid?: string } }) {
      const session = input.token === undefined ? undefined : await gateway.token('sessionToken', input.token);
      if (session === undefined && (input.token !== undefined || input.uid === undefined)) return { exists: false };
      return gateway.call(accountStatusGet, session, { query: { uid: input.uid } });
    },
  },
  emailBounceStatus: {
    guard: 'none',
    level: 'session',
    twins: [accountEmailBounceStatus],
    async resolve(gateway, { input: email }: { readonly input: string }) {
      if (email === '') return { hasHardBounce: false };
      return gateway.call(accountEmailBounceStatus, undefined, { body: { email } });
    },
  },
  getRecoveryKeyBundle: byInput(recoveryKeyGet, {
    proof: tokenOf('accountResetToken', (input: { accountResetToken: string }) => input.accountResetToken),
    parts: ({ recoveryKeyId }: { accountResetToken: string; recoveryKeyId: string }) => ({ params: { recoveryKeyId } }),
    payload: ({ recoveryData }) => ({ recoveryData }),
  }),
  clientInfo: byInput(oauthEndpoints.client, {
    parts: (clientId: string) => ({ params: { client_id: clientId } }),
    payload: ({ id, name, trusted, image_uri = '', redirect_uri }) => ({
      clientId: id,
      serviceName: name,
      trusted,
      imageUri: image_uri,
      redirectUri: redirect_uri ?? '',
    }),
  }),
  // There is nothing to subscribe to.
  productInfo: { guard: 'none', level: 'session', twins: [], resolve: async () => ({}) },
  getLegalDoc: {
    guard: 'none',
    level: 'session',
    twins: [],
    async resolve() {
      throw authError('FEATURE_NOT_ENABLED');
    },
  },
};
