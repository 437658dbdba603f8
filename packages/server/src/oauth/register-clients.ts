import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../config/index.js';
import type { Context } from '../context.js';
import { type ClientDefinition, checkDefinition, toClient } from './client-definition.js';
import { endDevicesOf } from './end-refresh-tokens.js';
import { forgetClients } from './find-client.js';
import { registerScopes } from './manage-clients.js';
import { WELL_KNOWN_SCOPES, wellKnownClients } from './seeds.js';
import { deleteClientRow, putClient, readFileClientIds } from './store/clients.js';
import { deleteClientGrants } from './store/revocation.js';
import { putCustomScope } from './store/scopes.js';

const FILE_NAME = 'clients.json';

/**
 * Registers, at every start, the well-known clients and those of `clients.json` in the data folder. A client of the file
 * replaces a well-known one of the same id; one that left the file is removed with all it was given. Clients that were
 * added by command stay as they are.
 * @throws ConfigError with one sentence when the file is not valid; nothing is changed then
 */
export async function registerClients(context: Pick<Context, 'config' | 'storage' | 'clock'>): Promise<void> {
  const { config, storage, clock } = context;
  const definitions = await readClientsFile(join(config.dataDir, FILE_NAME));
  const fromFile = definitions.map(toClient);
  const ids = new Set(fromFile.map((client) => client.id));
  const wellKnown = wellKnownClients(config.publicUrl).filter((client) => !ids.has(client.id));
  const now = clock.now();
  await storage.transaction(async (tx) => {
    for (const [scope, hasKeys] of Object.entries(WELL_KNOWN_SCOPES)) await putCustomScope(tx, scope, hasKeys);
    for (const definition of definitions) await registerScopes(tx, definition);
    for (const id of await readFileClientIds(tx)) {
      if (ids.has(id)) continue;
      await deleteClientRow(tx, id);
      await endDevicesOf(tx, await deleteClientGrants(tx, id));
    }
    for (const client of wellKnown) await putClient(tx, client, 'seed', now);
    for (const client of fromFile) await putClient(tx, client, 'file', now);
  });
  forgetClients(storage);
}

async function readClientsFile(path: string): Promise<ClientDefinition[]> {
  const content = await readOptional(path);
  if (content === undefined) return [];
  const list = parse(content, path);
  if (!Array.isArray(list)) throw new ConfigError(`${path} must hold a JSON array of clients.`);
  const definitions = list.map((value, index) => checkDefinition(value, `Client ${index + 1} of ${path}`));
  const ids = definitions.map((definition) => definition.id.toLowerCase());
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new ConfigError(`${path} has two clients with the id ${repeated}.`);
  return definitions;
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT') return undefined;
    throw new ConfigError(`${path} cannot be read (${String(code)}).`, { cause });
  }
}

function parse(content: string, path: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new ConfigError(`${path} is not valid JSON.`, { cause });
  }
}
