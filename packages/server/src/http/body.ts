import type { Endpoint, Family } from '@foxden/protocol';
import type { FastifyInstance } from 'fastify';
import { authError, oauthError, profileError } from '../errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body's bytes, for the payload hash of Hawk. */
    rawBody: Buffer | undefined;
    /** The body came as a form, so its numbers are text. */
    isForm: boolean;
  }
}

/** Thrown by the JSON parser; which errno it becomes depends on the family of the route. */
export class MalformedJson extends Error {}

/** Reads JSON and form bodies and keeps their bytes. An empty body is none. */
export function installBodyParsers(app: FastifyInstance): void {
  app.decorateRequest('rawBody', undefined);
  app.decorateRequest('isForm', false);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body;
    if (body.length === 0) return done(null, undefined);
    try {
      return done(null, JSON.parse(body.toString('utf8')));
    } catch (error) {
      return done(new MalformedJson('malformed JSON', { cause: error }));
    }
  });
  app.addContentTypeParser<Buffer>(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, body, done) => {
      request.rawBody = body;
      request.isForm = true;
      done(null, parseForm(body.toString('utf8')));
    },
  );
}

/** In a scope of its own, reads files of the given types instead, as bytes. */
export function installFileParser(scope: FastifyInstance, file: NonNullable<Endpoint['file']>): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<Buffer>(
    [...file.types],
    { parseAs: 'buffer', bodyLimit: file.maxBytes },
    (_request, body, done) => done(null, body),
  );
}

/** RFC 6749 §3.2: a parameter sent without a value is as if it were not sent; one sent twice is refused by the schema. */
function parseForm(text: string): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '') continue;
    const before = form[name];
    form[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return form;
}

/** The error of a body that is not JSON: errno 106 of the auth family; that of any bad parameter elsewhere. */
export function malformedJson(family: Family) {
  if (family === 'auth') return authError('INVALID_JSON');
  const error = family === 'profile' ? profileError : oauthError;
  return error('INVALID_PARAMETER', { validation: { source: 'payload', keys: [] } });
}

/** A body without its `null` members, for endpoints where those count as absent. */
export function withoutNulls(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
