import { readFileSync } from 'node:fs';
import { AUTH_ERRORS, allEndpoints, oauthEndpoints } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer } from '../support/send.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string, headers: Record<string, string> = JSON_TYPE): RequestInit => ({
  method: 'POST',
  body,
  headers,
});

let server: TestServer;
let unknownSession: string;
beforeAll(async () => {
  server = await startTestServer();
  unknownSession = await bearer('sessionToken', 'ab'.repeat(32));
});
afterAll(() => server.close());

/** What no definition lists, because every route of its kind can answer it: a request for each. */
const COMMON: Readonly<Record<string, () => [path: string, init: RequestInit]>> = {
  INVALID_JSON: () => ['/account/login', post('{"email":')],
  INVALID_PARAMETER: () => ['/account/login', post('{"email":"fox","authPW":"00"}')],
  MISSING_PARAMETER: () => ['/account/login', post('{}')],
  INVALID_SIGNATURE: () => ['/session/reauth', { method: 'POST', headers: { authorization: unknownSession } }],
  INVALID_TOKEN: () => ['/session/status', { headers: { authorization: unknownSession } }],
  REQUEST_TOO_LARGE: () => ['/account/login', post(JSON.stringify({ email: 'x'.repeat(20_000) }))],
  INVALID_MFA_TOKEN: () => [
    '/mfa/totp/create',
    post('{}', { ...JSON_TYPE, authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA' }),
  ],
  ENDPOINT_GONE: () => ['/certificate/sign', post('{}')],
  FEATURE_NOT_ENABLED: () => ['/account/stub', post('{}')],
  NOT_FOUND: () => ['/account/of/nobody', {}],
  METHOD_NOT_ALLOWED: () => ['/account/login', {}],
  UNSUPPORTED_MEDIA_TYPE: () => ['/account/login', post('<login/>', { 'content-type': 'application/xml' })],
};

describe('errors that any route of a kind can answer', () => {
  test.each(Object.keys(COMMON))('%s', async (name) => {
    const [path, init] = COMMON[name]?.() ?? [''];
    // Authentication comes first: a body is missed only from who is somebody.
    if (name === 'INVALID_SIGNATURE') return expectMissingBody();
    const response = await server.raw(`/v1${path}`, init);
    const { status, errno, message } = AUTH_ERRORS[name as keyof typeof AUTH_ERRORS];
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: status, errno, message });
  });
});
