import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { authError } from '../errors.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Who answers for a path without a route: the pages, or nobody. */
export type PageFallback = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;

/** JSON for what is not there: 405 with `Allow` where another method would be, 410 for `/v0`, 404 for the rest. */
export function installNotFound(app: FastifyInstance, pages: PageFallback): void {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? request.url;
    const allowed = METHODS.filter(
      (method) => method !== request.method && app.findRoute({ method, url: path }) !== null,
    );
    if (allowed.length > 0) {
      reply.header('allow', allowed.join(', '));
      throw authError('METHOD_NOT_ALLOWED');
    }
    if (path.startsWith('/v0/')) throw authError('ENDPOINT_GONE');
    const page = pages(request, reply);
    if (page !== undefined) return page;
    throw authError('NOT_FOUND');
  });
}
