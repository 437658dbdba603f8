/**
 * The whole sign-in inside an application, with its own screens: in-app-auth (all), for any relying party.
 * Only `fetch`, WebCrypto and `URL`: Node, browsers, Deno and Bun.
 */
export {
  AuthenticationInApp,
  type AuthenticationInAppOptions,
  WrongStateError,
} from './authentication-in-app.js';
export type { FlowResult, InAppEvent } from './events.js';
export { diagram } from './machine/diagram.js';
export {
  ERROR_NAMES,
  ERRORS,
  type ErrorName,
  type ErrorRule,
  FAILURES,
  type FailureName,
  type InAppError,
} from './machine/errors.js';
export { FlowFailure } from './machine/read-failure.js';
export {
  type InAppState,
  SESSION_EMAIL_CODE_LENGTH,
  TOTP_CODE_LENGTH,
  UNBLOCK_CODE_LENGTH,
} from './machine/state.js';
export { type FlowType, METHODS, type Method, STATE_NAMES, type StateName } from './machine/states.js';
export {
  ANSWERS,
  type Answer,
  MACHINE,
  type Transition,
  type Trigger,
  targetOf,
  transitions,
} from './machine/table.js';
export { validateEmailAddress, validatePasswordEmail, validatePasswordLength } from './passwords/checks.js';
export { type CommonPasswords, commonPasswords } from './passwords/common-passwords.js';
export { decodeIncrementalList } from './passwords/incremental-list.js';
export { PLATFORMS, type PlatformOptions } from './platforms.js';
export { type PublicClientOptions, publicClient, type Tokens } from './relying-party/public-client.js';
export type {
  Authorization,
  AuthorizationParams,
  Beginning,
  MetricsContext,
  RelyingParty,
} from './relying-party/relying-party.js';
export { type VpnOptions, type VpnSession, vpnServer } from './relying-party/vpn.js';
export { requestWithStepUp, StepUpError, type StepUpPolicy } from './step-up.js';
export type { CodeType, TelemetryEvent } from './telemetry.js';
export { ENGLISH } from './texts/english.js';
export { errorMessage, failureMessage, format, type Message, textBundle } from './texts/texts.js';
