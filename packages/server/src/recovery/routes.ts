import {
  mfaRecoveryKeyCreate,
  mfaRecoveryKeyDelete,
  recoveryKeyCreate,
  recoveryKeyDelete,
  recoveryKeyExists,
  recoveryKeyGet,
  recoveryKeyHint,
  recoveryKeyHintSet,
  recoveryKeyVerify,
} from '@foxden/protocol';
import { route } from '../http/route.js';
import { createRecoveryKey, verifyRecoveryKey } from './create.js';
import { changeRecoveryKeyHint, recoveryKeyExistence, recoveryKeyHintOf } from './describe.js';
import { removeRecoveryKey } from './remove.js';
import { fetchRecoveryData } from './reset-proof.js';

export const recoveryRoutes = [
  ...[recoveryKeyCreate, mfaRecoveryKeyCreate].map((endpoint) =>
    route(endpoint, async (context, { body, caller, credentials }) => {
      await createRecoveryKey(context, caller, credentials, body);
      return {};
    }),
  ),
  route(recoveryKeyVerify, async (context, { body, caller, credentials }) => {
    await verifyRecoveryKey(context, caller, credentials, body.recoveryKeyId);
    return {};
  }),
  route(
    recoveryKeyGet,
    async (context, { params, caller, credentials }) => ({
      recoveryData: await fetchRecoveryData(context, caller, credentials.uid, params.recoveryKeyId),
    }),
    { limit: 'getRecoveryKey' },
  ),
  route(
    recoveryKeyExists,
    async (context, { body, caller, credentials }) =>
      recoveryKeyExistence(context, caller, { credentials, email: body.email }),
    { limit: 'recoveryKeyExists' },
  ),
  route(
    recoveryKeyHint,
    async (context, { query, caller, credentials }) => ({
      hint: await recoveryKeyHintOf(context, caller, { credentials, email: query.email }),
    }),
    // It answers the same question as `exists`, so it shares its counter.
    { limit: 'recoveryKeyExists' },
  ),
  route(recoveryKeyHintSet, async (context, { body, credentials }) => {
    await changeRecoveryKeyHint(context, credentials, body.hint);
    return {};
  }),
  ...[recoveryKeyDelete, mfaRecoveryKeyDelete].map((endpoint) =>
    route(endpoint, async (context, { caller, credentials }) => {
      await removeRecoveryKey(context, caller, credentials);
      return {};
    }),
  ),
];
