import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { FxaConfig, FxaServer } from '@foxden/fxa-client';
import { UsageError } from '../command.js';

/** Options of every `account` command. */
export const ACCOUNT_OPTIONS = {
  server: { type: 'string' },
  'client-id': { type: 'string' },
  'redirect-uri': { type: 'string' },
  file: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const ACCOUNT_OPTIONS_HELP = `  --server <url or name>  The accounts server: an address, or release, stable, stage, china, local-dev
                          (FOXDEN_ACCOUNT_SERVER; local-dev when not given)
  --client-id <id>        The application to be (FOXDEN_ACCOUNT_CLIENT_ID)
  --redirect-uri <uri>    Where its codes are sent (FOXDEN_ACCOUNT_REDIRECT_URI)
  --file <path>           Where the account is kept, for its owner only (FOXDEN_ACCOUNT_FILE)
  --json                  Print JSON for scripts

Exit codes: 0, 1 when it failed, 2 when it was called wrongly, 3 when somebody has to sign in first, 4 when it is not
allowed, 5 when the server cannot be reached.`;

interface AccountValues {
  readonly server?: string | undefined;
  readonly 'client-id'?: string | undefined;
  readonly 'redirect-uri'?: string | undefined;
  readonly file?: string | undefined;
  readonly json?: boolean | undefined;
}

/** What an `account` command works on. */
export interface AccountSettings {
  readonly config: FxaConfig;
  readonly file: string;
  readonly deviceName: string;
  readonly json: boolean;
}

const SERVERS: Readonly<Record<string, FxaServer>> = {
  release: 'Release',
  stable: 'Stable',
  stage: 'Stage',
  china: 'China',
  'local-dev': 'LocalDev',
};

/** Firefox for Android: every accounts server knows it, and may exchange its tokens for ones with more scopes. */
const DEFAULT_CLIENT_ID = 'a2270f727f45f648';

/**
 * The settings of a command line and its environment.
 * @throws UsageError for a server that is neither an address nor a name
 */
export async function accountSettings(values: AccountValues, env: NodeJS.ProcessEnv): Promise<AccountSettings> {
  const { contentUrl } = await import('@foxden/fxa-client');
  const server = readServer(values.server ?? env['FOXDEN_ACCOUNT_SERVER'] ?? 'local-dev');
  const clientId = values['client-id'] ?? env['FOXDEN_ACCOUNT_CLIENT_ID'] ?? DEFAULT_CLIENT_ID;
  const success = `${contentUrl(server).replace(/\/$/, '')}/oauth/success/${clientId}`;
  const folder = env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  return {
    config: {
      server,
      clientId,
      redirectUri: values['redirect-uri'] ?? env['FOXDEN_ACCOUNT_REDIRECT_URI'] ?? success,
    },
    file: values.file ?? env['FOXDEN_ACCOUNT_FILE'] ?? join(folder, 'foxden', 'account.json'),
    deviceName: `Foxden on ${hostname()}`,
    json: values.json === true,
  };
}

function readServer(text: string): FxaServer {
  const named = Object.hasOwn(SERVERS, text) ? SERVERS[text] : undefined;
  if (named !== undefined) return named;
  if (!/^https?:/.test(text) || !URL.canParse(text)) {
    throw new UsageError(`"${text}" is no server: give an address, or one of ${Object.keys(SERVERS).join(', ')}.`);
  }
  return { Custom: text };
}
