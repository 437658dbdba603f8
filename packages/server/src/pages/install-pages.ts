import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/index.js';
import type { PageFallback } from '../http/not-found.js';
import { clientConfiguration } from '../http/well-known.js';

/** @param sockets where pages may open WebSockets; not every browser takes 'self' for that */
function securityHeaders(sockets: string) {
  return {
    'content-security-policy': [
      "default-src 'self'",
      `connect-src 'self' ${sockets}`,
      "img-src 'self'",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

const ASSETS = '/assets/';

/** Where the built pages lie: in the package `@foxden/web`, which the server serves but does not import. */
function builtPages(): string {
  const resolve = createRequire(import.meta.url);
  return join(dirname(resolve.resolve('@foxden/web/package.json')), 'dist');
}

/**
 * Mounts the pages: hashed assets for a year, and the one document for every path that a person's browser asks for and
 * nobody else answers. Where it is none of the pages, the document says so, and so does the status. It is read once and
 * filled with what the pages must know of this server.
 */
export async function installPages(app: FastifyInstance, config: Config): Promise<PageFallback> {
  const root = builtPages();
  const template = await readFile(join(root, 'index.html'), 'utf8');
  const pairingServer = clientConfiguration(config).pairing_server_base_uri;
  const document = fillTemplate(template, config, pairingServer);
  const headers = securityHeaders(originOf(pairingServer));
  const paths = new Set(JSON.parse(await readFile(join(root, 'paths.json'), 'utf8')) as readonly string[]);

  await app.register(fastifyStatic, {
    root: join(root, 'assets'),
    prefix: ASSETS,
    immutable: true,
    maxAge: '365d',
    index: false,
    decorateReply: false,
    preCompressed: true,
    setHeaders: (reply) => {
      reply.header('x-content-type-options', 'nosniff');
    },
  });

  return (request, reply) => {
    const wantsPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      (request.headers.accept ?? '').includes('text/html') &&
      !request.url.startsWith('/v1/') &&
      !request.url.startsWith(ASSETS);
    if (!wantsPage) return undefined;
    return reply
      .code(paths.has(pathOf(request.url)) ? 200 : 404)
      .headers(headers)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(document);
  };
}

/** The path of a request as the pages compare it: without its query, and without slashes at its end. */
function pathOf(url: string): string {
  const path = url.split('?', 1)[0] ?? url;
  return path.replace(/\/+$/, '') || '/';
}

/** `URL.origin` knows no WebSockets. */
function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

function fillTemplate(template: string, config: Config, pairingServer: string): string {
  const base = `${new URL(config.publicUrl).pathname.replace(/\/$/, '')}/`;
  const { siteName, hideAccounts, publicUrl: issuer, pairingClients } = config;
  const settings = JSON.stringify({
    siteName,
    hideAccounts,
    issuer,
    pairingServer,
    ...(pairingClients !== null && { pairingClients }),
  });
  return template
    .replaceAll('%FOXDEN_BASE%', escapeAttribute(base))
    .replaceAll('%FOXDEN_CONFIG%', escapeAttribute(settings))
    .replaceAll('%FOXDEN_SITE_NAME%', escapeAttribute(config.siteName));
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
