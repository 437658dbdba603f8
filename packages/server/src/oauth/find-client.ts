import type { Context } from '../context.js';
import { oauthError } from '../errors.js';
import type { Storage } from '../storage/index.js';
import type { OAuthClient } from './client.js';
import { readClient } from './store/clients.js';

type ClientContext = Pick<Context, 'storage' | 'clock'>;

interface CachedClient {
  readonly client: OAuthClient;
  readonly readAt: number;
}

/**
 * How long a removed or changed client may go on as it was, in processes other than the one that changed it. Its tokens
 * are gone at once, in all of them: they are deleted with the client.
 */
const LIFETIME = 5_000;

/** One cache a database. It holds registered clients only, so guessed ids do not fill it. */
const caches = new WeakMap<Storage, Map<string, CachedClient>>();

function cacheOf(storage: Storage): Map<string, CachedClient> {
  const cache = caches.get(storage) ?? new Map<string, CachedClient>();
  caches.set(storage, cache);
  return cache;
}

/** The client of an id (hex of either case), from memory if it was read in the last seconds. */
export async function findClient({ storage, clock }: ClientContext, id: string): Promise<OAuthClient | undefined> {
  const cache = cacheOf(storage);
  const key = id.toLowerCase();
  const now = clock.now();
  const cached = cache.get(key);
  if (cached !== undefined && now - cached.readAt < LIFETIME) return cached.client;
  const client = await readClient(storage.db, key);
  if (client === undefined) cache.delete(key);
  else cache.set(key, { client, readAt: now });
  return client;
}

/**
 * The client of an id.
 * @throws UNKNOWN_CLIENT
 */
export async function requireClient(context: ClientContext, id: string): Promise<OAuthClient> {
  const client = await findClient(context, id);
  if (client === undefined) throw oauthError('UNKNOWN_CLIENT', { clientId: id });
  return client;
}

/** Lets this process see a change of clients at once. */
export function forgetClients(storage: Storage): void {
  caches.delete(storage);
}
