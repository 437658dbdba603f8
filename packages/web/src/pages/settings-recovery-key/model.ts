import {
  deleteRecoveryKey,
  getRecoveryKeyHint,
  getRecoveryKeyStatus,
  isAuthError,
  reauthenticate,
  setRecoveryKeyHint,
} from '@foxden/auth-client';
import { message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { ownerOf, sessionOf } from '../../settings/owner.js';
import { createStepUp, type StepUp } from '../../settings/step-up.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface KeySettingsState extends Attempt {
  readonly email: string;
  /** Undefined until the server has told it. */
  readonly exists?: boolean;
  readonly hint: string;
  /** A new key as it is written down, shown this once. */
  readonly key?: string | undefined;
}

export interface KeySettingsModel extends Model<KeySettingsState> {
  readonly stepUp: StepUp;
  create(password: string): Promise<void>;
  keep(hint: string): Promise<void>;
  remove(): Promise<void>;
}

/** The recovery key: made, hinted at and deleted (auth-api §1.8, §6.12). */
export function createKeySettingsModel(services: Services): KeySettingsModel {
  const { client, visit } = services;
  const { email, uid } = ownerOf(services);
  const state = createStore<KeySettingsState>({ email, busy: false, hint: '' });
  const stepUp = createStepUp(services, 'recovery_key');

  async function read(): Promise<void> {
    const { exists } = await getRecoveryKeyStatus(client, { sessionToken: sessionOf(services) });
    const hint = exists ? await getRecoveryKeyHint(client, sessionOf(services)) : null;
    state.set({ exists, hint: hint ?? '' });
  }

  return {
    state,
    stepUp,
    start() {
      readOnArrival(services, state, read);
      return undefined;
    },
    create: (password) =>
      attempt(
        services,
        state,
        async () => {
          if (password === '') return void state.set({ error: message('password-error-missing') });
          const { keyAccess } = await reauthenticate(client, sessionOf(services), { email, password, keys: true });
          visit.prove(uid, keyAccess);
          const kB = await visit.openKeys(client, uid);
          const { createRecoveryKey } = await import('../../settings/create-key.js');
          const key = await stepUp.run((stepUpToken) => createRecoveryKey(client, { stepUpToken, uid, kB }));
          if (key !== undefined) state.set({ key, exists: true });
          return undefined;
        },
        (failed) => (isAuthError(failed, 'INCORRECT_PASSWORD') ? message('password-error-wrong') : undefined),
      ),
    keep: (typed) =>
      attempt(services, state, async () => {
        const hint = typed.trim();
        if (hint !== '') await setRecoveryKeyHint(client, sessionOf(services), hint);
        state.set({ key: undefined, hint });
        return message('key-kept');
      }),
    remove: () =>
      attempt(services, state, async () => {
        const done = await stepUp.run((token) => deleteRecoveryKey(client, token).then(() => true));
        if (done !== true) return undefined;
        state.set({ exists: false, hint: '' });
        return message('key-removed');
      }),
  };
}
