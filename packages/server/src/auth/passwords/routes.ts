import {
  accountReset,
  mfaPasswordChange,
  mfaPasswordCreate,
  passwordChangeFinish,
  passwordChangeStart,
  passwordCreate,
  passwordForgotResendCode,
  passwordForgotSendCode,
  passwordForgotSendOtp,
  passwordForgotStatus,
  passwordForgotVerifyCode,
  passwordForgotVerifyOtp,
} from '@foxden/protocol';
import type { Caller, Context } from '../../context.js';
import { authError } from '../../errors.js';
import { route } from '../../http/route.js';
import type { Session } from '../../sessions/index.js';
import { changePasswordAtOnce } from './change-at-once.js';
import { createPassword } from './create.js';
import { finishPasswordChange } from './finish-change.js';
import { resendForgotCode, sendForgotCode } from './forgot-link.js';
import { sendForgotOtp, verifyForgotOtp } from './forgot-otp.js';
import { secondsLeft } from './forgot-token.js';
import { requireLegacyRoutes } from './legacy.js';
import { resetAccount } from './reset.js';
import { startLegacyPasswordChange, startPasswordChange } from './start-change.js';
import { verifyForgotCode } from './verify-forgot-code.js';

/**
 * Without a session, `/password/change/start` is a place to guess passwords like the sign-in, so it shares the sign-in's
 * counters beside having its own (auth-api §12, 3).
 */
async function limitChangeStart(
  context: Context,
  caller: Caller,
  session: Session | undefined,
  email: string,
): Promise<void> {
  const actions = session === undefined ? ['passwordChange', 'accountLogin'] : ['authenticatedPasswordChange'];
  for (const action of actions) await context.limits.check(action, { ip: caller.address, email, uid: session?.uid });
}

export const passwordRoutes = [
  route(
    passwordChangeStart,
    async (context, { body, caller, credentials: session }) => {
      if (session === undefined && !context.config.legacyRoutes) {
        throw authError('INVALID_TOKEN', { detail: 'Token not found' });
      }
      await limitChangeStart(context, caller, session, body.email);
      return session === undefined
        ? startLegacyPasswordChange(context, caller, body)
        : startPasswordChange(context, caller, session, body);
    },
    { limitFailed: { INCORRECT_PASSWORD: 'passwordChangeStartFailed' } },
  ),
  route(passwordChangeFinish, async (context, { body, query, caller, credentials }) =>
    finishPasswordChange(context, caller, credentials, body, { keys: query.keys === 'true' }),
  ),
  route(
    mfaPasswordChange,
    async (context, { body, query, caller, credentials }) =>
      changePasswordAtOnce(context, caller, credentials, body, { keys: query.keys === 'true' }),
    { limit: 'authenticatedPasswordChange', limitFailed: { INCORRECT_PASSWORD: 'passwordChangeStartFailed' } },
  ),
  ...[passwordCreate, mfaPasswordCreate].map((endpoint) =>
    route(endpoint, async (context, { body, caller, credentials }) =>
      createPassword(context, caller, credentials, body),
    ),
  ),
  route(
    passwordForgotSendCode,
    async (context, { body, query, caller }) =>
      sendForgotCode(context, caller, { ...body, service: body.service ?? query.service }),
    { limit: 'passwordForgotSendCode' },
  ),
  route(
    passwordForgotResendCode,
    async (context, { body, query, caller, credentials }) =>
      resendForgotCode(context, caller, credentials, { ...body, service: body.service ?? query.service }),
    { limit: 'passwordForgotResendCode' },
  ),
  route(passwordForgotStatus, async (context, { credentials }) => {
    requireLegacyRoutes(context);
    return { tries: credentials.tries, ttl: secondsLeft(context, credentials) };
  }),
  route(
    passwordForgotVerifyCode,
    async (context, { body, caller, credentials }) => verifyForgotCode(context, caller, credentials, body),
    { limit: 'passwordForgotVerifyCode' },
  ),
  route(
    passwordForgotSendOtp,
    async (context, { body, caller }) => {
      await sendForgotOtp(context, caller, body);
      return {};
    },
    { limit: 'passwordForgotSendOtp' },
  ),
  route(passwordForgotVerifyOtp, async (context, { body, caller }) => verifyForgotOtp(context, caller, body), {
    limit: ['passwordForgotVerifyOtp', 'passwordForgotVerifyOtpPerDay'],
  }),
  route(accountReset, async (context, { body, query, caller, credentials }) =>
    resetAccount(context, caller, credentials, body, { keys: query.keys === 'true' }),
  ),
];
