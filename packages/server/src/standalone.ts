import { type Config, createConfig, loadServerSecret } from './config/index.js';
import { createLog } from './http/log.js';
import { bindSocket, httpUrl } from './http/socket.js';
import { allowSlowRequests, type MountFactory } from './mount.js';
import type { Surroundings } from './server.js';
import { systemClock, systemRandom } from './system.js';
import { deriveKey } from './tokens/index.js';

/** A mount that has the port to itself. */
export interface Standalone {
  readonly url: string;
  /** Begins to accept requests; resolves with the address it can be reached at. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Composes a server of one mount, without accounts: no access token means anything to it by itself.
 * @throws ConfigError for a bad setting
 */
export async function createStandalone(
  settings: Partial<Config>,
  factory: MountFactory,
  surroundings: Pick<Surroundings, 'clock' | 'random' | 'write'> = {},
): Promise<Standalone> {
  const given = createConfig(settings);
  const socket = await bindSocket(given.listen);
  const config =
    new URL(given.publicUrl).port === '0'
      ? createConfig({ ...given, listen: socket.address, publicUrl: httpUrl(socket.address) })
      : given;
  const clock = surroundings.clock ?? systemClock;
  const write = surroundings.write ?? ((text: string) => process.stdout.write(text));
  const secret = await loadServerSecret(config);
  const mount = await factory({
    config,
    clock,
    random: surroundings.random ?? systemRandom,
    log: createLog({ level: config.logLevel, clock, write }),
    deriveSecret: (purpose) => deriveKey(secret, purpose),
    verifyAccessToken: async () => undefined,
  });
  allowSlowRequests(socket.server, [mount]);
  socket.server.on('request', (request, response) => mount.handle(request, response));
  let closing: Promise<void> | undefined;
  return {
    url: config.publicUrl,
    async listen() {
      await socket.listen();
      return config.publicUrl;
    },
    close: () => (closing ??= socket.close().then(() => mount.close())),
  };
}
