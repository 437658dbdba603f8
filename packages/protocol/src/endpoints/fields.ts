import { clientSaltPattern } from '../credentials/client-salt.js';
import { anything, hex, integer, object, oneOf, string } from './schema.js';

/** Field types that several endpoints share (auth-api §3). */

export const email = /* @__PURE__ */ string({ format: 'email-address', maxLength: 255 });
export const authPW = /* @__PURE__ */ hex(32);
export const wrappedKey = /* @__PURE__ */ hex(32);
export const token = /* @__PURE__ */ hex(32);
export const uid = /* @__PURE__ */ hex(16);
export const clientSalt = /* @__PURE__ */ string({ pattern: clientSaltPattern.source });
export const clientId = /* @__PURE__ */ hex(8);
export const service = /* @__PURE__ */ string({ pattern: '^[a-zA-Z0-9-]*$', maxLength: 16 });
export const reason = /* @__PURE__ */ string({ maxLength: 16 });
export const resume = /* @__PURE__ */ string({ maxLength: 2048 });
export const redirectTo = /* @__PURE__ */ string({ format: 'web-url', maxLength: 512 });
export const digits = /* @__PURE__ */ string({ pattern: '^[0-9]+$', maxLength: 32 });
/** A backup authentication code: base36. */
export const backupCode = /* @__PURE__ */ string({ pattern: '^[a-zA-Z0-9]{8,20}$' });
export const linkCode = /* @__PURE__ */ hex(16);
export const unblockCode = /* @__PURE__ */ string({ pattern: '^[a-zA-Z0-9]*$', minLength: 8, maxLength: 8 });
/** Hex, 32 digits in practice; clients may send fewer (auth-api §3). */
export const recoveryKeyId = /* @__PURE__ */ string({ pattern: '^(?:[a-fA-F0-9]{2})+$', maxLength: 32 });
export const scopeText = /* @__PURE__ */ string({ pattern: '^[a-zA-Z0-9 _/.:#+%-]*$', maxLength: 2048 });
/** Metrics must never break a sign-in, so whatever is sent is accepted (auth-api §3, `metricsContext`). */
export const metricsContext = /* @__PURE__ */ anything();
/** A boolean in a query string. */
export const flag = /* @__PURE__ */ oneOf('true', 'false');
export const seconds = /* @__PURE__ */ integer({ minimum: 0, description: 'seconds since the epoch' });
export const milliseconds = /* @__PURE__ */ integer({ minimum: 0, description: 'milliseconds since the epoch' });
export const empty = /* @__PURE__ */ object({});

export const verificationMethod = /* @__PURE__ */ oneOf('email', 'email-otp', 'email-2fa', 'email-captcha', 'totp-2fa');
export const verificationReason = /* @__PURE__ */ oneOf('signup', 'login', 'change_password');
