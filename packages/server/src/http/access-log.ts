import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the error answered, for the log. */
    errno: number | undefined;
  }
}

/** One line a request: the route's pattern, never its parameters, so that no token or code of a URL is written down. */
export function installAccessLog(app: FastifyInstance, context: Context): void {
  app.decorateRequest('errno', undefined);
  app.addHook('onResponse', (request, reply, done) => {
    context.log.info('request', {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      errno: request.errno,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
    done();
  });
}
