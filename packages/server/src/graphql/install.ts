import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import { authError } from '../errors.js';
import type { Authenticators } from '../http/authenticate.js';
import { callerOf } from '../http/mount.js';
import type { Route } from '../http/route.js';
import { readAllowedTexts } from './allowed-texts.js';
import type { Engine, GraphqlAnswer } from './engine.js';
import { Gateway } from './gateway.js';
import { LIMITS } from './limits.js';
import { PLAYGROUND, PLAYGROUND_HEADERS } from './playground.js';
import { readRequests } from './read-requests.js';

const PATH = '/graphql';

/** In the words of the reference (graphql §3). */
const UNSANCTIONED = { statusCode: 403, message: 'Unsanctioned Graphql Query' } as const;

/**
 * Mounts the GraphQL API (graphql §2, §3). The library is loaded at the first request: most servers are asked for nothing
 * but REST.
 */
export function installGraphql(
  app: FastifyInstance,
  context: Context,
  authenticators: Authenticators,
  routes: readonly Route[],
): void {
  const { config } = context;
  const twins = { context, authenticators, routes: new Map(routes.map((route) => [route.endpoint, route])) };
  const origins = new Set([new URL(config.publicUrl).origin, ...config.graphqlOrigins]);
  const allowedTexts = readAllowedTexts(config);
  let engine: Promise<Engine> | undefined;

  async function loadEngine(): Promise<Engine> {
    const { createEngine } = await import('./engine.js');
    return createEngine({ introspection: config.graphqlTools }, (error, { requestId }) => {
      context.log.error('unexpected', {
        requestId,
        route: PATH,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    });
  }

  app.post(PATH, { bodyLimit: LIMITS.body, config: { family: 'auth' } }, async (request, reply) => {
    allowOrigin(origins, request, reply);
    // A form can be sent across origins without being asked first; it never is an operation.
    if (request.isForm) throw authError('UNSUPPORTED_MEDIA_TYPE');
    const requests = readRequests(request.body);
    reply.header('cache-control', 'no-store');
    const isSanctioned = allowedTexts === undefined || requests.every(({ query }) => allowedTexts.has(query));
    if (!isSanctioned) return reply.code(403).send(UNSANCTIONED);
    engine ??= loadEngine();
    const gateway = new Gateway(twins, callerOf(request), request.headers.authorization);
    const answers = await (await engine).run(requests, gateway);
    if (Array.isArray(request.body)) return reply.code('length' in answers ? 200 : 400).send(answers);
    const answer = 'length' in answers ? (answers[0] ?? {}) : answers;
    request.errno = errnoOf(answer);
    // Without data, nothing was run (GraphQL over HTTP, §6.4).
    return reply.code('data' in answer ? 200 : 400).send(answer);
  });

  if (config.graphqlTools) app.get(PATH, async (_request, reply) => reply.headers(PLAYGROUND_HEADERS).send(PLAYGROUND));
}

/**
 * Lets pages of these origins read the answer, and runs nothing for those of others. Who is no browser names no origin.
 * @throws FORBIDDEN
 */
function allowOrigin(origins: ReadonlySet<string>, request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  reply.header('vary', 'Origin').removeHeader('access-control-allow-origin');
  if (origin === undefined) return;
  if (!origins.has(origin)) throw authError('FORBIDDEN');
  reply.header('access-control-allow-origin', origin);
}

function errnoOf({ errors }: GraphqlAnswer): number | undefined {
  const errno = errors?.[0]?.extensions?.['errno'];
  return typeof errno === 'number' ? errno : undefined;
}
