import { INPUTS } from './schema-inputs.js';
import { TYPES } from './schema-types.js';

/** The operations (graphql §4.2, §4.3). */
const OPERATIONS = /* GraphQL */ `
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
`;

/** The schema as text (graphql §4). Numbers are floats and times milliseconds, unless a description says otherwise. */
export const SCHEMA = [OPERATIONS, TYPES, INPUTS].join('\n');
