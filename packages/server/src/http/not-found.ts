import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { authError, type ServiceError } from '../errors.js';

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Who answers for a path without a route: the pages, or nobody. */
export type PageFallback = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;

/**
 * JSON for what is not there: 405 with `Allow` where another method would be, 410 for `/v0`, 404 for the rest. Decided
 * before a body is read: what is wrong with one that nobody wants does not matter.
 */
export function installNotFound(app: FastifyInstance, pages: PageFallback): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const refusal = refusalOf(app, request, reply);
    if (refusal !== undefined || pages(request, reply) === undefined) done(refusal ?? authError('NOT_FOUND'));
  });
  // The route of the assets exists, but not the file.
  app.setNotFoundHandler(() => {
    throw authError('NOT_FOUND');
  });
}

function refusalOf(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): ServiceError | undefined {
  const path = request.url.split('?', 1)[0] ?? request.url;
  const allowed = METHODS.filter(
    (method) => method !== request.method && app.findRoute({ method, url: path }) !== null,
  );
  if (allowed.length > 0) {
    reply.header('allow', allowed.join(', '));
    return authError('METHOD_NOT_ALLOWED');
  }
  return path.startsWith('/v0/') ? authError('ENDPOINT_GONE') : undefined;
}
