import { ConfigError } from '../config/index.js';
import type { Context } from '../context.js';
import { toHex } from '../storage/hex.js';
import type { Database } from '../storage/index.js';
import type { OAuthClient } from './client.js';
import { type ClientDefinition, checkDefinition, toClient } from './client-definition.js';
import { endDevicesOf } from './end-refresh-tokens.js';
import { forgetClients } from './find-client.js';
import { wellKnownClients } from './seeds.js';
import { deleteClientRow, insertClient, readClient, readClients } from './store/clients.js';
import { deleteClientGrants } from './store/revocation.js';
import { putCustomScope } from './store/scopes.js';
import { hashToken } from './token-hash.js';

type ManagementContext = Pick<Context, 'config' | 'storage' | 'clock' | 'random'>;

/** A client to add; its secret is made, and its id where none is given. */
export type NewClient = Omit<ClientDefinition, 'id' | 'hashedSecret' | 'hashedSecretPrevious'> & {
  readonly id?: string;
};

/**
 * Registers a client. Its secret (hex, 64 digits) is answered once and stored as a hash; a public client has none.
 * @throws ConfigError with one sentence when the definition is not valid, or the id is taken
 */
export async function addClient(
  context: ManagementContext,
  input: NewClient,
): Promise<{ readonly client: OAuthClient; readonly secret: string | undefined }> {
  const secret = input.publicClient === true ? undefined : toHex(context.random.bytes(32));
  const definition = checkDefinition(
    {
      id: toHex(context.random.bytes(8)),
      ...input,
      ...(secret !== undefined && { hashedSecret: toHex(hashToken(secret)) }),
    },
    'the client',
  );
  const client = toClient(definition);
  await context.storage.transaction(async (tx) => {
    await registerScopes(tx, definition);
    if (await insertClient(tx, client, context.clock.now())) return;
    const holder = await readClient(tx, client.id);
    throw new ConfigError(`The id ${client.id} belongs to the client "${holder?.name}" already.`);
  });
  return { client, secret };
}

/** Every client, the well-known ones too, oldest first. */
export async function listClients({ storage }: Pick<Context, 'storage'>): Promise<OAuthClient[]> {
  return readClients(storage.db);
}

/**
 * Removes a client and revokes everything it was given. False when there is none of that id.
 * @throws ConfigError for a well-known client, which would be back at the next start
 */
export async function removeClient(context: ManagementContext, id: string): Promise<boolean> {
  const clientId = id.toLowerCase();
  if (wellKnownClients(context.config.publicUrl).some((client) => client.id === clientId)) {
    throw new ConfigError(`The client ${clientId} is built in and cannot be removed.`);
  }
  const removed = await context.storage.transaction(async (tx) => {
    const existed = await deleteClientRow(tx, clientId);
    await endDevicesOf(tx, await deleteClientGrants(tx, clientId));
    return existed;
  });
  forgetClients(context.storage);
  return removed;
}

/** Makes the scopes of a definition custom ones, so that no other client may ask for them. */
export async function registerScopes(db: Database, definition: ClientDefinition): Promise<void> {
  for (const scope of definition.allowedScopes ?? []) {
    await putCustomScope(db, scope, definition.scopesWithKeys?.includes(scope) === true);
  }
}
