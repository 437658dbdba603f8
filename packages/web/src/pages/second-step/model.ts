import { describeFailure } from '../../flow/describe-failure.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import { digitsOf } from '../../ui/digits.js';
import type { Model } from '../../ui/use-model.js';
import { proofOf } from './proof.js';

export interface SecondStepState {
  readonly email: string;
  readonly kind: 'authenticator' | 'backup';
  readonly busy: boolean;
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
}

export interface SecondStepModel extends Model<SecondStepState> {
  readonly paths: Readonly<Record<SecondStepState['kind'], string>>;
  submit(code: string): Promise<void>;
  /** Shows the other kind of code. */
  change(): void;
  readonly useRecoveryKey: (() => void) | undefined;
  leave(): void;
}

export const TOTP_LENGTH = 6;

/** The letters and digits of a backup code as it was typed or pasted. */
export function backupCodeOf(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '');
}

/** A code of the authenticator, or a backup code in its place, for a sign-in and for a reset of the password. */
export function createSecondStepModel(services: Services): SecondStepModel {
  const { navigation } = services;
  const { path, state: arrived } = navigation.here();
  const proof = proofOf(services);
  const kind = path === proof.paths.backup ? 'backup' : 'authenticator';
  const state = createStore<SecondStepState>({ email: proof.email, kind, busy: false });
  const clean = { error: undefined, failure: undefined };
  let proven = false;

  const read = kind === 'backup' ? backupCodeOf : digitsOf;
  const hasForm = (code: string) =>
    kind === 'backup' ? /^[a-zA-Z0-9]{8,20}$/.test(code) : code.length === TOTP_LENGTH;

  return {
    state,
    paths: proof.paths,
    async submit(typed) {
      if (state.get().busy) return;
      const code = read(typed);
      if (!hasForm(code)) {
        return state.set({ ...clean, error: message(`second-step-${kind}-${code === '' ? 'missing' : 'format'}`) });
      }
      state.set({ ...clean, busy: true });
      try {
        // Codes work once: when only what follows fails, another try goes on from there.
        proven ||= await (kind === 'backup' ? proof.backupCode(code) : proof.totp(code));
        if (proven) return await proof.goOn();
        state.set({ busy: false, error: message(`second-step-${kind}-wrong`) });
      } catch (error) {
        if (proof.hasEnded(error)) return proof.end();
        state.set({ busy: false, failure: describeFailure(error) });
      }
    },
    change: () => navigation.go(proof.paths[kind === 'backup' ? 'authenticator' : 'backup'], arrived),
    useRecoveryKey: proof.useRecoveryKey,
    leave: proof.leave,
  };
}
