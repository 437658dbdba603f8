import { configWarnings, readConfig } from './config/index.js';
import { createServer } from './server.js';

/** Where a command writes what people read. */
export interface Output {
  out(line: string): void;
  error(line: string): void;
}

/**
 * The server process: reads the environment, starts, says where it is, and on SIGTERM or SIGINT lets running requests
 * finish. Resolves with the exit code.
 * @throws ConfigError for a bad setting
 */
export async function serve(env: NodeJS.ProcessEnv, io: Output): Promise<number> {
  const config = readConfig(env);
  for (const warning of configWarnings(config)) io.error(warning);
  const server = await createServer(config);
  await server.listen();
  io.out(`${config.siteName} is at ${server.url}`);
  io.out(`Create an account: ${server.url}/signup`);
  if (server.mailboxUrl !== undefined)
    io.out(`Mail is shown here and kept at ${server.mailboxUrl} (no FOXDEN_SMTP_URL)`);
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
