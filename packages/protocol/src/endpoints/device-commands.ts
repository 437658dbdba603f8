/** Commands and messages from device to device: oauth-devices §3.2, §3.4, §4. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { pushPayload } from './push-payload.js';
import { array, boolean, either, hex, integer, number, object, oneOf, strictObject, string } from './schema.js';

const id = /* @__PURE__ */ hex(16);
const command = /* @__PURE__ */ string({ pattern: '^[a-zA-Z0-9._/\\-:]{1,100}$' });
/** What the sender sealed to the target; nothing in it is for the server. */
const payload = /* @__PURE__ */ object({}, { encrypted: /* @__PURE__ */ string() });

/** How many commands one answer may hold. */
export const COMMANDS_PER_ANSWER = 100;

export const accountDeviceCommands = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/device/commands',
  family: 'auth',
  summary: 'The commands that wait for the device of the caller, from an index on',
  authentication: ['sessionToken', 'refreshToken'],
  query: /* @__PURE__ */ object(
    {},
    {
      index: /* @__PURE__ */ string({ pattern: '^[0-9]{1,15}$', description: 'the lowest index that is wanted' }),
      limit: /* @__PURE__ */ string({
        pattern: '^(?:[0-9]{1,2}|100)$',
        description: 'at most so many; 100 if left out',
      }),
    },
  ),
  response: /* @__PURE__ */ object({
    index: /* @__PURE__ */ integer({ minimum: 0, description: 'of the last message; 0 without one' }),
    last: /* @__PURE__ */ boolean({ description: 'nothing waits behind the last message' }),
    messages: /* @__PURE__ */ array(
      /* @__PURE__ */ object({
        index: /* @__PURE__ */ integer({ minimum: 1 }),
        data: /* @__PURE__ */ object({ command, payload }, { sender: id }),
      }),
      { maxItems: COMMANDS_PER_ANSWER },
    ),
  }),
  errors: ['INVALID_SCOPES'],
});

export const accountInvokeCommand = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/devices/invoke_command',
  family: 'auth',
  summary: 'Leave a command for another device of the account, and tell it by push',
  authentication: ['sessionToken', 'refreshToken'],
  body: /* @__PURE__ */ object(
    { target: id, command, payload },
    { ttl: /* @__PURE__ */ number({ minimum: 0, maximum: 10_000_000 }) },
  ),
  response: /* @__PURE__ */ object({
    enqueued: /* @__PURE__ */ boolean(),
    notified: /* @__PURE__ */ boolean(),
  }),
  errors: ['UNKNOWN_DEVICE', 'UNAVAILABLE_DEVICE_COMMAND', 'THROTTLED', 'INVALID_SCOPES'],
});

export const accountDevicesNotify = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/devices/notify',
  family: 'auth',
  summary: 'Send a push message to devices of the account',
  authentication: ['sessionToken', 'refreshToken'],
  body: /* @__PURE__ */ object(
    {
      to: /* @__PURE__ */ either(/* @__PURE__ */ oneOf('all'), /* @__PURE__ */ array(id)),
      // An empty one belongs to `_endpointAction`.
      payload: /* @__PURE__ */ either(pushPayload, /* @__PURE__ */ strictObject({})),
    },
    {
      excluded: /* @__PURE__ */ array(id),
      TTL: /* @__PURE__ */ integer({ minimum: 0, description: 'seconds' }),
      _endpointAction: /* @__PURE__ */ oneOf('accountVerify'),
    },
  ),
  response: field.empty,
  errors: ['THROTTLED', 'INVALID_SCOPES'],
});
