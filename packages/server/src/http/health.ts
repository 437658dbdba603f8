import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import { authError } from '../errors.js';

/** Health and version (auth-api §10): outside `/v1`, for load balancers and people. */
export function installHealth(app: FastifyInstance, context: Context, version: string): void {
  app.get('/__lbheartbeat__', async () => ({}));
  app.get('/__heartbeat__', async () => {
    try {
      await context.storage.ping();
      return {};
    } catch (error) {
      context.log.error('database', { error: error instanceof Error ? error.message : String(error) });
      throw authError('SERVICE_UNAVAILABLE');
    }
  });
  app.get('/__version__', async (_request, reply) => {
    const body = { name: 'foxden', version };
    return reply.type('application/json; charset=utf-8').send(`${JSON.stringify(body, null, 2)}\n`);
  });
}
