import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/index.js';

/** What clients are told about where the services are (auth-api §10): every root is this server. */
export function clientConfiguration(config: Pick<Config, 'publicUrl'>) {
  return {
    auth_server_base_url: config.publicUrl,
    oauth_server_base_url: config.publicUrl,
    profile_server_base_url: config.publicUrl,
    sync_tokenserver_base_url: config.publicUrl,
    pairing_server_base_uri: config.publicUrl.replace(/^http/, 'ws'),
  };
}

/** Mounts documents below `/.well-known/` by name. */
export function installWellKnown(app: FastifyInstance, documents: Readonly<Record<string, object>>): void {
  for (const [name, document] of Object.entries(documents)) {
    app.get(`/.well-known/${name}`, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').send(document),
    );
  }
}
