import {
  cmsConfig,
  geoEligibility,
  newsletters,
  recoveryPhone,
  recoveryPhoneAvailable,
  recoveryPhoneDestroy,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function ask(method: string, path: string) {
  const init = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
  const response = await server.raw(`/v1${path}`, { method, ...init });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

describe('routes of the past answer 410 with errno 116', () => {
  test.each(['/certificate/sign', '/signinCodes', '/signinCodes/consume', '/account/lock'])('%s', async (path) => {
    expect((await ask('POST', path)).body).toMatchObject({ code: 410, errno: 116, error: 'Gone' });
  });
});

describe('features that are not there answer 403 with errno 202, and no Retry-After that would silence a client', () => {
  test.each([
    ['POST', '/account/stub'],
    ['POST', '/account/finish_setup'],
    ['POST', '/account/passwordless/send_code'],
    ['POST', '/account/passwordless/resend_code'],
    ['POST', '/account/passwordless/confirm_code'],
    ['POST', '/linked_account/login'],
    ['POST', '/linked_account/unlink'],
    ['POST', '/session/verify/send_push'],
    ['POST', '/session/verify/verify_push'],
    ['GET', '/passkeys'],
    ['POST', '/passkey/registration/start'],
    ['POST', '/passkey/authentication/finish'],
    ['PATCH', '/passkey/abcdef'],
    ['DELETE', '/passkey/abcdef'],
    ['GET', '/passkey/wraps/abcdef'],
    ['POST', '/recovery_phone/create'],
    ['POST', '/recovery_phone/signin/send_code'],
    ['POST', '/recovery_phone/reset_password/confirm'],
    ['POST', '/recovery_phone/confirm'],
    ['POST', '/mfa/recovery_phone/create'],
    ['DELETE', '/mfa/recovery_phone'],
  ])('%s %s', async (method, path) => {
    const { body, headers } = await ask(method, path);
    expect(body).toMatchObject({ code: 403, errno: 202 });
    expect(headers.get('retry-after')).toBeNull();
  });
});

test('questions about what is not there get an answer that clients can go on with', async () => {
  const { sessionToken } = await signUp(server, 'asking@example.com');
  const token = ['sessionToken', sessionToken] as const;
  expect(await server.ok(recoveryPhone, { token })).toEqual({ exists: false });
  expect(await server.ok(recoveryPhoneAvailable, { token })).toEqual({ available: false });
  expect(await server.fails(recoveryPhoneDestroy, { token })).toMatchObject({ code: 403, errno: 202 });
  expect(await server.ok(geoEligibility, { token, params: { feature: 'relay' } })).toEqual({ eligible: false });
  expect(await server.ok(cmsConfig, { query: { clientId: '98e6508e88680e1a' } })).toEqual({});
  expect(await server.ok(newsletters, { token, body: { newsletters: ['test-pilot'] } })).toEqual({});
  for (const endpoint of [recoveryPhone, recoveryPhoneAvailable]) {
    expect(await server.fails(endpoint)).toMatchObject({ errno: 110 });
  }
});

describe('links of old mails lead to the pages of this server, with their query', () => {
  test.each(['/verify_email', '/complete_reset_password'])('%s', async (path) => {
    const response = await server.raw(`/v1${path}?uid=ab&code=cd&next=//evil.example`);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`${server.url}${path}?uid=ab&code=cd&next=//evil.example`);
  });
});
