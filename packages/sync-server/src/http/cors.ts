import type { FastifyInstance } from 'fastify';

const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'User-Agent',
  'X-Last-Modified',
  'X-Weave-Timestamp',
  'X-Weave-Next-Offset',
  'X-Weave-Records',
  'X-Weave-Bytes',
  'X-Weave-Total-Records',
  'X-Weave-Total-Bytes',
  'X-Verify-Code',
  'X-KeyID',
  'X-Client-State',
  'X-If-Modified-Since',
  'X-If-Unmodified-Since',
].join(', ');

const EXPOSED_HEADERS = [
  'X-Last-Modified',
  'X-Weave-Timestamp',
  'X-Weave-Next-Offset',
  'X-Weave-Records',
  'X-Weave-Quota-Remaining',
  'X-Timestamp',
  'Retry-After',
].join(', ');

const MAX_AGE_SECONDS = '1728000';

/** Pages of any origin may sync: what they may see is decided by the signature they send (sync §4.4). */
export function installCors(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    if (origin !== undefined) {
      reply.headers({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': EXPOSED_HEADERS,
        vary: 'Origin',
      });
    }
    if (request.method !== 'OPTIONS') return done();
    void reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'DELETE, GET, POST, PUT',
        'access-control-allow-headers': ALLOWED_HEADERS,
        'access-control-max-age': MAX_AGE_SECONDS,
      })
      .send();
  });
}
