import { buildApp } from './app.js';
import { type Config, createConfig, loadServerSecret } from './config/index.js';
import type { Clock, Context, Random } from './context.js';
import { createPasswordHasher } from './credentials/index.js';
import { createLog } from './http/log.js';
import { bindSocket, httpUrl } from './http/socket.js';
import { createLimits } from './limits/index.js';
import { createMail } from './mail/index.js';
import { allowSlowRequests, type MountFactory, mountSurroundings } from './mount.js';
import { type AccountListener, createNotifications } from './notifications/index.js';
import { createSigningKeys, registerClients } from './oauth/index.js';
import { createPairing } from './pairing/index.js';
import { startPruning } from './pruning.js';
import { createPush, createPushTransport, type PushTransport } from './push/index.js';
import { openStorage } from './storage/index.js';
import { systemClock, systemRandom } from './system.js';

/** What a test may hold still, and where text goes. */
export interface Surroundings {
  readonly clock?: Clock;
  readonly random?: Random;
  /** How service notifications are posted. */
  readonly fetch?: typeof fetch;
  /** How push messages are posted. */
  readonly pushTransport?: PushTransport;
  /** Log lines and, without SMTP, mails. */
  readonly write?: (text: string) => void;
  /** Services that share the port, such as Sync. */
  readonly mounts?: readonly MountFactory[];
}

/** A composed server: not yet listening, or listening. */
export interface Server {
  /** Begins to accept requests; resolves with the address it can be reached at. Port 0 picks a free one. */
  listen(): Promise<string>;
  /** Stops accepting, lets running requests and the mail in hand finish, and closes the database. */
  close(): Promise<void>;
  /** Public URL of the server. */
  readonly url: string;
  /** Where the development mailbox answers, once listening; undefined when it is off. */
  readonly mailboxUrl: string | undefined;
  /** For what tests and administration do below HTTP. */
  readonly context: Context;
}

/**
 * Composes a server from settings; what is not given has its default. With `databaseUrl: 'sqlite::memory:'` nothing
 * touches the disk, so a client's tests can run against the real thing.
 * @throws ConfigError for a bad setting
 */
export async function createServer(settings: Partial<Config> = {}, surroundings: Surroundings = {}): Promise<Server> {
  const given = createConfig(settings);
  const socket = await bindSocket(given.listen);
  const config =
    new URL(given.publicUrl).port === '0'
      ? createConfig({ ...given, listen: socket.address, publicUrl: httpUrl(socket.address) })
      : given;

  const clock = surroundings.clock ?? systemClock;
  const random = surroundings.random ?? systemRandom;
  const write = surroundings.write ?? ((text: string) => process.stdout.write(text));
  const log = createLog({ level: config.logLevel, clock, write });
  const secret = await loadServerSecret(config);
  const storage = await openStorage(config.databaseUrl);
  const signingKeys = createSigningKeys({ storage, clock, random, secret, log });
  const notify = surroundings.fetch ?? fetch;
  const listeners: AccountListener[] = [];
  const pushTransport = surroundings.pushTransport ?? createPushTransport();
  const context: Context = {
    config,
    clock,
    random,
    log,
    storage,
    secret,
    passwords: createPasswordHasher(),
    limits: createLimits({ storage, clock, log, secret, enabled: config.rateLimits }),
    mail: createMail({ storage, clock, random, log, config, print: write }),
    notifications: createNotifications({ storage, clock, random, log, signingKeys, config, fetch: notify, listeners }),
    push: createPush({ storage, clock, random, log, secret, config, transport: pushTransport }),
    pairing: createPairing({ clock, random, config }),
    signingKeys,
  };
  await registerClients(context);
  const mounts = await Promise.all((surroundings.mounts ?? []).map((make) => make(mountSurroundings(context))));
  allowSlowRequests(socket.server, mounts);
  listeners.push(...mounts.flatMap(({ listener }) => listener ?? []));
  const app = await buildApp(context, socket.server, mounts);
  const stopPruning = startPruning(context);

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    stopPruning();
    await Promise.all([socket.close(), context.pairing.stop()]);
    await app.close();
    await context.mail.stop();
    await context.notifications.stop();
    await context.push.stop();
    for (const mount of mounts) await mount.close();
    await storage.close();
  }

  return {
    url: config.publicUrl,
    get mailboxUrl() {
      return context.mail.mailboxUrl;
    },
    context,
    async listen() {
      await app.ready();
      await socket.listen();
      await context.mail.start();
      context.notifications.start();
      context.push.start();
      context.pairing.start();
      return config.publicUrl;
    },
    close: () => (closing ??= close()),
  };
}
