import type { Template } from './template.js';

/** Proves a new address by a link. */
export const verify: Template<'verify'> = {
  version: 1,
  compose: ({ uid, service, values: { code, redirectTo, resume }, link }) => ({
    headers: { 'X-Verify-Code': code },
    action: link('/verify_email', { uid, code, service, redirectTo, resume }),
  }),
};

/** Proves a new address by digits. */
export const verifyShortCode: Template<'verifyShortCode'> = {
  version: 1,
  compose: ({ values: { code } }) => ({ headers: { 'X-Verify-Short-Code': code }, code }),
};

/** Confirms a sign-in by a link. */
export const verifyLogin: Template<'verifyLogin'> = {
  version: 1,
  compose: ({ uid, service, values: { code, redirectTo, resume, device, time }, link }) => ({
    headers: { 'X-Verify-Code': code },
    action: link('/complete_signin', { uid, code, service, redirectTo, resume }),
    device,
    time,
  }),
};

/** Confirms a sign-in by digits. The second header lets a reader of mails look in one place for any digits. */
export const verifyLoginCode: Template<'verifyLoginCode'> = {
  version: 1,
  compose: ({ values: { code, device, time } }) => ({
    headers: { 'X-Signin-Verify-Code': code, 'X-Verify-Short-Code': code },
    code,
    device,
    time,
  }),
};
