/** Mails that a person asks for later: auth-api §6.18. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';

export const remindersConnectAnotherDevice = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/emails/reminders/cad',
  family: 'auth',
  summary: 'Remind by mail of connecting another device, after eight hours and three days',
  authentication: ['sessionToken'],
  response: field.empty,
  errors: [],
});
