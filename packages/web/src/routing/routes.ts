/** What an address is for; which page it shows also depends on how far the person is. */
export type RouteKind =
  | 'entry'
  | 'sign-in'
  | 'sign-up'
  | 'confirm'
  | 'mailbox'
  | 'second-step'
  | 'unblock'
  | 'reset'
  | 'reset-code'
  | 'reset-second-step'
  | 'recovery-key'
  | 'new-password'
  | 'new-password-with-key'
  | 'link'
  | 'report'
  | 'logout'
  | 'connected'
  | 'pair'
  | 'pair-authority'
  | 'pair-supplicant'
  | 'pair-success'
  | 'pair-failure'
  | SettingsPage;

/** The pages of the account, for whoever is signed in. */
export type SettingsPage =
  | 'settings'
  | 'settings-clients'
  | 'settings-password'
  | 'settings-two-step'
  | 'settings-emails'
  | 'settings-profile'
  | 'settings-language'
  | 'settings-recovery-key'
  | 'settings-activity'
  | 'settings-delete';

/**
 * The paths as clients and old links know them: the one list of pages, from which the server also knows what is none.
 */
export const ROUTES: Readonly<Record<string, RouteKind>> = {
  '/': 'entry',
  '/authorization': 'entry',
  '/oauth': 'entry',
  '/force_auth': 'entry',
  '/oauth/force_auth': 'entry',
  '/signin': 'sign-in',
  '/oauth/signin': 'sign-in',
  '/signup': 'sign-up',
  '/oauth/signup': 'sign-up',
  '/confirm': 'mailbox',
  '/confirm_signup_code': 'confirm',
  '/signin_token_code': 'confirm',
  '/signin_totp_code': 'second-step',
  '/signin_recovery_code': 'second-step',
  '/signin_unblock': 'unblock',
  '/reset_password': 'reset',
  '/confirm_reset_password': 'reset-code',
  '/confirm_totp_reset_password': 'reset-second-step',
  '/confirm_backup_code_reset_password': 'reset-second-step',
  '/account_recovery_confirm_key': 'recovery-key',
  '/account_recovery_reset_password': 'new-password-with-key',
  '/complete_reset_password': 'new-password',
  '/reset_password_verified': 'entry',
  '/verify_email': 'link',
  '/verify_primary_email': 'link',
  '/complete_signin': 'link',
  '/report_signin': 'report',
  '/logout': 'logout',
  '/connect_another_device': 'connected',
  '/pair': 'pair',
  '/pair/auth/allow': 'pair-authority',
  '/pair/auth/complete': 'pair-authority',
  '/pair/auth/totp': 'pair-authority',
  '/pair/auth/wait_for_supp': 'pair-authority',
  '/pair/supp': 'pair-supplicant',
  '/pair/supp/allow': 'pair-supplicant',
  '/pair/supp/wait_for_auth': 'pair-supplicant',
  '/pair/success': 'pair-success',
  '/pair/failure': 'pair-failure',
  '/settings': 'settings',
  '/settings/clients': 'settings-clients',
  '/settings/avatar/change': 'settings-profile',
  '/settings/emails': 'settings-emails',
  '/settings/change_password': 'settings-password',
  '/settings/two_step_authentication': 'settings-two-step',
  '/settings/two_step_authentication/replace_codes': 'settings-two-step',
  '/settings/account_recovery': 'settings-recovery-key',
  '/settings/language': 'settings-language',
  '/settings/recent_activity': 'settings-activity',
  '/settings/delete_account': 'settings-delete',
};

/** Their query is their own, and no application's request for a code. */
const OWN_QUERY: readonly RouteKind[] = [
  'link',
  'report',
  'logout',
  'connected',
  'pair',
  'pair-success',
  'pair-failure',
];

/** Whether an address is a step of a flow, which its query names. */
export function isStep(path: string): boolean {
  const kind = ROUTES[path];
  return kind !== undefined && !isSettingsPage(kind) && !OWN_QUERY.includes(kind);
}

export function isSettingsPage(kind: RouteKind): kind is SettingsPage {
  return kind.startsWith('settings');
}

/** Whether an address is one of the account's pages. */
export function isSettings(path: string): boolean {
  const kind = ROUTES[path];
  return kind !== undefined && isSettingsPage(kind);
}
