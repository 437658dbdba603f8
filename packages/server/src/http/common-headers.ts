import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import { CORS_HEADERS } from './cors.js';

/** Makes the headers of one answer. */
export type CommonHeaders = () => Readonly<Record<string, string>>;

/** The headers that every answer has, success or error (auth-api §0). */
export function commonHeaders({ config, clock }: Pick<Context, 'config' | 'clock'>): CommonHeaders {
  const fixed = {
    ...CORS_HEADERS,
    ...(config.publicUrl.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
  return () => ({ timestamp: String(Math.floor(clock.now() / 1000)), ...fixed });
}

export function installCommonHeaders(app: FastifyInstance, headers: CommonHeaders): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers());
    done();
  });
}
