import { type AuthClient, AuthClientError } from '@foxden/auth-client';
import { attachedClients } from '@foxden/protocol';

/**
 * The names of what is signed in to the account, in the server's order, each once (in-app-auth §10). Entries without a
 * name are skipped, and a server that keeps no such list has none.
 * @throws AuthClientError
 */
export async function attachedClientNames(
  client: AuthClient,
  sessionToken: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const list: unknown = await client.call(attachedClients, { token: { sessionToken }, signal }).catch(noneWithoutRoute);
  const names = Array.isArray(list) ? list.map(nameOf).filter((name) => name !== '') : [];
  return [...new Set(names)];
}

function nameOf(entry: unknown): string {
  const name: unknown = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : '';
  return typeof name === 'string' ? name : '';
}

function noneWithoutRoute(error: unknown): [] {
  if (error instanceof AuthClientError && (error.status === 404 || error.status === 410)) return [];
  throw error;
}
