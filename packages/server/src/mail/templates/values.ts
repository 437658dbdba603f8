/** Where the link of a mail leads back to. */
interface Return {
  readonly redirectTo?: string | undefined;
  readonly resume?: string | undefined;
}

/** What a notice says about the device that caused it. */
interface Cause {
  /** Such as "Firefox on Linux". */
  readonly device?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly time?: number | undefined;
}

/** What fills each template; the names are those of auth-api §8. */
export interface TemplateValues {
  /** `code`: hex, 32 digits. */
  readonly verify: Return & { readonly code: string };
  /** `code`: 6 digits. */
  readonly verifyShortCode: { readonly code: string };
  /** `code`: hex, 32 digits. */
  readonly verifyLogin: Return & Cause & { readonly code: string };
  /** `code`: 6 digits. */
  readonly verifyLoginCode: Cause & { readonly code: string };
  readonly newDeviceLogin: Cause;
  readonly postVerify: Readonly<Record<string, never>>;
  readonly passwordChanged: Cause;
}

export type TemplateName = keyof TemplateValues;
