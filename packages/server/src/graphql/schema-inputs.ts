/** What operations are asked with (graphql §4.2, §4.3). */
export const INPUTS = /* GraphQL */ `
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
