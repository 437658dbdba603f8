import {
  accountMetricsOpt,
  attachedClientDestroy,
  type BodyOf,
  mfaRecoveryEmailCreate,
  mfaRecoveryEmailDestroy,
  mfaRecoveryEmailSecondaryResendCode,
  mfaRecoveryEmailSecondaryVerifyCode,
  mfaRecoveryEmailSetPrimary,
  profileEndpoints,
  recoveryCodesReplace,
  recoveryEmailCreate,
  recoveryEmailDestroy,
  recoveryEmailSecondaryResendCode,
  recoveryEmailSecondaryVerifyCode,
  recoveryEmailSetPrimary,
  recoveryKeyDelete,
  sessionDestroy,
  sessionResendCode,
  sessionVerifyCode,
  sessionVerifyRecoveryCode,
  sessionVerifyTotp,
  totpCreate,
  totpDestroy,
} from '@foxden/protocol';
import { asSettings, bySession, byStepUp, type Operation } from './operation.js';

interface EmailInput {
  readonly jwt?: string;
  readonly email: string;
}
const email = { parts: ({ email }: EmailInput) => ({ body: { email } }) };

const resendCode = bySession(sessionResendCode, {});

/** Mutations of the session that the request carries (graphql §4.3). */
export const sessionMutations = {
  updateDisplayName: bySession(profileEndpoints.displayNameChange, {
    level: 'usable',
    limit: 'updateDisplayName',
    as: asSettings,
    parts: ({ displayName = '' }: { displayName?: string }) => ({ body: { displayName } }),
    payload: (_, { displayName }) => ({ displayName }),
  }),
  deleteAvatar: bySession(profileEndpoints.avatarDelete, {
    level: 'usable',
    limit: 'deleteAvatar',
    as: asSettings,
    parts: ({ id }: { id: string }) => ({ params: { id } }),
  }),
  createSecondaryEmail: byStepUp(recoveryEmailCreate, mfaRecoveryEmailCreate, email),
  resendSecondaryEmailCode: byStepUp(recoveryEmailSecondaryResendCode, mfaRecoveryEmailSecondaryResendCode, email),
  verifySecondaryEmail: byStepUp(recoveryEmailSecondaryVerifyCode, mfaRecoveryEmailSecondaryVerifyCode, {
    parts: ({ email, code }: EmailInput & { code: string }) => ({ body: { email, code } }),
  }),
  deleteSecondaryEmail: byStepUp(recoveryEmailDestroy, mfaRecoveryEmailDestroy, email),
  updatePrimaryEmail: byStepUp(recoveryEmailSetPrimary, mfaRecoveryEmailSetPrimary, email),
  attachedClientDisconnect: bySession(attachedClientDestroy, {
    limit: 'attachedClientDisconnect',
    parts: ({ clientId, sessionTokenId, refreshTokenId, deviceId }: BodyOf<typeof attachedClientDestroy>) => ({
      body: { clientId, sessionTokenId, refreshTokenId, deviceId },
    }),
  }),
  createTotp: bySession(totpCreate, {
    level: 'verified',
    payload: ({ qrCodeUrl, secret }) => ({ qrCodeUrl, secret }),
  }),
  verifyTotp: bySession(sessionVerifyTotp, {
    guard: 'unverified',
    parts: ({ code, service }: BodyOf<typeof sessionVerifyTotp>) => ({ body: { code, service } }),
    payload: ({ success }) => ({ success }),
  }),
  deleteTotp: bySession(totpDestroy, { level: 'verified' }),
  changeRecoveryCodes: bySession(recoveryCodesReplace, {
    level: 'secondFactor',
    payload: ({ recoveryCodes }) => ({ recoveryCodes }),
  }),
  consumeRecoveryCode: bySession(sessionVerifyRecoveryCode, {
    guard: 'unverified',
    parts: ({ code }: { code: string }) => ({ body: { code } }),
    payload: ({ remaining }) => ({ remaining }),
  }),
  deleteRecoveryKey: bySession(recoveryKeyDelete, { level: 'verified' }),
  sendSessionVerificationCode: resendCode,
  resendVerifyCode: resendCode,
  verifySession: bySession(sessionVerifyCode, { parts: ({ code }: { code: string }) => ({ body: { code } }) }),
  verifyCode: bySession(sessionVerifyCode, {
    parts: ({ code, options }: { code: string; options?: Omit<BodyOf<typeof sessionVerifyCode>, 'code'> }) => ({
      body: { ...options, code },
    }),
  }),
  destroySession: bySession(sessionDestroy, {}),
  metricsOpt: bySession(accountMetricsOpt, {
    parts: ({ state }: BodyOf<typeof accountMetricsOpt>) => ({ body: { state } }),
  }),
} satisfies Readonly<Record<string, Operation>>;
