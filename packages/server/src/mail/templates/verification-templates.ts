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

/** Proves the address again, of a session that wants to be verified by a link. */
export const verifyPrimary: Template<'verifyPrimary'> = {
  version: 1,
  compose: ({ uid, service, values: { code, redirectTo, resume, device, time }, link }) => ({
    headers: { 'X-Verify-Code': code },
    action: link('/verify_primary_email', { code, uid, type: 'primary', service, redirectTo, resume }),
    device,
    time,
  }),
};

/** Proves a further address of an account by digits. */
export const verifySecondaryCode: Template<'verifySecondaryCode'> = {
  version: 1,
  compose: ({ values: { code, linkCode, email, device, time } }) => ({
    headers: { 'X-Verify-Short-Code': code, 'X-Verify-Code': linkCode },
    code,
    email,
    device,
    time,
  }),
};

/** Proves by digits that a change in the settings is the owner's. */
export const verifyAccountChange: Template<'verifyAccountChange'> = {
  version: 1,
  compose: ({ values: { code, minutes, device, time } }) => ({
    headers: { 'X-Account-Change-Verify-Code': code },
    code,
    variables: { minutes },
    device,
    time,
  }),
};

/** Lets a sign-in through that was blocked; its link reports that it was somebody else's. */
export const unblockCode: Template<'unblockCode'> = {
  version: 1,
  compose: ({ uid, values: { code, device, time }, link }) => ({
    headers: { 'X-Unblock-Code': code },
    code,
    action: link('/report_signin', { uid, unblockCode: code }),
    device,
    time,
  }),
};
