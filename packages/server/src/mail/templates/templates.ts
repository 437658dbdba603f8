import * as notices from './notice-templates.js';
import * as passwords from './password-templates.js';
import * as reminders from './reminder-templates.js';
import * as secondFactors from './second-factor-templates.js';
import type { Template } from './template.js';
import type { TemplateName } from './values.js';
import * as verifications from './verification-templates.js';

/** Every mail that the server writes. */
export const TEMPLATES: { readonly [N in TemplateName]: Template<N> } = {
  ...verifications,
  ...notices,
  ...passwords,
  ...secondFactors,
  ...reminders,
};
