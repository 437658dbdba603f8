import type { Template } from './template.js';

/** Resets a forgotten password by a link. */
export const recovery: Template<'recovery'> = {
  version: 1,
  compose: ({ uid, service, values, link }) => {
    const { token, code, email, emailToHashWith, redirectTo, resume, device, time } = values;
    const query = { token, code, email, emailToHashWith, uid, service, redirectTo, resume };
    return {
      headers: { 'X-Recovery-Code': code },
      action: link('/complete_reset_password', query),
      device,
      time,
    };
  },
};

/** Resets a forgotten password by digits. */
export const passwordForgotOtp: Template<'passwordForgotOtp'> = {
  version: 1,
  compose: ({ values: { code, device, time } }) => ({ headers: { 'X-Password-Forgot-Otp': code }, code, device, time }),
};

/** Tells that the password was reset. */
export const passwordReset: Template<'passwordReset'> = notice('/settings');

/** Tells the same, and that a recovery key would have kept the data. */
export const passwordResetWithRecoveryKeyPrompt: Template<'passwordResetWithRecoveryKeyPrompt'> =
  notice('/settings/account_recovery');

/** Tells that the password was reset with the recovery key, which is used up. */
export const passwordResetAccountRecovery: Template<'passwordResetAccountRecovery'> =
  notice('/settings/account_recovery');

/** Tells that the password was changed. */
export const passwordChanged: Template<'passwordChanged'> = notice('/reset_password');

/** Asks for another password, as an operator wishes. */
export const passwordChangeRequired: Template<'passwordChangeRequired'> = {
  version: 1,
  compose: ({ link }) => ({ action: link('/settings/change_password') }),
};

function notice(
  path: string,
): Template<
  'passwordReset' | 'passwordResetWithRecoveryKeyPrompt' | 'passwordResetAccountRecovery' | 'passwordChanged'
> {
  return {
    version: 1,
    compose: ({ values: { device, time }, link }) => ({ action: link(path), device, time }),
  };
}
