/** What push messages to devices say: oauth-devices §3.4. */
import { array, either, hex, type Infer, integer, oneOf, type Schema, strictObject, string } from './schema.js';

const version = /* @__PURE__ */ integer({ minimum: 1, maximum: 1 });

/** A message that is known by its name alone. Its members are all there are: clients refuse others. */
/* @__NO_SIDE_EFFECTS__ */
function plain<const C extends string>(...commands: C[]) {
  return strictObject({ version, command: oneOf(...commands) });
}

/* @__NO_SIDE_EFFECTS__ */
function telling<const C extends string, D>(command: C, data: Schema<D>) {
  return strictObject({ version, command: oneOf(command), data });
}

/** What Sync calls its kinds of data. */
const collection = /* @__PURE__ */ oneOf(
  'addons',
  'bookmarks',
  'history',
  'forms',
  'prefs',
  'tabs',
  'passwords',
  'clients',
);

export const pushPayload = /* @__PURE__ */ either(
  /* @__PURE__ */ plain('fxaccounts:profile_updated', 'fxaccounts:password_changed', 'fxaccounts:password_reset'),
  /* @__PURE__ */ telling(
    'fxaccounts:command_received',
    /* @__PURE__ */ strictObject({
      command: /* @__PURE__ */ string(),
      index: /* @__PURE__ */ integer({ minimum: 0 }),
      sender: /* @__PURE__ */ string(),
      url: /* @__PURE__ */ string({ format: 'web-url' }),
    }),
  ),
  /* @__PURE__ */ telling(
    'fxaccounts:device_connected',
    /* @__PURE__ */ strictObject({ deviceName: /* @__PURE__ */ string() }),
  ),
  /* @__PURE__ */ telling(
    'fxaccounts:device_disconnected',
    /* @__PURE__ */ strictObject({ id: /* @__PURE__ */ hex(16) }),
  ),
  /* @__PURE__ */ telling(
    'fxaccounts:account_destroyed',
    /* @__PURE__ */ strictObject({ uid: /* @__PURE__ */ hex(16) }),
  ),
  /* @__PURE__ */ telling(
    'sync:collection_changed',
    /* @__PURE__ */ strictObject(
      { collections: /* @__PURE__ */ array(collection, { minItems: 1, uniqueItems: true }) },
      // Firefox says `firstsync` (webchannel §8.4).
      { reason: /* @__PURE__ */ string({ maxLength: 32 }) },
    ),
  ),
);

/** The JSON of a push message. */
export type PushPayload = Infer<typeof pushPayload>;
