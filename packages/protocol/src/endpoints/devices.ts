/** Devices, and everything else that is attached to an account: oauth-devices §3.1, §3.2. */
import { endpoint } from './endpoint.js';
import * as field from './fields.js';
import { anything, array, boolean, hex, nullable, object, record, string } from './schema.js';

const id = /* @__PURE__ */ hex(16);
/** Names a token without being it: SHA-256 of what its holder presents. */
const tokenName = /* @__PURE__ */ hex(32);
const name = /* @__PURE__ */ string({ format: 'display-safe', maxLength: 255 });
const deviceType = /* @__PURE__ */ string({ format: 'display-safe', maxLength: 16 });
const pushCallback = /* @__PURE__ */ string({ maxLength: 255 });
const pushPublicKey = /* @__PURE__ */ string({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 88 });
const pushAuthKey = /* @__PURE__ */ string({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 24 });
const availableCommands = /* @__PURE__ */ record(/* @__PURE__ */ string({ maxLength: 2048 }), {
  names: '^[a-zA-Z0-9._/\\-:]{1,100}$',
});
const location = /* @__PURE__ */ object(
  {},
  {
    city: /* @__PURE__ */ string(),
    country: /* @__PURE__ */ string(),
    state: /* @__PURE__ */ string(),
    stateCode: /* @__PURE__ */ string(),
  },
);
const idleQuery = /* @__PURE__ */ object(
  {},
  {
    filterIdleDevicesTimestamp: /* @__PURE__ */ string({
      pattern: '^[0-9]{1,15}$',
      description: 'milliseconds since the epoch; devices that were last seen before are left out',
    }),
  },
);

export const accountDevice = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/device',
  family: 'auth',
  summary: 'Register the device of a session or refresh token, or change its record',
  authentication: ['sessionToken', 'refreshToken'],
  body: /* @__PURE__ */ object(
    {},
    {
      id,
      // The Rust client clears a name with null.
      name: /* @__PURE__ */ nullable(name),
      type: deviceType,
      pushCallback,
      pushPublicKey,
      pushAuthKey,
      availableCommands,
      capabilities: /* @__PURE__ */ array(/* @__PURE__ */ anything(), { maxItems: 0 }),
    },
  ),
  response: /* @__PURE__ */ object(
    {
      id,
      createdAt: field.milliseconds,
      name: /* @__PURE__ */ string(),
      type: /* @__PURE__ */ string(),
      pushEndpointExpired: /* @__PURE__ */ boolean(),
      availableCommands,
    },
    { pushCallback, pushPublicKey, pushAuthKey },
  ),
  errors: ['UNKNOWN_DEVICE', 'DEVICE_CONFLICT', 'INVALID_SCOPES'],
});

export const accountDevices = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/devices',
  family: 'auth',
  summary: 'The devices of the account',
  authentication: ['sessionToken', 'refreshToken'],
  query: idleQuery,
  response: /* @__PURE__ */ array(
    /* @__PURE__ */ object({
      id,
      name: /* @__PURE__ */ string(),
      type: /* @__PURE__ */ string(),
      isCurrentDevice: /* @__PURE__ */ boolean(),
      lastAccessTime: /* @__PURE__ */ nullable(field.milliseconds),
      lastAccessTimeFormatted: /* @__PURE__ */ string(),
      location,
      pushCallback: /* @__PURE__ */ nullable(pushCallback),
      pushPublicKey: /* @__PURE__ */ nullable(pushPublicKey),
      pushAuthKey: /* @__PURE__ */ nullable(pushAuthKey),
      pushEndpointExpired: /* @__PURE__ */ boolean(),
      availableCommands,
    }),
  ),
  errors: ['INVALID_SCOPES'],
});

export const accountDeviceDestroy = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/device/destroy',
  family: 'auth',
  summary: 'Disconnect a device: its record, its session and its refresh token',
  authentication: ['sessionToken', 'refreshToken'],
  body: /* @__PURE__ */ object({ id }),
  response: field.empty,
  errors: ['UNKNOWN_DEVICE', 'INVALID_SCOPES'],
});

export const accountSessions = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/sessions',
  family: 'auth',
  summary: 'The sessions of the account (older clients; see attached clients)',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ array(
    /* @__PURE__ */ object({
      id: tokenName,
      createdTime: field.milliseconds,
      createdTimeFormatted: /* @__PURE__ */ string(),
      lastAccessTime: field.milliseconds,
      lastAccessTimeFormatted: /* @__PURE__ */ string(),
      location,
      userAgent: /* @__PURE__ */ string(),
      os: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
      deviceId: /* @__PURE__ */ nullable(id),
      deviceName: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
      deviceType: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
      deviceCreatedAt: /* @__PURE__ */ nullable(field.milliseconds),
      deviceAvailableCommands: /* @__PURE__ */ nullable(availableCommands),
      deviceCallbackURL: /* @__PURE__ */ nullable(pushCallback),
      deviceCallbackPublicKey: /* @__PURE__ */ nullable(pushPublicKey),
      deviceCallbackAuthKey: /* @__PURE__ */ nullable(pushAuthKey),
      deviceCallbackIsExpired: /* @__PURE__ */ nullable(/* @__PURE__ */ boolean()),
      isDevice: /* @__PURE__ */ boolean(),
      isCurrentDevice: /* @__PURE__ */ boolean(),
    }),
  ),
  errors: [],
});

export const attachedClients = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/attached_clients',
  family: 'auth',
  summary: 'Devices, applications and sessions of the account, as one list',
  authentication: ['sessionToken'],
  query: idleQuery,
  response: /* @__PURE__ */ array(
    /* @__PURE__ */ object({
      clientId: /* @__PURE__ */ nullable(field.clientId),
      deviceId: /* @__PURE__ */ nullable(id),
      sessionTokenId: /* @__PURE__ */ nullable(tokenName),
      refreshTokenId: /* @__PURE__ */ nullable(tokenName),
      isCurrentSession: /* @__PURE__ */ boolean(),
      deviceType: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
      name: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
      createdTime: /* @__PURE__ */ nullable(field.milliseconds),
      createdTimeFormatted: /* @__PURE__ */ string(),
      lastAccessTime: /* @__PURE__ */ nullable(field.milliseconds),
      lastAccessTimeFormatted: /* @__PURE__ */ string(),
      scope: /* @__PURE__ */ nullable(/* @__PURE__ */ array(/* @__PURE__ */ string())),
      location,
      userAgent: /* @__PURE__ */ string(),
      os: /* @__PURE__ */ nullable(/* @__PURE__ */ string()),
    }),
    { maxItems: 500 },
  ),
  errors: [],
});

export const attachedOAuthClients = /* @__PURE__ */ endpoint({
  method: 'GET',
  path: '/account/attached_oauth_clients',
  family: 'auth',
  summary: 'The applications that hold tokens of the account',
  authentication: ['sessionToken'],
  response: /* @__PURE__ */ array(
    /* @__PURE__ */ object({ clientId: field.clientId, lastAccessTime: field.milliseconds }),
  ),
  errors: [],
});

export const attachedClientDestroy = /* @__PURE__ */ endpoint({
  method: 'POST',
  path: '/account/attached_client/destroy',
  family: 'auth',
  summary: 'Disconnect one entry of the attached clients',
  authentication: ['sessionToken'],
  nullIsAbsent: true,
  body: /* @__PURE__ */ object(
    {},
    { clientId: field.clientId, sessionTokenId: tokenName, refreshTokenId: tokenName, deviceId: id },
  ),
  response: field.empty,
  errors: ['UNKNOWN_DEVICE'],
});
