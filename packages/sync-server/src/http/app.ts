import { hawkPayloadHash } from '@foxden/protocol';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { WEAVE_ERRORS, WeaveError } from '../errors.js';
import { RETRY_AFTER_SECONDS } from '../limits.js';
import type { StorageContext } from '../storage/index.js';
import { AccountsUnavailable, type Log } from '../surroundings.js';
import { type Centiseconds, centiseconds, formatTimestamp } from '../timestamp.js';
import { TokenError } from '../users/index.js';
import { type Answer, JSON_TYPE } from './answer.js';
import type { Authenticator } from './authenticate.js';
import { installCors } from './cors.js';
import { asWeaveError } from './errors.js';
import { infoRoutes } from './info-routes.js';
import { type Method, storageRequest } from './storage-route.js';
import { storageRoutes } from './storage-routes.js';
import { issueToken, type TokenServerContext } from './token-route.js';

/** What the app works with. */
export interface AppContext extends StorageContext, TokenServerContext {
  readonly log: Log;
  readonly authenticator: Authenticator;
  readonly version: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Payload hash that the authenticated request claims. */
    hawkHash: string | undefined;
  }
  interface FastifyContextConfig {
    /** Whose errors the route answers with; the storage's where nothing is said. */
    isTokenServer?: boolean;
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;
const USER = '/1.5/:uid(^[0-9]{1,10}$)';
/** An id of 64 characters, each percent-encoded, and room to be told that it is too long. */
const LONGEST_PARAMETER = 1024;

/** Composes the token server and the storage into one HTTP app. */
export function buildApp(context: AppContext): FastifyInstance {
  const app = fastify({
    bodyLimit: context.limits.max_request_bytes,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: (_error, _request, reply) => sendWeaveError(context, reply, new WeaveError('BAD_REQUEST')),
  });
  app.decorateRequest('hawkHash', undefined);
  installCors(app);
  installAccessLog(app, context);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => answerError(context, error, request, reply));
  app.setNotFoundHandler((_request, reply) => sendWeaveError(context, reply, new WeaveError('NOT_FOUND')));
  installHealth(app, context);
  installTokenServer(app, context);
  installStorage(app, context);
  return app;
}

function installStorage(app: FastifyInstance, context: AppContext): void {
  for (const { path, methods } of [...infoRoutes, ...storageRoutes]) {
    app.route({
      method: [...METHODS],
      url: USER + path,
      // Before the body is read: nobody unknown makes us hold megabytes.
      onRequest: async (request) => {
        const { method, url, headers } = request;
        request.hawkHash = context.authenticator.authenticate({
          method,
          url,
          authorization: headers.authorization,
          uid: uidOf(request),
        });
        if (methods[method as Method] === undefined) throw new WeaveError('METHOD_NOT_ALLOWED');
      },
      handler: async (request, reply) => {
        await requirePayloadHash(request);
        const handler = methods[request.method as Method];
        if (handler === undefined) throw new WeaveError('METHOD_NOT_ALLOWED');
        return sendAnswer(context, reply, await handler(storageRequest(context, uidOf(request), request)));
      },
    });
  }
}

function uidOf(request: FastifyRequest): number {
  return Number((request.params as { uid: string }).uid);
}

/** @throws WeaveError UNAUTHORIZED when the body is not the one that was signed */
async function requirePayloadHash({ hawkHash, headers, body }: FastifyRequest): Promise<void> {
  if (hawkHash === undefined) return;
  const payload = {
    contentType: headers['content-type'] ?? '',
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : '',
  };
  if ((await hawkPayloadHash(payload)) !== hawkHash) throw new WeaveError('UNAUTHORIZED');
}

function installTokenServer(app: FastifyInstance, context: AppContext): void {
  app.route({
    method: [...METHODS],
    url: '/1.0/:application/:version',
    config: { isTokenServer: true },
    onRequest: async (request, reply) => {
      reply.header('x-timestamp', String(Math.floor(context.clock.now() / 1000)));
      if (request.method !== 'GET') throw new TokenError('METHOD_NOT_ALLOWED');
    },
    handler: async (request, reply) => {
      const token = await issueToken(context, request, reply);
      return sendText(reply.header('cache-control', 'no-store'), JSON_TYPE, JSON.stringify(token));
    },
  });
}

function installHealth(app: FastifyInstance, context: AppContext): void {
  const { tables, version, quota, log } = context;
  app.get('/__lbheartbeat__', async () => ({}));
  app.get('/__version__', async () => ({ name: 'foxden-sync', version }));
  app.get('/__heartbeat__', async (_request, reply) => {
    const state = { version, quota: { enabled: quota !== null, size: quota ?? 0 } };
    try {
      await Promise.all([tables.users, ...tables.storages].map((storage) => storage.ping()));
      return { status: 'Ok', database: 'Ok', ...state };
    } catch (error) {
      log.error('sync.database', { error: error instanceof Error ? error.message : String(error) });
      return reply.code(503).send({ status: 'Err', database: 'Err', ...state });
    }
  });
}

/** One line a request: the route's pattern, never its parameters. */
function installAccessLog(app: FastifyInstance, { log }: AppContext): void {
  app.addHook('onResponse', (request, reply, done) => {
    log.info('sync.request', {
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
    done();
  });
}

function sendAnswer(context: AppContext, reply: FastifyReply, answer: Answer): FastifyReply {
  const { status = 200, body, contentType = JSON_TYPE, lastModified, isWrite, headers = {} } = answer;
  const time = isWrite === true ? lastModified : Math.max(now(context), lastModified);
  reply.code(status).headers({ ...headers, ...timeHeaders(time, lastModified) });
  return sendText(reply, contentType, body);
}

function sendWeaveError(context: AppContext, reply: FastifyReply, error: WeaveError): FastifyReply {
  const { status, code } = WEAVE_ERRORS[error.kind];
  const { lastModified } = error;
  reply.code(status).headers(timeHeaders(Math.max(now(context), lastModified ?? 0), lastModified));
  if (error.kind === 'CONFLICT') reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  return code === undefined ? reply.send() : sendText(reply, JSON_TYPE, String(code));
}

/** As bytes: to a text Fastify would add a charset, which these types do not have. */
function sendText(reply: FastifyReply, contentType: string, text: string): FastifyReply {
  return reply.header('content-type', contentType).send(Buffer.from(text));
}

function timeHeaders(time: Centiseconds, lastModified: Centiseconds | undefined): Record<string, string> {
  return {
    'x-weave-timestamp': formatTimestamp(time),
    ...(lastModified !== undefined && { 'x-last-modified': formatTimestamp(lastModified) }),
  };
}

function now({ clock }: AppContext): Centiseconds {
  return centiseconds(clock.now());
}

/** Answers whatever was thrown; what nobody expected is logged and stays inside. */
function answerError(context: AppContext, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const tokenError = asTokenError(error, request.routeOptions.config.isTokenServer === true);
  if (tokenError !== undefined) {
    if (tokenError.kind === 'UNEXPECTED') logUnexpected(context, error, request);
    return sendText(reply.code(tokenError.httpStatus), JSON_TYPE, JSON.stringify(tokenError.body));
  }
  const weave = asWeaveError(error);
  if (weave.kind === 'UNEXPECTED' || weave.kind === 'CONFLICT') logUnexpected(context, error, request);
  return sendWeaveError(context, reply, weave);
}

function asTokenError(error: unknown, isTokenServer: boolean): TokenError | undefined {
  if (error instanceof TokenError) return error;
  if (!isTokenServer) return undefined;
  return new TokenError(error instanceof AccountsUnavailable ? 'ACCOUNTS_UNAVAILABLE' : 'UNEXPECTED');
}

function logUnexpected({ log }: AppContext, error: unknown, request: FastifyRequest): void {
  log.error('sync.unexpected', {
    route: request.routeOptions.url,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
}
