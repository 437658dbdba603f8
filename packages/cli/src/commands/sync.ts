import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';

export const syncCommand: Command = {
  name: 'sync',
  usage: '',
  summary: 'Run Firefox Sync alone, for the accounts of another server',
  details:
    'FOXDEN_SYNC_ACCOUNTS_URL names that server; other settings are those of "foxden serve".\n' +
    'In about:config, set identity.sync.tokenserver.uri to <public URL>/1.0/sync/1.5.',
  async run({ args, env, io }) {
    readArguments(args, {});
    const { ConfigError, serveStandalone } = await import('@foxden/server');
    const { createRemoteVerifier } = await import('@foxden/sync-server');
    const { standaloneSync } = await import('../sync-mount.js');
    const sync = standaloneSync(({ config, clock }) => {
      if (config.syncAccountsUrl === null) {
        throw new ConfigError('FOXDEN_SYNC_ACCOUNTS_URL is not set: it names the server whose accounts may sync.');
      }
      return createRemoteVerifier({ accountsUrl: config.syncAccountsUrl, fetch, clock });
    });
    return serveStandalone(env, io, 'Sync', sync);
  },
};
