import { allEndpoints } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import * as client from '../src/index.js';
import { json, scripted } from './scripted-fetch.js';

const sessionToken = 'a0'.repeat(32);
const passwordForgotToken = 'f0'.repeat(32);
const clientId = 'dcdb5ae7add825d2';
const stepUpToken = 'head.claims.mac';
const uid = 'ab'.repeat(16);

type Call = (auth: client.AuthClient) => Promise<unknown>;

/** What each one-call function sends: method and path, whose token, body. */
const calls: Record<string, [call: Call, sends: string, token: keyof typeof tokens, body?: object]> = {
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
  getTotpStatus: [(auth) => client.getTotpStatus(auth, { sessionToken }), 'GET /totp/exists', 'fxs'],
  'getTotpStatus in a reset': [
    (auth) => client.getTotpStatus(auth, { passwordForgotToken }),
    'GET /totp/exists',
    'fxpf',
  ],
  verifySessionTotp: [
    (auth) => client.verifySessionTotp(auth, sessionToken, { code: '123456', service: 'sync' }),
    'POST /session/verify/totp',
    'fxs',
    { code: '123456', service: 'sync' },
  ],
  verifySessionBackupCode: [
    (auth) => client.verifySessionBackupCode(auth, sessionToken, 'abcdefghjk'),
    'POST /session/verify/recoveryCode',
    'fxs',
    { code: 'abcdefghjk' },
  ],
  verifyResetTotp: [
    (auth) => client.verifyResetTotp(auth, passwordForgotToken, '123456'),
    'POST /totp/verify',
    'fxpf',
    { code: '123456' },
  ],
  verifyResetBackupCode: [
    (auth) => client.verifyResetBackupCode(auth, passwordForgotToken, 'abcdefghjk'),
    'POST /totp/verify/recoveryCode',
    'fxpf',
    { code: 'abcdefghjk' },
  ],
  sendForgotOtp: [
    (auth) => client.sendForgotOtp(auth, { email: 'a@example.org' }),
    'POST /password/forgot/send_otp',
    'none',
    { email: 'a@example.org' },
  ],
  verifyForgotOtp: [
    (auth) => client.verifyForgotOtp(auth, { email: 'a@example.org', code: '12345678' }),
    'POST /password/forgot/verify_otp',
    'none',
    { email: 'a@example.org', code: '12345678' },
  ],
  verifyForgotCode: [
    (auth) => client.verifyForgotCode(auth, passwordForgotToken, { code: uid }),
    'POST /password/forgot/verify_code',
    'fxpf',
    { code: uid },
  ],
  getRecoveryKeyStatus: [
    (auth) => client.getRecoveryKeyStatus(auth, { passwordForgotToken }),
    'POST /recoveryKey/exists',
    'fxpf',
    {},
  ],
  getRecoveryKeyHint: [(auth) => client.getRecoveryKeyHint(auth, sessionToken), 'GET /recoveryKey/hint', 'fxs'],
  setRecoveryKeyHint: [
    (auth) => client.setRecoveryKeyHint(auth, sessionToken, 'drawer'),
    'POST /recoveryKey/hint',
    'fxs',
    { hint: 'drawer' },
  ],
  deleteRecoveryKey: [(auth) => client.deleteRecoveryKey(auth, stepUpToken), 'DELETE /mfa/recoveryKey', 'stepUp'],
  getAccount: [(auth) => client.getAccount(auth, sessionToken), 'GET /account', 'fxs'],
  getAccountEmails: [(auth) => client.getAccountEmails(auth, sessionToken), 'GET /account/emails', 'fxs'],
  getSecurityEvents: [(auth) => client.getSecurityEvents(auth, sessionToken), 'GET /securityEvents', 'fxs'],
  chooseMetrics: [
    (auth) => client.chooseMetrics(auth, sessionToken, 'out'),
    'POST /account/metrics_opt',
    'fxs',
    { state: 'out' },
  ],
  setLocale: [(auth) => client.setLocale(auth, sessionToken, 'ar'), 'POST /account/locale', 'fxs', { locale: 'ar' }],
  getAttachedClients: [(auth) => client.getAttachedClients(auth, sessionToken), 'GET /account/attached_clients', 'fxs'],
  disconnectClient: [
    (auth) => client.disconnectClient(auth, sessionToken, { clientId }),
    'POST /account/attached_client/destroy',
    'fxs',
    { clientId },
  ],
  getAuthorizations: [(auth) => client.getAuthorizations(auth, sessionToken), 'GET /account/authorizations', 'fxs'],
  revokeAuthorization: [
    (auth) => client.revokeAuthorization(auth, sessionToken, { clientId, scope: 'openid' }),
    'POST /account/authorization/destroy',
    'fxs',
    { clientId, scope: 'openid' },
  ],
  requestStepUpCode: [
    (auth) => client.requestStepUpCode(auth, sessionToken, 'email'),
    'POST /mfa/otp/request',
    'fxs',
    { action: 'email' },
  ],
  verifyStepUpCode: [
    (auth) => client.verifyStepUpCode(auth, sessionToken, { action: 'email', code: '123456' }),
    'POST /mfa/otp/verify',
    'fxs',
    { action: 'email', code: '123456' },
  ],
  getEmails: [(auth) => client.getEmails(auth, sessionToken), 'GET /recovery_emails', 'fxs'],
  addEmail: [
    (auth) => client.addEmail(auth, stepUpToken, 'b@example.org'),
    'POST /mfa/recovery_email',
    'stepUp',
    { email: 'b@example.org' },
  ],
  verifyAddedEmail: [
    (auth) => client.verifyAddedEmail(auth, stepUpToken, { email: 'b@example.org', code: '123456' }),
    'POST /mfa/recovery_email/secondary/verify_code',
    'stepUp',
    { email: 'b@example.org', code: '123456' },
  ],
  resendAddedEmailCode: [
    (auth) => client.resendAddedEmailCode(auth, stepUpToken, 'b@example.org'),
    'POST /mfa/recovery_email/secondary/resend_code',
    'stepUp',
    { email: 'b@example.org' },
  ],
  removeEmail: [
    (auth) => client.removeEmail(auth, stepUpToken, 'b@example.org'),
    'POST /mfa/recovery_email/destroy',
    'stepUp',
    { email: 'b@example.org' },
  ],
  setPrimaryEmail: [
    (auth) => client.setPrimaryEmail(auth, stepUpToken, 'b@example.org'),
    'POST /mfa/recovery_email/set_primary',
    'stepUp',
    { email: 'b@example.org' },
  ],
  createTotp: [(auth) => client.createTotp(auth, stepUpToken), 'POST /mfa/totp/create', 'stepUp', {}],
  verifyTotpSetup: [
    (auth) => client.verifyTotpSetup(auth, stepUpToken, '123456'),
    'POST /mfa/totp/setup/verify',
    'stepUp',
    { code: '123456' },
  ],
  completeTotpSetup: [
    (auth) => client.completeTotpSetup(auth, stepUpToken),
    'POST /mfa/totp/setup/complete',
    'stepUp',
    {},
  ],
  beginTotpReplacement: [
    (auth) => client.beginTotpReplacement(auth, stepUpToken),
    'POST /mfa/totp/replace/start',
    'stepUp',
    {},
  ],
  confirmTotpReplacement: [
    (auth) => client.confirmTotpReplacement(auth, stepUpToken, '123456'),
    'POST /mfa/totp/replace/confirm',
    'stepUp',
    { code: '123456' },
  ],
  destroyTotp: [(auth) => client.destroyTotp(auth, stepUpToken), 'POST /mfa/totp/destroy', 'stepUp', {}],
  setFirstBackupCodes: [
    (auth) => client.setFirstBackupCodes(auth, stepUpToken, ['abcdefgh']),
    'POST /mfa/recoveryCodes',
    'stepUp',
    { recoveryCodes: ['abcdefgh'] },
  ],
  replaceBackupCodes: [
    (auth) => client.replaceBackupCodes(auth, stepUpToken, ['abcdefgh']),
    'PUT /mfa/recoveryCodes',
    'stepUp',
    { recoveryCodes: ['abcdefgh'] },
  ],
  setDisplayName: [
    (auth) => client.setDisplayName(auth, 'access', 'Rosa'),
    'POST /display_name',
    'oauth',
    { displayName: 'Rosa' },
  ],
  getAvatar: [(auth) => client.getAvatar(auth, 'access'), 'GET /avatar', 'oauth'],
  deleteAvatar: [(auth) => client.deleteAvatar(auth, 'access', uid), `DELETE /avatar/${uid}`, 'oauth'],
  sendUnblockCode: [
    (auth) => client.sendUnblockCode(auth, 'a@example.org'),
    'POST /account/login/send_unblock_code',
    'none',
    { email: 'a@example.org' },
  ],
  rejectUnblockCode: [
    (auth) => client.rejectUnblockCode(auth, { uid, unblockCode: 'ABCD1234' }),
    'POST /account/login/reject_unblock_code',
    'none',
    { uid, unblockCode: 'ABCD1234' },
  ],
};

const tokens = {
  fxs: /^Bearer fxs_[0-9a-f]{64}$/,
  fxpf: /^Bearer fxpf_[0-9a-f]{64}$/,
  oauth: /^Bearer access$/,
  stepUp: /^Bearer head\.claims\.mac$/,
  none: /^$/,
};

/** What is answered with a list. */
const lists = Object.values(allEndpoints())
  .filter(({ response }) => response['type'] === 'array')
  .map(({ method, path }) => `${method} ${path}`);

describe.each(Object.entries(calls))('%s', (_, [call, sends, token, body]) => {
  it(`sends ${sends} with ${token === 'none' ? 'no token' : `the ${token} token`}`, async () => {
    const server = scripted(json(lists.includes(sends) ? [] : { exists: true }));
    await call(client.createAuthClient({ baseUrl: 'https://accounts.example.org', fetch: server.fetch }));
    expect(server.calls()).toEqual([sends]);
    expect(server.sent[0]?.headers.get('Authorization') ?? '').toMatch(tokens[token]);
    expect(server.sent[0]?.body).toEqual(body ?? {});
  });
});

it('covers every function of the package that is one call', () => {
  const flows = ['signIn', 'signUp', 'reauthenticate', 'accountKeys', 'destroyAccount', 'sealScopedKeys'];
  flows.push('openRecoveryKey', 'resetPassword', 'createRecoveryKey', 'changePassword', 'uploadAvatar');
  const rest = ['createAuthClient', 'createBareClient', 'upgradeCredentials', 'isAuthError', 'AuthClientError'];
  const oneCall = Object.keys(client).filter((name) => !flows.includes(name) && !rest.includes(name));
  expect(Object.keys(calls)).toEqual(expect.arrayContaining(oneCall));
});
