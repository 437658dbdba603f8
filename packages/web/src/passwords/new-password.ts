import { type Message, message } from '../messages/message.js';
import type { IsCommon } from './common-passwords.js';
import { judgePassword } from './judge-password.js';

/** What is wrong with a new password, or with its repetition. */
export interface NewPasswordErrors {
  readonly passwordError?: Message | undefined;
  readonly confirmError?: Message | undefined;
}

/** Checks a password that was chosen and typed twice; undefined when it can be taken. */
export function checkNewPassword(
  chosen: { readonly password: string; readonly passwordConfirm: string; readonly email: string },
  isCommon: IsCommon,
): NewPasswordErrors | undefined {
  const { password, passwordConfirm, email } = chosen;
  const fault = judgePassword(password, email, isCommon);
  if (fault !== undefined) return { passwordError: message(`new-password-error-${fault}`) };
  return password === passwordConfirm ? undefined : { confirmError: message('new-password-error-confirm') };
}
