import {
  mfaOtpRequest,
  mfaOtpVerify,
  mfaRecoveryCodesCreate,
  mfaRecoveryCodesUpdate,
  mfaTotpCreate,
  mfaTotpDestroy,
  mfaTotpReplaceConfirm,
  mfaTotpReplaceStart,
  mfaTotpSetupComplete,
  mfaTotpSetupVerify,
  recoveryCodesCreate,
  recoveryCodesExists,
  recoveryCodesReplace,
  recoveryCodesUpdate,
  sessionVerifyRecoveryCode,
  sessionVerifyTotp,
  totpCreate,
  totpDestroy,
  totpExists,
  totpReplaceConfirm,
  totpReplaceStart,
  totpSetupComplete,
  totpSetupVerify,
  totpVerify,
  totpVerifyRecoveryCode,
} from '@foxden/protocol';
import { route } from '../http/route.js';
import { completeSetup, verifySetup } from './complete-setup.js';
import { confirmReplacement } from './confirm-replacement.js';
import { describeBackupCodes, describeTotp } from './describe.js';
import { beginReplacement, beginSetup } from './offer-secret.js';
import { removeTotp } from './remove-totp.js';
import { createFirstBackupCodes, replaceBackupCodes, updateBackupCodes } from './set-backup-codes.js';
import { requestStepUpCode, verifyStepUpCode } from './step-up-code.js';
import { verifyResetBackupCode, verifyResetTotp } from './verify-reset.js';
import { verifySessionBackupCode, verifySessionTotp } from './verify-session.js';

/** Newer clients prove themselves with a step-up token, older ones with their session; the rest is the same. */
const settingsRoutes = [
  ...[totpCreate, mfaTotpCreate].map((endpoint) =>
    route(endpoint, async (context, { credentials }) => beginSetup(context, credentials), { limit: 'totpCreate' }),
  ),
  ...[totpSetupVerify, mfaTotpSetupVerify].map((endpoint) =>
    route(
      endpoint,
      async (context, { body, credentials }) => {
        await verifySetup(context, credentials, body.code);
        return { success: true };
      },
      { limit: 'verifyTotpCode', limitFailed: { INVALID_TOTP_CODE: 'verifyTotpCodeFailed' } },
    ),
  ),
  ...[totpSetupComplete, mfaTotpSetupComplete].map((endpoint) =>
    route(endpoint, async (context, { body, caller, credentials }) => {
      await completeSetup(context, caller, credentials, body.service);
      return { success: true };
    }),
  ),
  ...[totpDestroy, mfaTotpDestroy].map((endpoint) =>
    route(
      endpoint,
      async (context, { caller, credentials }) => {
        await removeTotp(context, caller, credentials);
        return {};
      },
      { limit: 'totpDestroy' },
    ),
  ),
  ...[totpReplaceStart, mfaTotpReplaceStart].map((endpoint) =>
    route(endpoint, async (context, { credentials }) => beginReplacement(context, credentials), {
      limit: 'totpCreate',
    }),
  ),
  ...[totpReplaceConfirm, mfaTotpReplaceConfirm].map((endpoint) =>
    route(
      endpoint,
      async (context, { body, caller, credentials }) => {
        await confirmReplacement(context, caller, credentials, body.code);
        return { success: true };
      },
      { limit: 'totpReplace', limitFailed: { INVALID_TOTP_CODE: 'verifyTotpCodeFailed' } },
    ),
  ),
  ...[recoveryCodesCreate, mfaRecoveryCodesCreate].map((endpoint) =>
    route(endpoint, async (context, { body, caller, credentials }) => {
      await createFirstBackupCodes(context, caller, credentials, body.recoveryCodes);
      return { success: true };
    }),
  ),
  ...[recoveryCodesUpdate, mfaRecoveryCodesUpdate].map((endpoint) =>
    route(endpoint, async (context, { body, caller, credentials }) => {
      await updateBackupCodes(context, caller, credentials, body.recoveryCodes);
      return { success: true };
    }),
  ),
];

export const mfaRoutes = [
  ...settingsRoutes,
  route(recoveryCodesReplace, async (context, { caller, credentials }) => ({
    recoveryCodes: await replaceBackupCodes(context, caller, credentials),
  })),
  route(totpExists, async (context, { credentials }) => describeTotp(context, credentials.uid)),
  route(recoveryCodesExists, async (context, { credentials }) => describeBackupCodes(context, credentials.uid)),
  route(
    sessionVerifyTotp,
    async (context, { body, caller, credentials }) => ({
      success: await verifySessionTotp(context, caller, credentials, body),
    }),
    { limit: 'verifyTotpCode' },
  ),
  route(
    sessionVerifyRecoveryCode,
    async (context, { body, caller, credentials }) => ({
      remaining: await verifySessionBackupCode(context, caller, credentials, body.code),
    }),
    { limit: 'verifyRecoveryCode' },
  ),
  route(
    totpVerify,
    async (context, { body, caller, credentials }) => ({
      success: await verifyResetTotp(context, caller, credentials, body.code),
    }),
    { limit: 'verifyTotpCode' },
  ),
  route(
    totpVerifyRecoveryCode,
    async (context, { body, caller, credentials }) => ({
      remaining: await verifyResetBackupCode(context, caller, credentials, body.code),
    }),
    { limit: 'verifyRecoveryCode' },
  ),
  route(mfaOtpRequest, async (context, { body, caller, credentials }) => {
    await requestStepUpCode(context, caller, credentials, body.action);
    return { status: 'success' as const };
  }),
  route(mfaOtpVerify, async (context, { body, caller, credentials }) => ({
    accessToken: await verifyStepUpCode(context, caller, credentials, body.action, body.code),
  })),
];
