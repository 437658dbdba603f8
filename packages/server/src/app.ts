import { randomBytes } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { allEndpoints } from '@foxden/protocol';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { absentRoutes, installAbsent } from './absent/index.js';
import { addressRoutes } from './addresses/routes.js';
import { attachedRoutes } from './attached/routes.js';
import { authRoutes } from './auth/routes.js';
import { commandRoutes } from './commands/routes.js';
import type { Context } from './context.js';
import {
  authenticateAccountResetToken,
  authenticateKeyFetchToken,
  authenticatePasswordChangeToken,
  authenticatePasswordForgotToken,
} from './credentials/index.js';
import { emailRoutes } from './emails/routes.js';
import { authError } from './errors.js';
import { installGraphql } from './graphql/index.js';
import { installAccessLog } from './http/access-log.js';
import type { Authenticators } from './http/authenticate.js';
import { installBodyParsers } from './http/body.js';
import { answerClientError } from './http/client-error.js';
import { commonHeaders, installCommonHeaders } from './http/common-headers.js';
import { installPreflight } from './http/cors.js';
import { errorAnswer } from './http/error-answer.js';
import { installHealth } from './http/health.js';
import { installErrorHandler, mountRoutes } from './http/mount.js';
import { installNotFound } from './http/not-found.js';
import { openApiDocument } from './http/openapi.js';
import { routeUpgrades } from './http/upgrade.js';
import { clientConfiguration, installWellKnown } from './http/well-known.js';
import { authenticateStepUp } from './mfa/index.js';
import { mfaRoutes } from './mfa/routes.js';
import { dispatch, type Mount } from './mount.js';
import {
  authenticateRefreshToken,
  authorizationRedirect,
  FORM_PAGES,
  formRedirect,
  oauthServerMetadata,
  openidConfiguration,
} from './oauth/index.js';
import { oauthRoutes } from './oauth/routes.js';
import { installPages } from './pages/index.js';
import { installPairing } from './pairing/index.js';
import { authenticateAccessToken, installPictures } from './profile/index.js';
import { profileRoutes } from './profile/routes.js';
import { recoveryRoutes } from './recovery/routes.js';
import { authenticateSession } from './sessions/index.js';
import { sessionRoutes } from './sessions/routes.js';
import { settingsRoutes } from './settings/routes.js';
import { unblockRoutes } from './unblock/routes.js';
import { VERSION } from './version.js';

/** Every route of the API, domain by domain. */
const API_ROUTES = [
  ...authRoutes,
  ...unblockRoutes,
  ...addressRoutes,
  ...settingsRoutes,
  ...absentRoutes,
  ...recoveryRoutes,
  ...sessionRoutes,
  ...emailRoutes,
  ...mfaRoutes,
  ...oauthRoutes,
  ...attachedRoutes,
  ...commandRoutes,
  ...profileRoutes,
];

/** Who a presented token speaks for is known by the domain that made it. */
const AUTHENTICATORS: Authenticators = {
  sessionToken: authenticateSession,
  keyFetchToken: authenticateKeyFetchToken,
  passwordChangeToken: authenticatePasswordChangeToken,
  passwordForgotToken: authenticatePasswordForgotToken,
  accountResetToken: authenticateAccountResetToken,
  mfa: authenticateStepUp,
  refreshToken: authenticateRefreshToken,
  accessToken: authenticateAccessToken,
};

/** The largest body any route reads (auth-api §0). */
const BODY_LIMIT = 16_384;

/** Schemas are `http/validate.ts`'s affair. Fastify would load compilers for them at every start, and never use them. */
const NO_SCHEMA_COMPILERS = { buildValidator: noCompiler, buildSerializer: noCompiler };

function noCompiler(): never {
  throw new Error('Routes give Fastify no schemas.');
}

/** Composes the domains into one HTTP app. The only file that knows them all. */
export async function buildApp(
  context: Context,
  server: HttpServer,
  mounts: readonly Mount[] = [],
): Promise<FastifyInstance> {
  const { config } = context;
  const headers = commonHeaders(context);
  const requestIdPrefix = randomBytes(4).toString('hex');
  let requestCount = 0;
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    schemaController: { compilersFactory: NO_SCHEMA_COMPILERS },
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    serverFactory: (handler) => {
      const handle = dispatch(mounts, handler);
      return server.on('request', handle).on('upgrade', routeUpgrades(handle));
    },
    genReqId: () => {
      requestCount += 1;
      return `${requestIdPrefix}-${requestCount.toString(36)}`;
    },
    frameworkErrors: (_error, _request, reply) => answerBadUrl(reply.headers(headers())),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, headers()),
  });

  installCommonHeaders(app, headers);
  installAccessLog(app, context);
  installBodyParsers(app);
  installErrorHandler(app, context);
  installPreflight(app);

  installHealth(app, context, VERSION);
  installWellKnown(app, {
    'fxa-client-configuration': clientConfiguration(config),
    'openid-configuration': openidConfiguration(config),
    'oauth-authorization-server': oauthServerMetadata(config),
  });
  mountRoutes(app, context, AUTHENTICATORS, API_ROUTES);
  installAbsent(app, config);
  installGraphql(app, context, AUTHENTICATORS, API_ROUTES);
  app.get('/v1/authorization', { config: { family: 'oauth' } }, async (request, reply) => {
    const query = request.url.split('?').slice(1).join('?');
    return reply.redirect(authorizationRedirect(config, query));
  });
  installPictures(app, context);
  installPairing(app, context);
  app.get('/openapi.json', async () =>
    openApiDocument(allEndpoints(), { title: config.siteName, version: VERSION, serverUrl: config.publicUrl }),
  );
  const pages = await installPages(app, config);
  for (const page of FORM_PAGES) {
    app.post(page, { config: { family: 'oauth' } }, async (request, reply) => {
      return reply.redirect(formRedirect(config, page, request.body), 303);
    });
    app.get(page, async (request, reply) => {
      const answer = pages(request, reply);
      if (answer === undefined) throw authError('NOT_FOUND');
      return answer;
    });
  }
  installNotFound(app, pages);
  return app;
}

/** A URL that cannot be decoded never reaches a route or the error handler. */
function answerBadUrl(reply: FastifyReply): void {
  const { status, body } = errorAnswer(authError('INVALID_PARAMETER'), 'auth');
  void reply.code(status).send(body);
}
