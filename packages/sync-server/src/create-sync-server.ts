import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildApp } from './http/app.js';
import { createAuthenticator } from './http/authenticate.js';
import { type LimitSettings, storageLimits } from './limits.js';
import { purgeExpired } from './storage/index.js';
import type { Clock, Log, Random, TokenVerifier } from './surroundings.js';
import { openTables } from './tables/index.js';
import { createTokenKeys } from './tokens/index.js';
import { forgetAccount, purgeReplaced, registerNode, signOutBefore } from './users/index.js';

/** What a Sync server needs to be told. */
export interface SyncServerOptions extends LimitSettings {
  /** `sqlite:<folder>`, `sqlite::memory:` or `postgres://…` */
  readonly databaseUrl: string;
  /** Where clients reach it; no trailing slash. It is also the storage node that new users get. */
  readonly publicUrl: string;
  /** Signs tokens; any text. Storage and token server must have the same. */
  readonly masterSecret: string;
  readonly verifier: TokenVerifier;
  /** After the @ of a user's name in the table. */
  readonly emailDomain: string;
  readonly allowNewUsers?: boolean;
  /** Seconds that a token is valid. */
  readonly tokenDuration?: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly version: string;
}

/** A Sync server without a socket: it answers the requests it is handed. */
export interface SyncServer {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** An account (hex, 32 digits) is gone: so are its data. */
  forgetAccount(fxaUid: string): Promise<void>;
  /** Everybody was signed out of an account at a time, milliseconds. */
  signOutBefore(fxaUid: string, time: number): Promise<void>;
  /** Deletes what has expired and who was replaced. It happens now and then by itself. */
  purge(): Promise<void>;
  close(): Promise<void>;
}

const TOKEN_DURATION = 3600;
const RELEASE_RATE = 0.1;
const PURGE_INTERVAL = 10 * 60_000;

/** Opens the databases and composes a Sync server. */
export async function createSyncServer(options: SyncServerOptions): Promise<SyncServer> {
  const { clock, random, log, publicUrl, masterSecret, quota = null } = options;
  const tables = await openTables(options.databaseUrl);
  const keys = createTokenKeys(masterSecret);
  const context = {
    tables,
    clock,
    random,
    log,
    keys,
    quota,
    limits: storageLimits(options),
    service: await registerNode(tables.users, publicUrl),
    emailDomain: options.emailDomain,
    allowNewUsers: options.allowNewUsers ?? true,
    releaseRate: RELEASE_RATE,
    verifier: options.verifier,
    metricsSecret: masterSecret,
    tokenDuration: options.tokenDuration ?? TOKEN_DURATION,
    authenticator: createAuthenticator(keys, publicUrl, () => clock.now()),
    version: options.version,
  };
  const app = buildApp(context);
  await app.ready();

  async function purge(): Promise<void> {
    await purgeExpired(context);
    await purgeReplaced(context, publicUrl);
  }
  let purging: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    purging = purge().catch((error: unknown) => {
      log.error('sync.purge', { error: error instanceof Error ? error.message : String(error) });
    });
  }, PURGE_INTERVAL);
  timer.unref();

  return {
    handle: (request, response) => app.routing(request, response),
    forgetAccount: (fxaUid) => forgetAccount(context, fxaUid),
    signOutBefore: (fxaUid, time) => signOutBefore(context, fxaUid, time),
    purge,
    async close() {
      clearInterval(timer);
      await purging;
      await app.close();
      await tables.close();
    },
  };
}
