import { isAuthError, signUp } from '@foxden/auth-client';
import { keepAccount } from '../../account/keep-account.js';
import { advance } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { wantsKeys } from '../../flow/flow.js';
import { entryPath, signInPath } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';
import type { IsCommon } from './common-passwords.js';
import { judgePassword } from './judge-password.js';

export interface SignUpState {
  readonly email: string;
  readonly busy: boolean;
  readonly passwordError?: Message | undefined;
  readonly confirmError?: Message | undefined;
  readonly failure?: Message | undefined;
}

export interface SignUpModel extends Model<SignUpState> {
  submit(password: string, passwordConfirm: string): Promise<void>;
  useAnother(): void;
}

export function createSignUpModel(services: Services, commonPasswords: () => Promise<IsCommon>): SignUpModel {
  const { client, flow, navigation } = services;
  const email = navigation.here().state.email ?? flow.hint ?? '';
  const state = createStore<SignUpState>({ email, busy: false });
  const clean = { passwordError: undefined, confirmError: undefined, failure: undefined };
  let isCommon: Promise<IsCommon> | undefined;

  async function create(password: string): Promise<void> {
    const request = { email, password, keys: wantsKeys(flow), service: flow.service };
    const { uid, sessionToken, authAt, kB, keyAccess } = await signUp(client, request);
    keepAccount(services, { uid, email, sessionToken, authAt });
    services.visit.prove(uid, { kB, ...keyAccess });
    flow.browser?.noteNewAccount(uid);
    await advance(services, { state: { emailVerified: false, sessionVerified: false }, codeSent: true });
  }

  return {
    state,
    start() {
      isCommon = commonPasswords();
      return undefined;
    },
    async submit(password, passwordConfirm) {
      if (state.get().busy) return;
      state.set({ ...clean, busy: true });
      isCommon ??= commonPasswords();
      const fault = judgePassword(password, email, await isCommon);
      if (fault !== undefined) return state.set({ busy: false, passwordError: message(`sign-up-error-${fault}`) });
      if (password !== passwordConfirm) {
        return state.set({ busy: false, confirmError: message('sign-up-error-confirm') });
      }
      try {
        await create(password);
      } catch (error) {
        if (isAuthError(error, 'ACCOUNT_EXISTS')) {
          const notice = message('notice-account-exists');
          return navigation.go(signInPath(services), { email, notice }, { replace: true });
        }
        const rejected = isAuthError(error, 'ACCOUNT_CREATION_REJECTED', 'VERIFIED_SECONDARY_EMAIL_EXISTS');
        state.set({ busy: false, failure: rejected ? message('sign-up-error-rejected') : describeFailure(error) });
      }
    },
    useAnother: () => navigation.go(entryPath(services), { page: 'email', email }),
  };
}
