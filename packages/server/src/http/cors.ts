import type { FastifyInstance } from 'fastify';

/** Any page may call the API: what it may do is decided by the token it sends, never by a cookie (auth-api §0). */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Timestamp, Accept-Language, Retry-After, ETag',
} as const;

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-max-age': '86400',
  vary: 'Access-Control-Request-Headers',
} as const;

/** Answers the question a browser asks before a request of another origin (Fetch standard, CORS-preflight fetch). */
export function installPreflight(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS') return done();
    // `*` would not stand for Authorization.
    const wanted = request.headers['access-control-request-headers'];
    if (wanted !== undefined) reply.header('access-control-allow-headers', wanted);
    void reply.code(204).headers(PREFLIGHT_HEADERS).send();
  });
}
