import { attachedClients, oauthEndpoints, sessionStatus } from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RED_PNG } from '../profile/pictures.js';
import { codeOf, stepUpToken, turnTotpOn } from '../support/authenticator.js';
import { graphqlCaller, runGraphql } from '../support/graphql.js';
import { storeRecoveryKey } from '../support/passwords.js';
import { signIn, signUp } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const SETTINGS = '98e6508e88680e1a';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const { ask, change, refused } = graphqlCaller(() => server);

describe('queries of the settings app', () => {
  test('GetInitialSettingsState has what the REST routes say', async () => {
    const email = 'settings@example.com';
    const { uid, sessionToken } = await signUp(server, email);
    const { account, session } = await ask<{ account: Record<string, unknown>; session: unknown }>(
      `query GetInitialSettingsState {
        account {
          uid displayName avatar { id url } accountCreated passwordCreated
          recoveryKey { exists estimatedSyncDeviceCount } metricsEnabled
          emails { email isPrimary verified }
          attachedClients {
            clientId isCurrentSession userAgent createdTime createdTimeFormatted deviceId deviceType lastAccessTime
            lastAccessTimeFormatted name os sessionTokenId refreshTokenId scope
            location { city country state stateCode }
          }
          totp { exists verified } backupCodes { hasBackupCodes count }
          recoveryPhone { exists phoneNumber nationalFormat available }
          subscriptions { created productName } linkedAccounts { providerId authAt enabled }
        }
        session { verified }
      }`,
      {},
      sessionToken,
    );
    const now = server.clock.now();
    const [client] = await server.ok(attachedClients, { token: ['sessionToken', sessionToken] });
    expect(account).toEqual({
      uid,
      displayName: null,
      avatar: { id: 'default-S', url: `${server.url}/v1/avatar/S` },
      accountCreated: now,
      passwordCreated: now,
      recoveryKey: { exists: false, estimatedSyncDeviceCount: 0 },
      metricsEnabled: true,
      emails: [{ email, isPrimary: true, verified: true }],
      attachedClients: [{ ...client, location: { city: null, country: null, state: null, stateCode: null } }],
      totp: { exists: false, verified: false },
      backupCodes: { hasBackupCodes: false, count: 0 },
      recoveryPhone: { exists: false, phoneNumber: null, nationalFormat: null, available: false },
      subscriptions: [],
      linkedAccounts: [],
    });
    expect(session).toEqual({ verified: true });
  });

  test.each([
    [
      'GetInitialMetricsState',
      'account { uid recoveryKey { exists } metricsEnabled emails { email } totp { exists } }',
    ],
    ['GetProfileInfo', 'account { uid displayName avatar { id url } }'],
    ['GetConnectedClients', 'account { attachedClients { clientId name approximateLastAccessTime } }'],
    ['GetRecoveryKeyExists', 'account { recoveryKey { exists estimatedSyncDeviceCount } }'],
    ['GetTotpStatus', 'account { totp { exists verified } }'],
    ['GetBackupCodesStatus', 'account { backupCodes { hasBackupCodes count } }'],
    ['GetSecurityEvents', 'account { securityEvents { name createdAt verified } }'],
    ['GetRecoveryPhoneStatus', 'account { recoveryPhone { exists phoneNumber nationalFormat available } }'],
    ['GetSession', 'session { verified }'],
    ['GetSessionStatus', 'sessionStatus { uid state }'],
  ])('%s runs', async (name, selection) => {
    const { sessionToken } = await signUp(server, `${name}@example.com`);
    expect(Object.values(await ask<object>(`query ${name} { ${selection} }`, {}, sessionToken))).toHaveLength(1);
  });

  test('GetClientInfo and GetProductInfo', async () => {
    const info = `query GetClientInfo($input: String!) {
      clientInfo(input: $input) { clientId imageUri serviceName redirectUri trusted }
      productInfo(input: "prod_1") { subscriptionProductId subscriptionProductName }
    }`;
    expect(await ask(info, { input: SETTINGS })).toMatchObject({
      clientInfo: { clientId: SETTINGS, trusted: true },
      productInfo: { subscriptionProductId: null, subscriptionProductName: null },
    });
    const { errors } = await runGraphql(server, info, { input: '0123456789abcdef' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 400, errno: 162 });
  });

  test('tokens and accounts are told of, wrong ones without an error', async () => {
    const { uid, sessionToken } = await signUp(server, 'told@example.com');
    const query = `query ($token: String!, $by: AccountStatusInput!) {
      isValidToken(sessionToken: $token)
      accountStatus(input: $by) { exists }
    }`;
    const nobody = '0'.repeat(64);
    expect(await ask(query, { token: sessionToken, by: { token: sessionToken } })).toEqual({
      isValidToken: true,
      accountStatus: { exists: true },
    });
    expect(await ask(query, { token: nobody, by: { token: nobody, uid } })).toEqual({
      isValidToken: false,
      accountStatus: { exists: false },
    });
    expect(await ask(query, { token: 'xyz', by: { uid } })).toMatchObject({ accountStatus: { exists: true } });
    expect(await ask(query, { token: '', by: { uid: '0'.repeat(32) } })).toMatchObject({
      accountStatus: { exists: false },
    });
    expect(await ask(query, { token: '', by: {} })).toMatchObject({ accountStatus: { exists: false } });
  });

  test('bounces are told of', async () => {
    const query = 'query ($input: String!) { emailBounceStatus(input: $input) { hasHardBounce } }';
    const none = { emailBounceStatus: { hasHardBounce: false } };
    expect(await ask(query, { input: '' })).toEqual(none);
    expect(await ask(query, { input: 'fine@example.com' })).toEqual(none);
  });

  test('legal texts and accounts made by others are features that are not there', async () => {
    const { errors } = await runGraphql(server, '{ getLegalDoc(input: { locale: "en", file: "terms" }) { markdown } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 403, errno: 202 });
    const input = { token: '0'.repeat(64), authPW: '0'.repeat(64) };
    expect((await refused('finishSetup', 'FinishSetupInput', input))?.[0]?.extensions).toMatchObject({ errno: 202 });
  });
});

describe('changes of the settings', () => {
  test('the display name is set, shown and cleared, and the echo comes back', async () => {
    const { sessionToken: token } = await signUp(server, 'named@example.com');
    const selects = 'clientMutationId displayName';
    const input = { clientMutationId: 'seven', displayName: 'Ada' };
    expect(await change('updateDisplayName', 'UpdateDisplayNameInput', input, { token, selects })).toEqual(input);
    expect(await ask('{ account { displayName } }', {}, token)).toEqual({ account: { displayName: 'Ada' } });
    await change('updateDisplayName', 'UpdateDisplayNameInput', { displayName: '' }, { token });
    expect(await ask('{ account { displayName } }', {}, token)).toEqual({ account: { displayName: null } });
  });

  test('a picture is shown and removed by its id; an unknown one is an error of the profile', async () => {
    const { sessionToken: token } = await signUp(server, 'pictured@example.com');
    const { access_token } = await server.ok(oauthEndpoints.oauthToken, {
      token: ['sessionToken', token],
      body: { client_id: SETTINGS, grant_type: 'fxa-credentials', scope: 'profile:write' },
    });
    const { id, url } = (await (
      await server.raw('/v1/avatar/upload', {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}`, 'content-type': 'image/png' },
        body: new Uint8Array(RED_PNG),
      })
    ).json()) as { id: string; url: string };
    const avatar = '{ account { avatar { id url } } }';
    expect(await ask(avatar, {}, token)).toEqual({ account: { avatar: { id, url } } });
    const errors = await refused('deleteAvatar', 'DeleteAvatarInput', { id: '0'.repeat(32) }, token);
    expect(errors?.[0]?.extensions).toMatchObject({ status: 400, errno: 101 });
    await change('deleteAvatar', 'DeleteAvatarInput', { id }, { token });
    expect(await ask(avatar, {}, token)).toMatchObject({ account: { avatar: { id: 'default-P' } } });
  });

  test.each(['with a step-up token', 'with the session alone'])(
    'another address is added and made primary %s',
    async (way) => {
      const email = `first-${way.length}@example.com`;
      const second = `second-${way.length}@example.com`;
      const { sessionToken: token } = await signUp(server, email);
      const jwt = way.startsWith('with a') ? { jwt: await stepUpToken(server, email, token, 'email') } : {};
      await change('createSecondaryEmail', 'EmailInput', { ...jwt, email: second }, { token });
      await change('resendSecondaryEmailCode', 'EmailInput', { ...jwt, email: second }, { token });
      const code = (await server.mail(second)).headers['x-verify-short-code'];
      await change('verifySecondaryEmail', 'VerifyEmailInput', { ...jwt, email: second, code }, { token });
      await change('updatePrimaryEmail', 'EmailInput', { ...jwt, email: second }, { token });
      await change('deleteSecondaryEmail', 'EmailInput', { ...jwt, email }, { token });
      expect(await ask('{ account { emails { email isPrimary verified } } }', {}, token)).toEqual({
        account: { emails: [{ email: second, isPrimary: true, verified: true }] },
      });
    },
  );

  test('a step-up token of another session, of another account or made up is refused', async () => {
    const email = 'stepping@example.com';
    const { sessionToken } = await signUp(server, email);
    const { sessionToken: other } = await signIn(server, email);
    const { sessionToken: stranger } = await signUp(server, 'stranger@example.com');
    const wrong = [
      await stepUpToken(server, email, other, 'email'),
      await stepUpToken(server, 'stranger@example.com', stranger, 'email'),
      await stepUpToken(server, email, sessionToken, 'password'),
      'a.b.c',
    ];
    for (const jwt of wrong) {
      const errors = await refused('createSecondaryEmail', 'EmailInput', { jwt, email: 'x@example.com' }, sessionToken);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 401, errno: 223 });
    }
  });

  test('an authenticator is offered, proves a session, gives backup codes, and is removed', async () => {
    const email = 'factor@example.com';
    const { sessionToken: token } = await signUp(server, email);
    const selects = 'qrCodeUrl secret';
    const offer = await change('createTotp', 'CreateTotpInput', { skipRecoveryCodes: true }, { token, selects });
    expect(offer).toMatchObject({ qrCodeUrl: expect.stringMatching(/^data:image\/png;base64,/) });
    const secret = await turnTotpOn(server, token);
    expect(secret).toBe(offer['secret']);
    const { sessionToken: fresh } = await signIn(server, email);
    const code = codeOf(secret, server.clock.now());
    const proof = { token: fresh, selects: 'success' };
    expect(await change('verifyTotp', 'VerifyTotpInput', { code: '000000' }, proof)).toEqual({ success: false });
    expect(await change('verifyTotp', 'VerifyTotpInput', { code, service: 'sync' }, proof)).toEqual({ success: true });
    const { recoveryCodes } = await change(
      'changeRecoveryCodes',
      'ChangeRecoveryCodesInput',
      {},
      {
        token: fresh,
        selects: 'recoveryCodes',
      },
    );
    const [backupCode] = recoveryCodes as string[];
    const { sessionToken: another } = await signIn(server, email);
    expect(
      await change(
        'consumeRecoveryCode',
        'ConsumeRecoveryCodeInput',
        { code: backupCode },
        {
          token: another,
          selects: 'remaining',
        },
      ),
    ).toEqual({ remaining: (recoveryCodes as string[]).length - 1 });
    await change('deleteTotp', 'DeleteTotpInput', {}, { token: another });
    expect(await ask('{ account { totp { exists verified } } }', {}, another)).toEqual({
      account: { totp: { exists: false, verified: false } },
    });
  });

  test('a recovery key is seen and removed', async () => {
    const { uid, sessionToken } = await signUp(server, 'recovering@example.com');
    await storeRecoveryKey(server, { uid, sessionToken }, 'ab'.repeat(32));
    const exists = '{ account { recoveryKey { exists } } }';
    expect(await ask(exists, {}, sessionToken)).toEqual({ account: { recoveryKey: { exists: true } } });
    await change('deleteRecoveryKey', 'DeleteRecoveryKeyInput', {}, { token: sessionToken });
    expect(await ask(exists, {}, sessionToken)).toEqual({ account: { recoveryKey: { exists: false } } });
  });

  test('usage data is refused and allowed; another word is an error, and nothing is written', async () => {
    const { sessionToken: token } = await signUp(server, 'measured@example.com');
    const enabled = '{ account { metricsEnabled } }';
    await change('metricsOpt', 'MetricsOptInput', { state: 'out' }, { token });
    expect(await ask(enabled, {}, token)).toEqual({ account: { metricsEnabled: false } });
    const errors = await refused('metricsOpt', 'MetricsOptInput', { state: 'maybe' }, token);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 400, errno: 107 });
    expect(await ask(enabled, {}, token)).toEqual({ account: { metricsEnabled: false } });
    await change('metricsOpt', 'MetricsOptInput', { state: 'in' }, { token });
    expect(await ask(enabled, {}, token)).toEqual({ account: { metricsEnabled: true } });
  });

  test('a session is disconnected from another one, which then ends itself', async () => {
    const email = 'leaving@example.com';
    const { sessionToken } = await signUp(server, email);
    const { sessionToken: other } = await signIn(server, email);
    const { account } = await ask<{ account: { attachedClients: { sessionTokenId: string }[] } }>(
      '{ account { attachedClients { sessionTokenId isCurrentSession } } }',
      {},
      sessionToken,
    );
    const sessionTokenId = account.attachedClients[1]?.sessionTokenId;
    const input = { sessionTokenId, clientId: null, refreshTokenId: null, deviceId: null };
    await change('attachedClientDisconnect', 'AttachedClientDisconnectInput', input, { token: sessionToken });
    expect((await server.call(sessionStatus, { token: ['sessionToken', other] })).status).toBe(401);
    await change('destroySession', 'DestroySessionInput', {}, { token: sessionToken });
    const { errors } = await runGraphql(server, '{ account { uid } }', {}, sessionToken);
    expect(errors?.[0]?.message).toBe('Invalid token');
  });

  test('what follows the end of a session in the same document finds it ended', async () => {
    const { sessionToken } = await signUp(server, 'ended@example.com');
    const { data, errors } = await runGraphql(
      server,
      `mutation {
        destroySession(input: {}) { clientMutationId }
        updateDisplayName(input: { displayName: "Too late" }) { displayName }
      }`,
      {},
      sessionToken,
    );
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ message: 'Invalid token', path: ['updateDisplayName'] }]);
  });
});
