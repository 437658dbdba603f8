import {
  recoveryEmailStatus,
  remindersConnectAnotherDevice,
  sessionResendCode,
  sessionVerifyCode,
} from '@foxden/protocol';
import { route } from '../http/route.js';
import { isUsable } from '../sessions/index.js';
import { scheduleConnectReminders } from './reminders/index.js';
import { resendCode } from './resend-code.js';
import { verifySessionCode } from './verify-code.js';

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
  route(remindersConnectAnotherDevice, async (context, { credentials }) => {
    await scheduleConnectReminders(context, context.storage.db, credentials.uid);
    return {};
  }),
  route(recoveryEmailStatus, async (_context, { credentials: session }) => ({
    email: session.email,
    emailVerified: session.emailVerified,
    sessionVerified: session.tokenVerified,
    verified: session.emailVerified && isUsable(session),
  })),
];
