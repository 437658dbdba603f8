/** Commands from device to device: oauth-devices §3.2, §4. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { array, boolean, hex, integer, number, object, string } from './schema.js';

const id = /* @__PURE__ */ hex(16);
const command = /* @__PURE__ */ string({ pattern: '^[a-zA-Z0-9._/\\-:]{1,100}$' });
/** What the sender sealed to the target; nothing in it is for the server. */
const payload = /* @__PURE__ */ object({}, { encrypted: /* @__PURE__ */ string() });

export const accountDeviceCommands = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/device/commands',
  family: 'auth',
  summary: 'The commands that wait for the device of the caller, from an index on',
  authentication: ['sessionToken', 'refreshToken'],
  query: /* @__PURE__ */ object(
    {},
    {
      index: /* @__PURE__ */ integer({ minimum: 0 }),
      limit: /* @__PURE__ */ integer({ minimum: 0, maximum: 100 }),
    },
  ),
  response: /* @__PURE__ */ object({
    index: /* @__PURE__ */ integer({ minimum: 0 }),
    last: /* @__PURE__ */ boolean(),
    messages: /* @__PURE__ */ array(
      /* @__PURE__ */ object({
        index: /* @__PURE__ */ integer({ minimum: 0 }),
        data: /* @__PURE__ */ object({ command, payload }, { sender: id }),
      }),
    ),
  }),
  errors: ['INVALID_SCOPES'],
});

export const accountInvokeCommand = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/devices/invoke_command',
  family: 'auth',
  summary: 'Leave a command for another device of the account, and push it',
  authentication: ['sessionToken', 'refreshToken'],
  body: /* @__PURE__ */ object(
    { target: id, command, payload },
    { ttl: /* @__PURE__ */ number({ minimum: 0, maximum: 10_000_000 }) },
  ),
  bodyRequired: true,
  response: field.empty,
  errors: ['UNKNOWN_DEVICE', 'INVALID_SCOPES'],
});
