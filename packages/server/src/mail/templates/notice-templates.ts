import type { Template } from './template.js';

/** Tells of a sign-in. */
export const newDeviceLogin: Template<'newDeviceLogin'> = {
  version: 1,
  compose: ({ values: { device, time }, link }) => ({ action: link('/settings'), device, time }),
};

/** Tells the owner that somebody wanted to make an account with an address of this one. */
export const accountExists: Template<'accountExists'> = {
  version: 1,
  compose: ({ values: { email, primaryEmail, device, time }, link }) => ({
    action: link('/signin', { email: primaryEmail }),
    email,
    device,
    time,
  }),
};

/** Follows the first verification of an account that uses Sync. */
export const postVerify: Template<'postVerify'> = {
  version: 1,
  compose: ({ link }) => ({ action: link('/connect_another_device') }),
};

/** Tells that a further address was proven. */
export const postVerifySecondary: Template<'postVerifySecondary'> = addressNotice();

/** Tells that a further address was removed. */
export const postRemoveSecondary: Template<'postRemoveSecondary'> = addressNotice();

/** Tells that another address is the primary one now. */
export const postChangePrimary: Template<'postChangePrimary'> = addressNotice();

function addressNotice(): Template<'postVerifySecondary' | 'postRemoveSecondary' | 'postChangePrimary'> {
  return {
    version: 1,
    compose: ({ values: { email, device, time }, link }) => ({ action: link('/settings'), email, device, time }),
  };
}
