import { ConfigError, loadServerSecret, readConfig } from './config/index.js';
import { addClient, listClients, type NewClient, removeClient, rotateSigningKeys } from './oauth/index.js';
import { openStorage } from './storage/index.js';
import { systemClock, systemRandom } from './system.js';

/** A registered client, as an administrator sees it. */
export interface ClientSummary {
  /** Hex, 16 digits. */
  readonly id: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly isPublic: boolean;
  readonly isTrusted: boolean;
}

/** What an administrator does beside a running server, on the same database. */
export interface Administration {
  readonly clients: {
    /**
     * Registers a client. The secret (hex, 64 digits) is given this once; a public client has none.
     * @throws ConfigError with one sentence when it cannot be registered so
     */
    add(client: NewClient): Promise<{ readonly id: string; readonly secret: string | undefined }>;
    list(): Promise<ClientSummary[]>;
    /**
     * Removes a client and revokes what it was given; false when there is none of that id.
     * @throws ConfigError for a built-in client
     */
    remove(id: string): Promise<boolean>;
  };
  readonly keys: {
    /** Makes a new signing key, at work in two hours or immediately; gives the kid of the newest key. */
    rotate(options?: { readonly immediately?: boolean }): Promise<string>;
  };
  close(): Promise<void>;
}

/**
 * Opens the database that the environment names.
 * @throws ConfigError for a bad setting, or a database that lives in the memory of another process
 */
export async function openAdministration(env: NodeJS.ProcessEnv): Promise<Administration> {
  const config = readConfig(env);
  if (config.databaseUrl === 'sqlite::memory:') {
    throw new ConfigError('FOXDEN_DATABASE_URL is sqlite::memory:, which nobody but the running server can reach.');
  }
  const secret = await loadServerSecret(config);
  const storage = await openStorage(config.databaseUrl);
  const context = {
    config,
    storage,
    secret,
    clock: systemClock,
    random: systemRandom,
  };
  const list = async (): Promise<ClientSummary[]> =>
    (await listClients(context)).map(({ id, name, redirectUris, publicClient, trusted }) => ({
      id,
      name,
      redirectUris,
      isPublic: publicClient,
      isTrusted: trusted,
    }));
  return {
    clients: {
      list,
      async add(registration) {
        const { client, secret: clientSecret } = await addClient(context, registration);
        return { id: client.id, secret: clientSecret };
      },
      remove: (id) => removeClient(context, id),
    },
    keys: { rotate: (options) => rotateSigningKeys(context, options) },
    close: () => storage.close(),
  };
}
