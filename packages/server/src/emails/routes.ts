import {
  recoveryEmailResendCode,
  recoveryEmailStatus,
  recoveryEmailVerifyCode,
  sessionResendCode,
  sessionVerifyCode,
} from '@foxden/protocol';
import { route } from '../http/route.js';
import { isUsable } from '../sessions/index.js';
import { requireOwnAddress, resendCode } from './resend-code.js';
import { verifyLinkCode, verifySessionCode } from './verify-code.js';

export const emailRoutes = [
  route(
    sessionVerifyCode,
    async (context, { body, caller, credentials }) => {
      await verifySessionCode(context, caller, credentials, body);
      return {};
    },
    { limit: 'verifySessionCode', limitFailed: { INVALID_OTP_CODE: 'verifySessionCodeFailed' } },
  ),
  route(
    sessionResendCode,
    async (context, { caller, credentials }) => {
      await resendCode(context, caller, credentials, 'email-otp', {});
      return {};
    },
    { limit: 'sendVerifyCode' },
  ),
  route(recoveryEmailStatus, async (_context, { credentials: session }) => ({
    email: session.email,
    emailVerified: session.emailVerified,
    sessionVerified: session.tokenVerified,
    verified: session.emailVerified && isUsable(session),
  })),
  route(
    recoveryEmailResendCode,
    async (context, { body, query, caller, credentials }) => {
      requireOwnAddress(credentials, body.email);
      const service = body.service ?? query.service;
      await resendCode(context, caller, credentials, 'email', { ...body, service });
      return {};
    },
    { limit: 'recoveryEmailResendCode' },
  ),
  route(
    recoveryEmailVerifyCode,
    async (context, { body, caller }) => {
      await verifyLinkCode(context, caller, body);
      return {};
    },
    { limit: 'recoveryEmailVerifyCode' },
  ),
];
