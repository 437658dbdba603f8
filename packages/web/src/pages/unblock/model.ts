import { isAuthError, sendUnblockCode } from '@foxden/auth-client';
import { advance } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { isLiftableBlock, provePassword } from '../../flow/prove-password.js';
import { entryPath, signInPath } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface UnblockState {
  readonly email: string;
  readonly busy: boolean;
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
  readonly notice?: Message | undefined;
}

export interface UnblockModel extends Model<UnblockState> {
  submit(code: string): Promise<void>;
  resend(): Promise<void>;
  useAnother(): void;
}

const CODE_LENGTH = 8;

/** Tries a blocked sign-in again with a mailed code (auth-api §4.3). The password waits in memory, so a reload asks for it. */
export function createUnblockModel(services: Services): UnblockModel {
  const { client, navigation, visit } = services;
  const blocked = visit.blocked();
  if (blocked === undefined) throw new Error('a code is asked for, but no sign-in is blocked');
  const { email } = blocked;
  const state = createStore<UnblockState>({ email, busy: false });
  const clean = { error: undefined, failure: undefined, notice: undefined };

  async function send(notice?: Message): Promise<void> {
    state.set({ ...clean, busy: true });
    try {
      await sendUnblockCode(client, email);
      navigation.remember({ codeSent: true });
      state.set({ busy: false, notice });
    } catch (error) {
      state.set({ busy: false, failure: describeFailure(error) });
    }
  }

  function fail(error: unknown): void {
    // The code was right and is used up; what else was wrong is not told behind a block.
    if (isLiftableBlock(error)) {
      visit.block(undefined);
      navigation.go(signInPath(services), { email, notice: message('notice-unblock-again') }, { replace: true });
      return;
    }
    const wrong = isAuthError(error, 'INVALID_UNBLOCK_CODE');
    const told = wrong ? { error: message('unblock-error-wrong') } : { failure: describeFailure(error) };
    state.set({ busy: false, ...told });
  }

  return {
    state,
    start() {
      if (navigation.here().state.codeSent !== true) void send();
      return undefined;
    },
    async submit(typed) {
      if (state.get().busy) return;
      const unblockCode = typed.normalize('NFKC').replace(/[^a-zA-Z0-9]/g, '');
      if (unblockCode.length !== CODE_LENGTH) {
        const id = unblockCode === '' ? 'unblock-error-missing' : 'unblock-error-format';
        return state.set({ ...clean, error: message(id) });
      }
      state.set({ ...clean, busy: true });
      try {
        const progress = await provePassword(services, { ...blocked, unblockCode });
        visit.block(undefined);
        await advance(services, progress);
      } catch (error) {
        fail(error);
      }
    },
    async resend() {
      if (!state.get().busy) await send(message('unblock-resent', { email }));
    },
    useAnother() {
      visit.block(undefined);
      navigation.go(entryPath(services), { page: 'email' });
    },
  };
}
