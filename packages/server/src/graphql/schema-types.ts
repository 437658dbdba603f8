/** What operations answer with (graphql §4.1 and the payloads of §4.3). */
export const TYPES = /* GraphQL */ `
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
`;
