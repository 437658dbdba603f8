import { describe, expect, it } from 'vitest';
import * as client from '../src/index.js';
import { json, scripted } from './scripted-fetch.js';

const sessionToken = 'a0'.repeat(32);
const clientId = 'dcdb5ae7add825d2';
const uid = 'ab'.repeat(16);

type Call = (auth: client.AuthClient) => Promise<unknown>;

/** What each one-call function sends: method and path, whose token, body. */
const calls: Record<string, [call: Call, sends: string, token: 'fxs' | 'oauth' | 'none', body?: object]> = {
  getAccountStatus: [
    (auth) => client.getAccountStatus(auth, { email: 'a@example.org', thirdPartyAuthStatus: true }),
    'POST /account/status',
    'none',
    { email: 'a@example.org', thirdPartyAuthStatus: true },
  ],
  accountExists: [(auth) => client.accountExists(auth, uid), `GET /account/status?uid=${uid}`, 'none'],
  getSessionStatus: [(auth) => client.getSessionStatus(auth, sessionToken), 'GET /session/status', 'fxs'],
  destroySession: [(auth) => client.destroySession(auth, sessionToken), 'POST /session/destroy', 'fxs', {}],
  duplicateSession: [
    (auth) => client.duplicateSession(auth, sessionToken, { reason: 'migration' }),
    'POST /session/duplicate',
    'fxs',
    { reason: 'migration' },
  ],
  verifySessionCode: [
    (auth) => client.verifySessionCode(auth, sessionToken, { code: '123456' }),
    'POST /session/verify_code',
    'fxs',
    { code: '123456' },
  ],
  resendSessionCode: [(auth) => client.resendSessionCode(auth, sessionToken), 'POST /session/resend_code', 'fxs', {}],
  getEmailStatus: [(auth) => client.getEmailStatus(auth, sessionToken), 'GET /recovery_email/status', 'fxs'],
  verifyEmailCode: [
    (auth) => client.verifyEmailCode(auth, { uid, code: uid }),
    'POST /recovery_email/verify_code',
    'none',
    { uid, code: uid },
  ],
  resendEmailCode: [
    (auth) => client.resendEmailCode(auth, sessionToken),
    'POST /recovery_email/resend_code',
    'fxs',
    {},
  ],
  getClient: [(auth) => client.getClient(auth, clientId), `GET /oauth/client/${clientId}`, 'none'],
  createAuthorizationCode: [
    (auth) => client.createAuthorizationCode(auth, sessionToken, { client_id: clientId, state: 's', scope: 'profile' }),
    'POST /oauth/authorization',
    'fxs',
    { client_id: clientId, state: 's', scope: 'profile' },
  ],
  requestTokens: [
    (auth) => client.requestTokens(auth, { client_id: clientId, grant_type: 'refresh_token' }),
    'POST /oauth/token',
    'none',
    { client_id: clientId, grant_type: 'refresh_token' },
  ],
  'requestTokens with a session': [
    (auth) => client.requestTokens(auth, { client_id: clientId, grant_type: 'fxa-credentials' }, sessionToken),
    'POST /oauth/token',
    'fxs',
    { client_id: clientId, grant_type: 'fxa-credentials' },
  ],
  destroyToken: [
    (auth) => client.destroyToken(auth, { token: 'abc' }),
    'POST /oauth/destroy',
    'none',
    { token: 'abc' },
  ],
  getScopedKeyData: [
    (auth) => client.getScopedKeyData(auth, sessionToken, { client_id: clientId, scope: 'profile' }),
    'POST /account/scoped-key-data',
    'fxs',
    { client_id: clientId, scope: 'profile' },
  ],
  verifyIdToken: [
    (auth) => client.verifyIdToken(auth, { client_id: clientId, id_token: 'a.b.c' }),
    'POST /oauth/id-token-verify',
    'none',
    { client_id: clientId, id_token: 'a.b.c' },
  ],
  describeLogout: [
    (auth) => client.describeLogout(auth, { client_id: clientId }, sessionToken),
    'POST /oauth/logout',
    'fxs',
    { client_id: clientId },
  ],
  getProfile: [(auth) => client.getProfile(auth, 'access'), 'GET /profile', 'oauth'],
};

const tokens = { fxs: /^Bearer fxs_[0-9a-f]{64}$/, oauth: /^Bearer access$/, none: /^$/ };

describe.each(Object.entries(calls))('%s', (_, [call, sends, token, body]) => {
  it(`sends ${sends} with ${token === 'none' ? 'no token' : `the ${token} token`}`, async () => {
    const server = scripted(json({ exists: true }));
    await call(client.createAuthClient({ baseUrl: 'https://accounts.example.org', fetch: server.fetch }));
    expect(server.calls()).toEqual([sends]);
    expect(server.sent[0]?.headers.get('Authorization') ?? '').toMatch(tokens[token]);
    expect(server.sent[0]?.body).toEqual(body ?? {});
  });
});

it('covers every function of the package that is one call', () => {
  const flows = ['signIn', 'signUp', 'reauthenticate', 'accountKeys', 'destroyAccount', 'sealScopedKeys'];
  const rest = ['createAuthClient', 'upgradeCredentials', 'isAuthError', 'AuthClientError'];
  const oneCall = Object.keys(client).filter((name) => !flows.includes(name) && !rest.includes(name));
  expect(Object.keys(calls)).toEqual(expect.arrayContaining(oneCall));
});
