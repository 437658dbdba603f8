/** Where the link of a mail leads back to. */
interface Return {
  readonly redirectTo?: string | undefined;
  readonly resume?: string | undefined;
}

/** What a mail says about the device that caused it. */
interface Cause {
  /** Such as "Firefox on Linux". */
  readonly device?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly time?: number | undefined;
}

/** Six digits. */
interface Digits {
  readonly code: string;
}

/** A link code: hex, 32 digits. */
interface LinkCode {
  readonly code: string;
}

/** The address that a notice is about, which need not be the one it goes to. */
interface About {
  readonly email: string;
}

/** How many backup codes are left. */
interface Remaining {
  readonly remaining: number;
}

type Nothing = Readonly<Record<string, never>>;

/** What fills each template; the names are those of auth-api §8. */
export interface TemplateValues {
  readonly verify: Return & LinkCode;
  readonly verifyShortCode: Digits;
  readonly verifyLogin: Return & Cause & LinkCode;
  readonly verifyLoginCode: Cause & Digits;
  readonly verifyPrimary: Return & Cause & LinkCode;
  /**
   * `email`: the primary address of the account that wants to have the receiver's address too. `linkCode` (hex, 32
   * digits) is for older clients that read it from the headers: a link to follow would be followed too easily.
   */
  readonly verifySecondaryCode: Cause & About & Digits & { readonly linkCode: string };
  /** `minutes`: how long the digits work. */
  readonly verifyAccountChange: Cause & Digits & { readonly minutes: number };
  /** `code`: 8 characters. */
  readonly unblockCode: Cause & { readonly code: string };

  readonly newDeviceLogin: Cause;
  /** `email`: the address that somebody wanted an account for; `primaryEmail`: the one to sign in with. */
  readonly accountExists: Cause & About & { readonly primaryEmail: string };
  readonly postVerify: Nothing;

  readonly postVerifySecondary: Cause & About;
  readonly postRemoveSecondary: Cause & About;
  readonly postChangePrimary: Cause & About;

  /** `token`: the passwordForgotToken, hex, 64 digits; `emailToHashWith`: the address of sign-up. */
  readonly recovery: Return & Cause & About & LinkCode & { readonly token: string; readonly emailToHashWith: string };
  /** `code`: 8 digits. */
  readonly passwordForgotOtp: Cause & { readonly code: string };
  readonly passwordReset: Cause;
  readonly passwordResetWithRecoveryKeyPrompt: Cause;
  readonly passwordResetAccountRecovery: Cause;
  readonly passwordChanged: Cause;
  readonly passwordChangeRequired: Nothing;

  readonly postAddTwoStepAuthentication: Cause;
  readonly postChangeTwoStepAuthentication: Cause;
  readonly postRemoveTwoStepAuthentication: Cause;
  readonly postNewRecoveryCodes: Cause;
  readonly postSigninRecoveryCode: Cause & Remaining;
  readonly lowRecoveryCodes: Remaining;

  readonly postAddAccountRecovery: Cause;
  readonly postChangeAccountRecovery: Cause;
  readonly postRemoveAccountRecovery: Cause;

  readonly verificationReminderFirst: LinkCode;
  readonly verificationReminderSecond: LinkCode;
  readonly verificationReminderFinal: LinkCode;
  readonly cadReminderFirst: Nothing;
  readonly cadReminderSecond: Nothing;
}

export type TemplateName = keyof TemplateValues;
