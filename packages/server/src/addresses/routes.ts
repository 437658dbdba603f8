import {
  mfaRecoveryEmailCreate,
  mfaRecoveryEmailDestroy,
  mfaRecoveryEmailSecondaryResendCode,
  mfaRecoveryEmailSecondaryVerifyCode,
  mfaRecoveryEmailSetPrimary,
  normalizeEmail,
  recoveryEmailCreate,
  recoveryEmailDestroy,
  recoveryEmailResendCode,
  recoveryEmailSecondaryResendCode,
  recoveryEmailSecondaryVerifyCode,
  recoveryEmailSetPrimary,
  recoveryEmails,
  recoveryEmailVerifyCode,
} from '@foxden/protocol';
import type { Caller, Context } from '../context.js';
import { resendCode, verifyLinkCode } from '../emails/index.js';
import { type Route, type RouteOptions, route } from '../http/route.js';
import type { Session } from '../sessions/index.js';
import { fromHex } from '../storage/hex.js';
import { addAddress, resendAddressCode } from './add.js';
import { confirmAddress, confirmAddressByLink } from './confirm.js';
import { listAddresses } from './list.js';
import { removeAddress } from './remove.js';
import { setPrimaryAddress } from './set-primary.js';

type Change = (context: Context, caller: Caller, session: Session, address: string) => Promise<void>;

/** A change has a route for sessions and one for step-up tokens, which speak for a session. */
function changeRoutes(
  endpoints: readonly [typeof recoveryEmailDestroy, typeof mfaRecoveryEmailDestroy],
  change: Change,
  options: RouteOptions,
): readonly Route[] {
  return endpoints.map((endpoint) =>
    route(
      endpoint,
      async (context, { body, caller, credentials }) => {
        await change(context, caller, credentials, body.email);
        return {};
      },
      options,
    ),
  );
}

export const addressRoutes: readonly Route[] = [
  route(recoveryEmails, async (context, { credentials }) => listAddresses(context, credentials.uid)),
  ...changeRoutes([recoveryEmailCreate, mfaRecoveryEmailCreate], addAddress, { limit: 'createEmail' }),
  ...changeRoutes([recoveryEmailSecondaryResendCode, mfaRecoveryEmailSecondaryResendCode], resendAddressCode, {
    limit: 'recoveryEmailSecondaryResendCode',
  }),
  ...changeRoutes([recoveryEmailDestroy, mfaRecoveryEmailDestroy], removeAddress, { limit: 'deleteEmail' }),
  ...changeRoutes([recoveryEmailSetPrimary, mfaRecoveryEmailSetPrimary], setPrimaryAddress, {
    limit: 'setPrimaryEmail',
  }),
  ...[recoveryEmailSecondaryVerifyCode, mfaRecoveryEmailSecondaryVerifyCode].map((endpoint) =>
    route(
      endpoint,
      async (context, { body, caller, credentials }) => {
        await confirmAddress(context, caller, credentials, body);
        return {};
      },
      { limit: 'recoveryEmailSecondaryVerifyCode' },
    ),
  ),
  route(
    recoveryEmailVerifyCode,
    async (context, { body, caller }) => {
      const { uid, code } = body;
      const confirmed = await confirmAddressByLink(context, caller, uid.toLowerCase(), fromHex(code));
      if (!confirmed) await verifyLinkCode(context, caller, body);
      return {};
    },
    { limit: 'recoveryEmailVerifyCode' },
  ),
  route(
    recoveryEmailResendCode,
    async (context, { body, query, caller, credentials }) => {
      if (body.email !== undefined && normalizeEmail(body.email) !== normalizeEmail(credentials.email)) {
        await resendAddressCode(context, caller, credentials, body.email);
        return {};
      }
      const service = body.service ?? query.service;
      await resendCode(context, caller, credentials, 'email', { ...body, service });
      return {};
    },
    { limit: 'recoveryEmailResendCode' },
  ),
];
