import type { StateName } from './states.js';

/** Where an error leads: a state, or back to where the person came from. */
export type ErrorTarget = StateName | 'back';

export interface ErrorRule {
  /** Numbers of the auth API that mean it. */
  readonly errnos: readonly number[];
  /** The member of the request that errno 107 names when it means it. */
  readonly field?: string;
  readonly to: ErrorTarget;
  /** Beside the field that it is about, or apart from any. */
  readonly shown: 'inline' | 'popup';
}

/** What can go wrong in a way that the person can do something about (in-app-auth §2.5, §7, §14). */
export const ERRORS = {
  /** Servers that hide accounts say no more than that, whether there is an account or not. */
  AccountCreationRejected: { errnos: [207], to: 'Start', shown: 'popup' },
  AccountAlreadyExists: { errnos: [101], to: 'Start', shown: 'popup' },
  EmailAlreadyExists: { errnos: [136], to: 'Start', shown: 'popup' },
  EmailCanNotBeUsedToLogin: { errnos: [149], to: 'Start', shown: 'popup' },
  EmailTypeNotSupported: { errnos: [142], to: 'Start', shown: 'popup' },
  FailedToSendEmail: { errnos: [151], to: 'SignIn', shown: 'popup' },
  IncorrectPassword: { errnos: [103], to: 'SignIn', shown: 'inline' },
  InvalidEmailAddress: { errnos: [], field: 'email', to: 'Start', shown: 'inline' },
  InvalidEmailCode: { errnos: [105], to: 'VerificationSessionByEmailNeeded', shown: 'inline' },
  InvalidOrExpiredVerificationCode: {
    errnos: [152, 183],
    field: 'code',
    to: 'VerificationSessionByEmailNeeded',
    shown: 'inline',
  },
  InvalidUnblockCode: { errnos: [127], field: 'unblockCode', to: 'UnblockCodeNeeded', shown: 'inline' },
  /** Said by what stands for 152 and a refused `code` while an authenticator's code is verified. */
  InvalidTotpCode: { errnos: [], to: 'VerificationSessionByTotpNeeded', shown: 'inline' },
  TooManyRequests: { errnos: [114], to: 'Start', shown: 'popup' },
  ServerUnavailable: { errnos: [201], to: 'Start', shown: 'popup' },
  ConnectionTimeout: { errnos: [], to: 'SignIn', shown: 'popup' },
  UnknownAccount: { errnos: [102], to: 'Start', shown: 'popup' },
  /** An answer that nobody planned for; its cause goes with it. */
  Unexpected: { errnos: [], to: 'back', shown: 'popup' },
} as const satisfies Readonly<Record<string, ErrorRule>>;

export type ErrorName = keyof typeof ERRORS;
export const ERROR_NAMES = Object.keys(ERRORS) as readonly ErrorName[];

export interface InAppError {
  readonly name: ErrorName;
  /** Seconds until the next try makes sense; 0 when nobody said. Only with `TooManyRequests`. */
  readonly retryAfterSec: number;
  /** Number of the auth API, where it was one. */
  readonly errno?: number | undefined;
  /** What failed, for the log. */
  readonly cause?: unknown;
}

/** Why a flow ended without a result (in-app-auth §7). */
export const FAILURES = [
  'AuthenticationError',
  'ConnectionFailureError',
  'DependentConnectionError',
  'NoConnectionError',
  'RemoteServiceError',
  'IgnoredError',
] as const;
export type FailureName = (typeof FAILURES)[number];
