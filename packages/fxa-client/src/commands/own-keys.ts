import { createWebPushKeys, SCOPE_OLDSYNC, type ScopedKey, sealCommandKeys, type WebPushKeys } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import type { DeviceCapability } from '../devices/types.js';
import { COMMANDS } from '../devices/wire.js';
import { FxaError } from '../errors/fxa-error.js';
import { list, object, parseJson, type Reader, whole } from '../persistence/reading.js';

const bytes: Reader<Uint8Array> = (value, name) => Uint8Array.from(list(whole)(value, name));

/** The form that the Rust client stores too (client §5.1). */
const readStoredKeys: Reader<WebPushKeys> = object((member) =>
  member(
    'V1',
    object((inner) => ({
      ...inner(
        'p256key',
        object((key) => ({ privateKey: key('private_key', bytes), publicKey: key('public_key', bytes) })),
      ),
      authSecret: inner('auth_secret', bytes),
    })),
  ),
);

/** The keys as they are stored under the name of their command. */
export function storedKeys({ privateKey, publicKey, authSecret }: WebPushKeys): string {
  return JSON.stringify({
    V1: {
      p256key: { curve: 'P256', private_key: [...privateKey], public_key: [...publicKey] },
      auth_secret: [...authSecret],
    },
  });
}

/** The private keys of a command; undefined when there are none, or none that can be read. */
export function ownKeys({ state }: AccountContext, command: string): WebPushKeys | undefined {
  const stored = state.commandsData[command];
  if (stored === undefined) return undefined;
  try {
    const keys = readStoredKeys(parseJson(stored, command), command);
    const { privateKey, publicKey, authSecret } = keys;
    return privateKey.length === 32 && publicKey.length === 65 && authSecret.length === 16 ? keys : undefined;
  } catch (error) {
    if (error instanceof FxaError) return undefined;
    throw error;
  }
}

/**
 * What this device publishes for its capabilities; keys that are missing or unreadable are made anew (client §7.2).
 * @throws FxaError `Authentication` without the key of oldsync
 */
export async function publishedKeys(
  context: AccountContext,
  capabilities: readonly DeviceCapability[],
): Promise<Readonly<Record<string, string>>> {
  const published: Record<string, string> = {};
  for (const command of new Set(capabilities.map((capability) => COMMANDS[capability]))) {
    const syncKey = requireSyncKey(context);
    const keys = ownKeys(context, command) ?? (await renewKeys(context, command));
    published[command] = await sealCommandKeys(keys, syncKey, context.connection.random);
  }
  return published;
}

async function renewKeys(context: AccountContext, command: string): Promise<WebPushKeys> {
  const keys = await createWebPushKeys(context.connection.random);
  context.update({ commandsData: { ...context.state.commandsData, [command]: storedKeys(keys) } });
  return keys;
}

/** @throws FxaError `Authentication` */
export function requireSyncKey({ state }: AccountContext): ScopedKey {
  const key = state.scopedKeys[SCOPE_OLDSYNC];
  if (key === undefined) throw new FxaError('Authentication', 'There is no key for the scope of Sync');
  return key;
}
