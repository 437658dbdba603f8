/** The schema as text (graphql §4). Numbers are floats and times milliseconds, unless a description says otherwise. */
export const SCHEMA = /* GraphQL */ `
type Query {
  account: Account
  session: Session!
  sessionStatus: SessionStatus!
  isValidToken(sessionToken: String!): Boolean!
  accountStatus(input: AccountStatusInput!): AccountStatusPayload!
  emailBounceStatus(input: String!): EmailBounceStatusPayload!
  getRecoveryKeyBundle(input: RecoveryKeyBundleInput!): RecoveryKeyBundlePayload!
  clientInfo(input: String!): ClientInfo!
  productInfo(input: String!): SubscriptionProductInfo!
  getLegalDoc(input: LegalInput!): LegalDoc!
}

type Mutation {
  updateDisplayName(input: UpdateDisplayNameInput!): UpdateDisplayNamePayload!
  deleteAvatar(input: DeleteAvatarInput!): BasicPayload!
  createSecondaryEmail(input: EmailInput!): BasicPayload!
  resendSecondaryEmailCode(input: EmailInput!): BasicPayload!
  verifySecondaryEmail(input: VerifyEmailInput!): BasicPayload!
  deleteSecondaryEmail(input: EmailInput!): BasicPayload!
  updatePrimaryEmail(input: EmailInput!): BasicPayload!
  attachedClientDisconnect(input: AttachedClientDisconnectInput!): BasicPayload!
  createTotp(input: CreateTotpInput!): CreateTotpPayload!
  verifyTotp(input: VerifyTotpInput!): VerifyTotpPayload!
  deleteTotp(input: DeleteTotpInput!): BasicPayload!
  changeRecoveryCodes(input: ChangeRecoveryCodesInput!): ChangeRecoveryCodesPayload!
  consumeRecoveryCode(input: ConsumeRecoveryCodeInput!): ConsumeRecoveryCodePayload!
  deleteRecoveryKey(input: DeleteRecoveryKeyInput!): BasicPayload!
  sendSessionVerificationCode(input: SendSessionVerificationInput!): BasicPayload!
  resendVerifyCode(input: SendSessionVerificationInput!): BasicPayload!
  verifySession(input: VerifySessionInput!): BasicPayload!
  verifyCode(input: SessionVerifyCodeInput!): BasicPayload!
  destroySession(input: DestroySessionInput!): BasicPayload!
  reauthSession(input: SessionReauthInput!): SessionReauthedAccountPayload!
  metricsOpt(input: MetricsOptInput!): BasicPayload!
  signUp(input: SignUpInput!): SignedUpAccountPayload!
  signIn(input: SignInInput!): SignedInAccountPayload!
  finishSetup(input: FinishSetupInput!): FinishedSetupAccountPayload!
  credentialStatus(input: String!): CredentialStatusPayload!
  passwordChangeStart(input: PasswordChangeStartInput!): PasswordChangeStartPayload!
  passwordChangeFinish(input: PasswordChangeFinishInput!): PasswordChangeFinishPayload!
  wrappedAccountKeys(input: String!): WrappedKeysPayload!
  passwordForgotSendCode(input: PasswordForgotSendCodeInput!): PasswordForgotSendCodePayload!
  passwordForgotVerifyCode(input: PasswordForgotVerifyCodeInput!): PasswordForgotVerifyCodePayload!
  passwordForgotCodeStatus(input: PasswordForgotCodeStatusInput!): PasswordForgotCodeStatusPayload!
  accountReset(input: AccountResetInput!): AccountResetPayload!
  rejectUnblockCode(input: RejectUnblockCodeInput!): BasicPayload!
  emailVerifyCode(input: EmailVerifyCodeInput!): BasicPayload!
}

type Account {
  uid: ID!
  accountCreated: Float!
  "0 for an account without a password"
  passwordCreated: Float!
  displayName: String
  avatar: Avatar!
  locale: String
  subscriptions: [Subscription!]!
  totp: Totp!
  backupCodes: BackupCodes!
  recoveryKey: RecoveryKey!
  recoveryPhone: RecoveryPhone!
  metricsEnabled: Boolean!
  emails: [Email!]!
  attachedClients: [AttachedClient!]!
  linkedAccounts: [LinkedAccount!]!
  securityEvents: [SecurityEvent!]!
}

type Avatar {
  id: String
  url: String
}

type Email {
  email: String!
  isPrimary: Boolean!
  verified: Boolean!
}

type Totp {
  exists: Boolean!
  "whether the set-up was completed"
  verified: Boolean!
}

type BackupCodes {
  hasBackupCodes: Boolean!
  count: Float!
}

type RecoveryKey {
  exists: Boolean!
  estimatedSyncDeviceCount: Float
}

type RecoveryPhone {
  exists: Boolean!
  phoneNumber: String
  nationalFormat: String
  available: Boolean
}

type AttachedClient {
  clientId: String
  sessionTokenId: String
  refreshTokenId: String
  deviceId: String
  deviceType: String
  isCurrentSession: Boolean!
  name: String
  createdTime: Float
  createdTimeFormatted: String
  lastAccessTime: Float
  lastAccessTimeFormatted: String
  approximateLastAccessTime: Float
  approximateLastAccessTimeFormatted: String
  scope: [String!]
  location: Location
  userAgent: String!
  os: String
}

type Location {
  city: String
  country: String
  state: String
  stateCode: String
}

type LinkedAccount {
  "1 Google, 2 Apple"
  providerId: Float!
  enabled: Boolean!
  authAt: Float!
}

type SecurityEvent {
  name: String!
  createdAt: Float!
  verified: Boolean
  ipAddr: String
}

"Times are seconds."
type Subscription {
  created: Float
  currentPeriodEnd: Float!
  currentPeriodStart: Float!
  cancelAtPeriodEnd: Boolean!
  endAt: Float
  latestInvoice: String
  planId: String!
  productName: String!
  productId: String!
  status: String!
  subscriptionId: String!
}

type Session {
  verified: Boolean!
}

type SessionStatus {
  uid: String!
  "verified or unverified"
  state: String!
}

type AccountStatusPayload {
  exists: Boolean!
}

type EmailBounceStatusPayload {
  hasHardBounce: Boolean!
}

type RecoveryKeyBundlePayload {
  recoveryData: String!
}

type ClientInfo {
  clientId: String!
  imageUri: String!
  serviceName: String!
  redirectUri: String!
  trusted: Boolean!
}

type SubscriptionProductInfo {
  subscriptionProductId: String
  subscriptionProductName: String
}

type LegalDoc {
  markdown: String!
}

type BasicPayload {
  clientMutationId: String
}

type UpdateDisplayNamePayload {
  clientMutationId: String
  displayName: String
}

type CreateTotpPayload {
  clientMutationId: String
  "data URL"
  qrCodeUrl: String!
  "base32"
  secret: String!
}

type VerifyTotpPayload {
  clientMutationId: String
  success: Boolean!
}

type ChangeRecoveryCodesPayload {
  clientMutationId: String
  recoveryCodes: [String!]!
}

type ConsumeRecoveryCodePayload {
  clientMutationId: String
  remaining: Float!
}

"authAt is in seconds."
type SessionReauthedAccountPayload {
  clientMutationId: String
  uid: String!
  verified: Boolean!
  emailVerified: Boolean!
  sessionVerified: Boolean!
  authAt: Float!
  metricsEnabled: Boolean!
  keyFetchToken: String
  verificationMethod: String
  verificationReason: String
}

"authAt is in seconds."
type SignedUpAccountPayload {
  clientMutationId: String
  uid: String!
  sessionToken: String!
  authAt: Float!
  keyFetchToken: String
  verificationMethod: String
}

"authAt is in seconds."
type SignedInAccountPayload {
  clientMutationId: String
  uid: String!
  sessionToken: String!
  verified: Boolean!
  emailVerified: Boolean!
  sessionVerified: Boolean!
  authAt: Float!
  metricsEnabled: Boolean!
  keyFetchToken: String
  verificationMethod: String
  verificationReason: String
}

type FinishedSetupAccountPayload {
  clientMutationId: String
  uid: String!
  sessionToken: String!
  verified: Boolean!
  emailVerified: Boolean!
  sessionVerified: Boolean!
}

type CredentialStatusPayload {
  upgradeNeeded: Boolean!
  "v1 or v2"
  currentVersion: String
  version: String
  clientSalt: String
}

type PasswordChangeStartPayload {
  keyFetchToken: String!
  passwordChangeToken: String!
  verified: Boolean!
}

"authAt is in seconds."
type PasswordChangeFinishPayload {
  uid: String
  sessionToken: String
  verified: Boolean
  authAt: Float
  keyFetchToken: String
  keyFetchToken2: String
}

type WrappedKeysPayload {
  kA: String!
  wrapKB: String!
}

type PasswordForgotSendCodePayload {
  clientMutationId: String
  passwordForgotToken: String!
}

type PasswordForgotVerifyCodePayload {
  clientMutationId: String
  accountResetToken: String!
}

"ttl is in seconds."
type PasswordForgotCodeStatusPayload {
  clientMutationId: String
  tries: Float!
  ttl: Float!
}

"authAt is in seconds."
type AccountResetPayload {
  clientMutationId: String
  uid: String
  sessionToken: String
  verified: Boolean
  authAt: Float
  keyFetchToken: String
  "known to the client alone: always null"
  unwrapBKey: String
}

input AccountStatusInput {
  token: String
  uid: String
}

input RecoveryKeyBundleInput {
  accountResetToken: String!
  recoveryKeyId: String!
}

input LegalInput {
  locale: String!
  file: String!
}

input UpdateDisplayNameInput {
  clientMutationId: String
  displayName: String
}

input DeleteAvatarInput {
  clientMutationId: String
  id: String!
}

input EmailInput {
  clientMutationId: String
  "a step-up token for mfa:email"
  jwt: String
  email: String!
}

input VerifyEmailInput {
  clientMutationId: String
  "a step-up token for mfa:email"
  jwt: String
  email: String!
  code: String!
}

input AttachedClientDisconnectInput {
  clientMutationId: String
  clientId: String
  sessionTokenId: String
  refreshTokenId: String
  deviceId: String
}

input MetricsContext {
  deviceId: String
  entrypoint: String
  entrypointExperiment: String
  entrypointVariation: String
  flowId: String
  flowBeginTime: Float
  productId: String
  planId: String
  clientId: String
  utmCampaign: String
  utmContent: String
  utmMedium: String
  utmSource: String
  utmTerm: String
}

input CreateTotpInput {
  clientMutationId: String
  metricsContext: MetricsContext
  skipRecoveryCodes: Boolean
}

input VerifyTotpInput {
  clientMutationId: String
  code: String!
  service: String
  metricsContext: MetricsContext
}

input DeleteTotpInput {
  clientMutationId: String
}

input ChangeRecoveryCodesInput {
  clientMutationId: String
}

input ConsumeRecoveryCodeInput {
  clientMutationId: String
  code: String!
}

input DeleteRecoveryKeyInput {
  clientMutationId: String
}

input SendSessionVerificationInput {
  clientMutationId: String
}

input VerifySessionInput {
  clientMutationId: String
  code: String!
}

input SessionVerifyCodeInput {
  clientMutationId: String
  code: String!
  options: SessionVerifyCodeOptionsInput
}

input SessionVerifyCodeOptionsInput {
  service: String
  scopes: [String!]
  marketingOptIn: Boolean
  newsletters: [String!]
  metricsContext: MetricsContext
}

input DestroySessionInput {
  clientMutationId: String
}

input SessionReauthInput {
  clientMutationId: String
  sessionToken: String!
  email: String!
  authPW: String!
  authPWVersion: Float
  options: SignInOptionsInput!
}

input MetricsOptInput {
  clientMutationId: String
  "in or out"
  state: String!
}

input PasswordV2Input {
  wrapKb: String!
  authPWVersion2: String!
  wrapKbVersion2: String!
  clientSalt: String!
}

input SignUpInput {
  clientMutationId: String
  email: String!
  authPW: String!
  passwordV2: PasswordV2Input
  options: SignUpOptionsInput!
}

input SignUpOptionsInput {
  keys: Boolean
  service: String
  redirectTo: String
  resume: String
  verificationMethod: String
  preVerified: String
  metricsContext: MetricsContext
}

input SignInInput {
  clientMutationId: String
  email: String!
  authPW: String!
  authPWVersion: Float
  options: SignInOptionsInput!
}

input SignInOptionsInput {
  keys: Boolean
  service: String
  reason: String
  redirectTo: String
  resume: String
  verificationMethod: String
  unblockCode: String
  originalLoginEmail: String
  skipCaseError: Boolean
  metricsContext: MetricsContext
}

input FinishSetupInput {
  clientMutationId: String
  token: String!
  authPW: String!
  passwordV2: PasswordV2Input
}

input PasswordChangeStartInput {
  email: String!
  oldAuthPW: String!
  sessionToken: String
}

input PasswordChangeFinishInput {
  passwordChangeToken: String!
  authPW: String!
  wrapKb: String!
  sessionToken: String
  authPWVersion2: String
  wrapKbVersion2: String
  clientSalt: String
  "true asks for a keyFetchToken"
  keys: String
}

input PasswordForgotSendCodeInput {
  clientMutationId: String
  email: String!
  metricsContext: MetricsContext
  resume: String
  service: String
  lang: String
  redirectTo: String
}

input PasswordForgotVerifyCodeInput {
  clientMutationId: String
  token: String!
  code: String!
}

input PasswordForgotCodeStatusInput {
  clientMutationId: String
  token: String!
}

input AccountResetInput {
  clientMutationId: String
  accountResetToken: String!
  newPasswordAuthPW: String!
  newPasswordV2: PasswordV2Input
  options: AccountResetOptionsInput
}

input AccountResetOptionsInput {
  keys: Boolean
  sessionToken: Boolean
}

input RejectUnblockCodeInput {
  clientMutationId: String
  uid: String!
  unblockCode: String!
}

input EmailVerifyCodeInput {
  clientMutationId: String
  uid: String!
  code: String!
  service: String
}
`;
