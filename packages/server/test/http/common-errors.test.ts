import { readFileSync } from 'node:fs';
import { AUTH_ERRORS, allEndpoints } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUp } from '../support/person.js';
import { bearer } from '../support/send.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const PW = '0'.repeat(64);
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string, headers: Record<string, string> = JSON_TYPE): RequestInit => ({
  method: 'POST',
  body,
  headers,
});

let server: TestServer;
let session: string;
beforeAll(async () => {
  server = await startTestServer();
  const { sessionToken } = await signUp(server, 'common@example.com');
  session = await bearer('sessionToken', sessionToken);
});
afterAll(() => server.close());

/** What no definition lists, because every route of its kind can answer it: a request for each. */
const COMMON: Readonly<Record<string, () => [path: string, init: RequestInit]>> = {
  INVALID_JSON: () => ['/account/login', post('{"email":')],
  INVALID_PARAMETER: () => ['/account/login', post('{"email":"fox","authPW":"00"}')],
  MISSING_PARAMETER: () => ['/account/login', post('{}')],
  INVALID_SIGNATURE: () => ['/session/reauth', { method: 'POST', headers: { authorization: session } }],
  INVALID_TOKEN: () => ['/session/status', { headers: { authorization: session.replace(/.$/, 'x') } }],
  REQUEST_TOO_LARGE: () => ['/account/login', post(JSON.stringify({ email: 'x'.repeat(20_000) }))],
  INVALID_MFA_TOKEN: () => [
    '/mfa/totp/create',
    post('{}', { ...JSON_TYPE, authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA' }),
  ],
  ENDPOINT_GONE: () => ['/certificate/sign', post('{}')],
  FEATURE_NOT_ENABLED: () => ['/account/stub', post('{}')],
  NOT_FOUND: () => ['/account/of/nobody', {}],
  METHOD_NOT_ALLOWED: () => ['/account/login', {}],
  HEADERS_TOO_LARGE: () => ['/session/status', { headers: { 'x-long': 'x'.repeat(20_000) } }],
  UNSUPPORTED_MEDIA_TYPE: () => ['/account/login', post('<login/>', { 'content-type': 'application/xml' })],
};

/** Answers to bytes that never become a request: refused-early.test.ts sends them. */
const OF_NO_REQUEST = ['MALFORMED_REQUEST', 'REQUEST_TIMEOUT'];

describe('errors that any route of a kind can answer', () => {
  test.each(Object.keys(COMMON))('%s', async (name) => {
    const [path, init] = COMMON[name]?.() ?? [''];
    const response = await server.raw(`/v1${path}`, init);
    const { status, errno, message } = AUTH_ERRORS[name as keyof typeof AUTH_ERRORS];
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: status, errno, message });
  });
});

test('an accident is a 500 that tells nothing of it, and its cause is in the log', async () => {
  const { context } = server.server;
  const { storage } = context;
  const broken = new Proxy(storage, {
    get() {
      throw new Error('the disk is on fire');
    },
  });
  Object.assign(context, { storage: broken });
  try {
    const response = await server.raw('/v1/account/login', post(JSON.stringify({ email: 'a@b.example', authPW: PW })));
    const { status, errno, message } = AUTH_ERRORS.UNEXPECTED;
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(JSON.parse(text)).toMatchObject({ errno, message });
    expect(text).not.toContain('fire');
    expect(server.log.join('')).toContain('the disk is on fire');
  } finally {
    Object.assign(context, { storage });
  }
});

test('every error of the catalogue can happen somewhere, or the documentation says why it cannot', () => {
  const listed = Object.values(allEndpoints())
    .filter(({ family }) => family === 'auth')
    .flatMap(({ errors }) => errors);
  const table = readFileSync(new URL('../../../../docs/auth-routes.md', import.meta.url), 'utf8');
  const never = [...table.matchAll(/^\| ([A-Z_]+) \|/gm)].map(([, name = '']) => name);
  const possible = [...listed, ...Object.keys(COMMON), ...OF_NO_REQUEST, 'UNEXPECTED'];
  expect([...new Set([...possible, ...never])].sort()).toEqual(Object.keys(AUTH_ERRORS).sort());
  expect(never.filter((name) => possible.includes(name))).toEqual([]);
});
