import { type Config, configWarnings, readConfig } from './config/index.js';
import type { MountFactory } from './mount.js';
import { createServer } from './server.js';
import { createStandalone } from './standalone.js';

/** Where a command writes what people read. */
export interface Output {
  out(line: string): void;
  error(line: string): void;
}

/**
 * The server process: reads the environment, starts, says where it is, and on SIGTERM or SIGINT lets running requests
 * finish. Resolves with the exit code.
 * @param mounts services that share its port, by its settings
 * @throws ConfigError for a bad setting
 */
export async function serve(
  env: NodeJS.ProcessEnv,
  io: Output,
  mounts: (config: Config) => readonly MountFactory[] = () => [],
): Promise<number> {
  const config = readConfig(env);
  for (const warning of configWarnings(config)) io.error(warning);
  const server = await createServer(config, { mounts: mounts(config) });
  await server.listen();
  io.out(`${config.siteName} is at ${server.url}`);
  io.out(`Create an account: ${server.url}/signup`);
  if (server.mailboxUrl !== undefined)
    io.out(`Mail is shown here and kept at ${server.mailboxUrl} (no FOXDEN_SMTP_URL)`);
  await stopSignal();
  await server.close();
  return 0;
}

/**
 * The process of one mount without accounts, as {@link serve} else.
 * @param name of what it is, for people
 * @throws ConfigError for a bad setting
 */
export async function serveStandalone(
  env: NodeJS.ProcessEnv,
  io: Output,
  name: string,
  factory: MountFactory,
): Promise<number> {
  const server = await createStandalone(readConfig(env), factory);
  await server.listen();
  io.out(`${name} is at ${server.url}`);
  await stopSignal();
  await server.close();
  return 0;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
