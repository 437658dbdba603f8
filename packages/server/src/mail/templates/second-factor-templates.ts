import type { Template } from './template.js';

const REPLACE_CODES = '/settings/two_step_authentication/replace_codes';

/** Tells that signing in takes a second step from now on. */
export const postAddTwoStepAuthentication: Template<'postAddTwoStepAuthentication'> = notice('/settings');

/** Tells that another authenticator makes the codes. */
export const postChangeTwoStepAuthentication: Template<'postChangeTwoStepAuthentication'> = notice('/settings');

/** Tells that the password is enough again. */
export const postRemoveTwoStepAuthentication: Template<'postRemoveTwoStepAuthentication'> = notice('/settings');

/** Tells that there are new backup codes. */
export const postNewRecoveryCodes: Template<'postNewRecoveryCodes'> = notice('/settings');

/** Tells of a sign-in with a backup code. */
export const postSigninRecoveryCode: Template<'postSigninRecoveryCode'> = {
  version: 1,
  compose: ({ values: { remaining, device, time }, link }) => ({
    action: link(REPLACE_CODES),
    variables: { remaining },
    device,
    time,
  }),
};

/** Tells that the backup codes are running out. */
export const lowRecoveryCodes: Template<'lowRecoveryCodes'> = {
  version: 1,
  compose: ({ values: { remaining }, link }) => ({ action: link(REPLACE_CODES), variables: { remaining } }),
};

/** Tells that there is a recovery key. */
export const postAddAccountRecovery: Template<'postAddAccountRecovery'> = notice('/settings#recovery-key');

/** Tells that there is another recovery key. */
export const postChangeAccountRecovery: Template<'postChangeAccountRecovery'> = notice('/settings#recovery-key');

/** Tells that there is no recovery key any more. */
export const postRemoveAccountRecovery: Template<'postRemoveAccountRecovery'> = notice('/settings#recovery-key');

type NoticeName =
  | 'postAddTwoStepAuthentication'
  | 'postChangeTwoStepAuthentication'
  | 'postRemoveTwoStepAuthentication'
  | 'postNewRecoveryCodes'
  | 'postAddAccountRecovery'
  | 'postChangeAccountRecovery'
  | 'postRemoveAccountRecovery';

function notice(path: string): Template<NoticeName> {
  return {
    version: 1,
    compose: ({ values: { device, time }, link }) => ({ action: link(path), device, time }),
  };
}
