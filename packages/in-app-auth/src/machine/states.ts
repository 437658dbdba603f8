/** What a flow is for. The latter two begin with the address of somebody who is signed in. */
export type FlowType = 'default' | 'accountDeletion' | 'reauthentication';

/** The states, in the order of a sign-in (in-app-auth §2.4). */
export const STATE_NAMES = [
  'Initializing',
  'Start',
  'CheckingAccount',
  'SignIn',
  'SignUp',
  'SigningIn',
  'SigningUp',
  'UnblockCodeNeeded',
  'VerifyingUnblockCode',
  'VerificationSessionByEmailNeeded',
  'VerifyingSessionEmailCode',
  'VerificationSessionByTotpNeeded',
  'VerifyingSessionTotpCode',
  'IsStubAccount',
  'IsSsoAccount',
  'Finalizing',
  'AccountDeletionRequest',
  'DeletingAccount',
  'FallbackInBrowser',
] as const;
export type StateName = (typeof STATE_NAMES)[number];

/** What a front end may call; which of them now, the state says. */
export const METHODS = [
  'start',
  'checkAccount',
  'setPassword',
  'signIn',
  'signUp',
  'verifyUnblockCode',
  'resendUnblockCodeEmail',
  'verifySessionEmailCode',
  'resendVerificationSessionCodeEmail',
  'verifySessionTotpCode',
  'deleteAccount',
  'reset',
  'cancel',
] as const;
export type Method = (typeof METHODS)[number];

/** States in which the flow holds a session; entering any other one gives it up. */
export const SESSION_STATES: ReadonlySet<StateName> = new Set<StateName>([
  'VerificationSessionByEmailNeeded',
  'VerifyingSessionEmailCode',
  'VerificationSessionByTotpNeeded',
  'VerifyingSessionTotpCode',
  'Finalizing',
  'AccountDeletionRequest',
  'DeletingAccount',
]);
