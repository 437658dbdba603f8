import type { Template } from './template.js';

/** Tells of a sign-in. */
export const newDeviceLogin: Template<'newDeviceLogin'> = {
  version: 1,
  compose: ({ values: { device, time }, link }) => ({ action: link('/settings'), device, time }),
};

/** Follows the first verification of an account that uses Sync. */
export const postVerify: Template<'postVerify'> = {
  version: 1,
  compose: ({ link }) => ({ action: link('/connect_another_device') }),
};

/** Tells of a changed password. */
export const passwordChanged: Template<'passwordChanged'> = {
  version: 1,
  compose: ({ values: { device, time }, link }) => ({ action: link('/reset_password'), device, time }),
};
