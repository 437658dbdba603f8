import type { Family } from '@foxden/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Context } from '../context.js';
import { authError, oauthError } from '../errors.js';
// Declares the `errno` of a request.
import type {} from './access-log.js';
import { type Authenticators, authenticate } from './authenticate.js';
import { installFileParser, MalformedJson, malformedJson, withoutNulls } from './body.js';
import { asServiceError, errorAnswer } from './error-answer.js';
import { perform } from './perform.js';
import { Answer, type Route } from './route.js';

/** Root of the API below the public URL. */
export const API_ROOT = '/v1';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Decides how errors of the route are numbered, also those that come before its handler. */
    family?: Family;
  }
}

/** Mounts a domain's routes: authentication, validation, limits, then the operation. */
export function mountRoutes(
  app: FastifyInstance,
  context: Context,
  authenticators: Authenticators,
  routes: readonly Route[],
): void {
  for (const route of routes) {
    const { endpoint } = route;
    const mount = (scope: FastifyInstance) =>
      scope.route({
        method: endpoint.method,
        url: API_ROOT + endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
        config: { family: endpoint.family },
        handler: (request, reply) => answer(context, authenticators, route, request, reply),
      });
    const { file } = endpoint;
    if (file === undefined) mount(app);
    else {
      app.register(async (scope) => {
        installFileParser(scope, file);
        mount(scope);
      });
    }
  }
}

async function answer(
  context: Context,
  authenticators: Authenticators,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { endpoint, options } = route;
  const credentials = await authenticate(context, authenticators, endpoint, request);
  const body = readBody(route, request);
  const { params, query, headers } = request;
  const result = await perform(context, route, {
    params,
    query,
    body,
    isForm: request.isForm,
    credentials,
    caller: callerOf(request),
    headers,
  });
  reply.header('cache-control', 'no-store');
  if (options.headers !== undefined) reply.headers(options.headers);
  if (!(result instanceof Answer)) return result;
  return reply.code(result.status).headers(result.headers).send(result.body);
}

/** @throws INVALID_SIGNATURE when a body is required and missing; INVALID_CONTENT_TYPE for a form where none is read */
function readBody(route: Route, request: FastifyRequest): unknown {
  const { endpoint } = route;
  if (endpoint.file !== undefined) return request.body ?? new Uint8Array();
  if (request.isForm && endpoint.form !== true) {
    throw endpoint.family === 'oauth' ? oauthError('INVALID_CONTENT_TYPE') : authError('UNSUPPORTED_MEDIA_TYPE');
  }
  if (request.body === undefined) {
    if (endpoint.bodyRequired === true) throw authError('INVALID_SIGNATURE', { detail: 'Payload is required' });
    return {};
  }
  return endpoint.nullIsAbsent === true ? withoutNulls(request.body) : request.body;
}

export function callerOf(request: FastifyRequest): Caller {
  return {
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    acceptLanguage: shortened(request.headers['accept-language']),
  };
}

/** A list of languages of at most 255 characters: what is longer ends at a comma before (auth-api §0). */
function shortened(languages: string | undefined): string | undefined {
  if (languages === undefined || languages.length < 256) return languages;
  return languages.slice(0, languages.lastIndexOf(',', 255)).slice(0, 255);
}

/** Answers whatever was thrown as JSON of the route's family; what nobody expected is logged with its stack. */
export function installErrorHandler(app: FastifyInstance, context: Context): void {
  app.setErrorHandler((error, request, reply) => {
    const family = request.routeOptions.config.family ?? 'auth';
    const service = error instanceof MalformedJson ? malformedJson(family) : asServiceError(error, family);
    const { status, headers, body } = errorAnswer(service, family, request.headers['accept-language']);
    if (status >= 500 && service.cause !== undefined) {
      const cause = service.cause;
      context.log.error('unexpected', {
        requestId: request.id,
        route: request.routeOptions.url,
        error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      });
    }
    request.errno = body.errno;
    return reply.code(status).headers(headers).send(body);
  });
}
