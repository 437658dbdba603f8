import type { MountFactory, MountSurroundings } from '@foxden/server';
import { VERSION } from '@foxden/server';
import { createSyncServer, type SyncServer, type TokenVerifier } from '@foxden/sync-server';

const PURPOSE = 'foxden sync master secret';
const TOKEN_SERVER = '/1.0/';
const STORAGE = '/1.5/';
/** As long as Firefox waits itself, milliseconds: phones upload megabytes over slow networks. */
const UPLOAD_TIMEOUT = 300_000;

/** Sync beside the accounts: it verifies their tokens in this process, and hears when they change. */
export const syncMount: MountFactory = async (surroundings) => {
  const sync = await openSync(surroundings, { verify: (token) => surroundings.verifyAccessToken(token) });
  return {
    ...mountOf(sync, [TOKEN_SERVER, STORAGE]),
    listener: {
      name: 'sync',
      events: ['delete', 'reset', 'passwordChange'],
      async receive({ name, uid, details }) {
        if (name === 'delete') await sync.forgetAccount(uid);
        else if ('generation' in details) await sync.signOutBefore(uid, details.generation);
      },
    },
  };
};

/** Sync alone, for the accounts of a server that is somewhere else. */
export function standaloneSync(verifierOf: (surroundings: MountSurroundings) => TokenVerifier): MountFactory {
  return async (surroundings) => mountOf(await openSync(surroundings, verifierOf(surroundings)), ['/']);
}

function mountOf(sync: SyncServer, paths: readonly string[]) {
  return {
    paths,
    requestTimeout: UPLOAD_TIMEOUT,
    handle: (...pair: Parameters<SyncServer['handle']>) => sync.handle(...pair),
    close: () => sync.close(),
  };
}

function openSync(surroundings: MountSurroundings, verifier: TokenVerifier): Promise<SyncServer> {
  const { config, clock, random, log } = surroundings;
  const secret = () => Buffer.from(surroundings.deriveSecret(PURPOSE)).toString('hex');
  return createSyncServer({
    databaseUrl: config.syncDatabaseUrl,
    publicUrl: config.publicUrl,
    masterSecret: config.syncMasterSecret ?? secret(),
    verifier,
    emailDomain: config.syncEmailDomain,
    allowNewUsers: config.syncNewUsers,
    tokenDuration: config.syncTokenSeconds,
    quota: config.syncQuotaMegabytes === null ? null : config.syncQuotaMegabytes * 1024 * 1024,
    maxPostRecords: config.syncMaxPostRecords,
    maxPostBytes: config.syncMaxPostBytes,
    clock,
    random,
    log,
    version: VERSION,
  });
}
