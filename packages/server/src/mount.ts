import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { findAccount } from './accounts/index.js';
import type { Config } from './config/index.js';
import type { Clock, Context, Log, Random } from './context.js';
import { ServiceError } from './errors.js';
import type { AccountListener } from './notifications/index.js';
import { verifyAccessToken } from './oauth/index.js';
import { deriveKey } from './tokens/index.js';

/** A service of its own that shares the server's port. */
export interface Mount {
  /** Beginnings of the paths that are its own, such as `/1.5/`. */
  readonly paths: readonly string[];
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Milliseconds in which a whole request must have arrived, where large ones need longer than the server gives. */
  readonly requestTimeout?: number;
  /** Hears what happens to accounts. */
  readonly listener?: AccountListener;
  close(): Promise<void>;
}

/** What an access token says to a mount. */
export interface MountedToken {
  /** hex, 32 digits */
  readonly uid: string;
  readonly scopes: readonly string[];
  /** When the account last signed everybody out, milliseconds. */
  readonly generation: number;
}

/** What a mount is made with. */
export interface MountSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** A secret of the mount's own (bytes, 32), derived from the server secret. */
  deriveSecret(purpose: string): Uint8Array;
  /**
   * The meaning of an access token of this server; undefined when it is invalid, older than its account's password, or
   * its account is gone.
   */
  verifyAccessToken(token: string): Promise<MountedToken | undefined>;
}

export type MountFactory = (surroundings: MountSurroundings) => Promise<Mount>;

/** What the mounts of an accounts server are made with. */
export function mountSurroundings(context: Context): MountSurroundings {
  const { config, clock, random, log, secret } = context;
  return {
    config,
    clock,
    random,
    log,
    deriveSecret: (purpose) => deriveKey(secret, purpose),
    async verifyAccessToken(token) {
      const found = await verified(context, token);
      const account = found && (await findAccount(context.storage.db, found.uid));
      if (found === undefined || account === undefined) return undefined;
      const { uid, scope, createdAt } = found;
      // A JWT that is not stored outlives the password it was got with; it tells its time in seconds.
      if (createdAt < Math.floor(account.verifierSetAt / 1000) * 1000) return undefined;
      return { uid, scopes: scope.split(' '), generation: account.verifierSetAt };
    },
  };
}

async function verified(context: Context, token: string) {
  try {
    return await verifyAccessToken(context, token);
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}

/** Gives requests the time that the most patient mount asks for. */
export function allowSlowRequests(server: Server, mounts: readonly Mount[]): void {
  server.requestTimeout = Math.max(server.requestTimeout, ...mounts.map(({ requestTimeout = 0 }) => requestTimeout));
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Hands requests to the mount whose path they begin with, and all others on. */
export function dispatch(mounts: readonly Mount[], others: Handler): Handler {
  if (mounts.length === 0) return others;
  return (request, response) => {
    const mount = mounts.find(({ paths }) => paths.some((path) => request.url?.startsWith(path)));
    if (mount === undefined) others(request, response);
    else mount.handle(request, response);
  };
}
