/** One document for each operation that asks for a session, with input that is well formed and changes nothing. */
interface Sample {
  readonly type: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly selects?: string;
}

const EMAIL = { email: 'nobody@example.com' };
const MUTATIONS: Readonly<Record<string, Sample>> = {
  updateDisplayName: { type: 'UpdateDisplayNameInput', input: { displayName: 'Ada' }, selects: 'displayName' },
  deleteAvatar: { type: 'DeleteAvatarInput', input: { id: '0'.repeat(32) } },
  createSecondaryEmail: { type: 'EmailInput', input: EMAIL },
  resendSecondaryEmailCode: { type: 'EmailInput', input: EMAIL },
  verifySecondaryEmail: { type: 'VerifyEmailInput', input: { ...EMAIL, code: '000000' } },
  deleteSecondaryEmail: { type: 'EmailInput', input: EMAIL },
  updatePrimaryEmail: { type: 'EmailInput', input: EMAIL },
  attachedClientDisconnect: { type: 'AttachedClientDisconnectInput', input: { deviceId: '0'.repeat(32) } },
  createTotp: { type: 'CreateTotpInput', input: {}, selects: 'qrCodeUrl secret' },
  verifyTotp: { type: 'VerifyTotpInput', input: { code: '000000' }, selects: 'success' },
  deleteTotp: { type: 'DeleteTotpInput', input: {} },
  changeRecoveryCodes: { type: 'ChangeRecoveryCodesInput', input: {}, selects: 'recoveryCodes' },
  consumeRecoveryCode: { type: 'ConsumeRecoveryCodeInput', input: { code: '0000000000' }, selects: 'remaining' },
  deleteRecoveryKey: { type: 'DeleteRecoveryKeyInput', input: {} },
  sendSessionVerificationCode: { type: 'SendSessionVerificationInput', input: {} },
  resendVerifyCode: { type: 'SendSessionVerificationInput', input: {} },
  verifySession: { type: 'VerifySessionInput', input: { code: '000000' } },
  verifyCode: { type: 'SessionVerifyCodeInput', input: { code: '000000', options: { service: 'sync' } } },
  destroySession: { type: 'DestroySessionInput', input: {} },
  metricsOpt: { type: 'MetricsOptInput', input: { state: 'out' } },
};

const QUERIES: Readonly<Record<string, string>> = {
  account: `query { account {
    uid accountCreated passwordCreated displayName avatar { id url } locale metricsEnabled
    emails { email isPrimary verified } totp { exists verified } backupCodes { hasBackupCodes count }
    recoveryKey { exists estimatedSyncDeviceCount } recoveryPhone { exists phoneNumber nationalFormat available }
    attachedClients { name sessionTokenId isCurrentSession userAgent } linkedAccounts { providerId }
    securityEvents { name createdAt verified } subscriptions { productName }
  } }`,
  session: 'query { session { verified } }',
  sessionStatus: 'query { sessionStatus { uid state } }',
};

export const SAMPLES: Readonly<Record<string, { query: string; variables: Readonly<Record<string, unknown>> }>> = {
  ...Object.fromEntries(Object.entries(QUERIES).map(([name, query]) => [name, { query, variables: {} }])),
  ...Object.fromEntries(
    Object.entries(MUTATIONS).map(([name, { type, input, selects = 'clientMutationId' }]) => [
      name,
      { query: `mutation ($input: ${type}!) { ${name}(input: $input) { ${selects} } }`, variables: { input } },
    ]),
  ),
};
