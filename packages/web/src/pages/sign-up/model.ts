import { destroySession, isAuthError, signUp } from '@foxden/auth-client';
import { keepAccount } from '../../account/keep-account.js';
import { advance } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { wantsKeys } from '../../flow/flow.js';
import { entryPath, signInPath, signUpPath } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { IsCommon } from '../../passwords/common-passwords.js';
import { checkNewPassword, type NewPasswordErrors } from '../../passwords/new-password.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface SignUpState extends NewPasswordErrors {
  readonly email: string;
  readonly busy: boolean;
  readonly failure?: Message | undefined;
}

export interface SignUpModel extends Model<SignUpState> {
  submit(password: string, passwordConfirm: string): Promise<void>;
  /** Where accounts are hidden, people choose. */
  signInInstead(): void;
  useAnother(): void;
}

export function createSignUpModel(services: Services, commonPasswords: () => Promise<IsCommon>): SignUpModel {
  const { client, config, flow, navigation } = services;
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
    await advance(services, {
      state: { emailVerified: false, secondStepNeeded: false, sessionVerified: false },
      codeSent: true,
    });
  }

  /**
   * Where accounts are hidden, only a mail says whether there was one before, so the page ends the same way: no session
   * is kept, and the password is asked for when the mail was read.
   */
  async function createHidden(password: string): Promise<void> {
    try {
      const request = { email, password, service: flow.service, verificationMethod: 'email' } as const;
      const { sessionToken } = await signUp(client, request);
      // Nothing depends on it: nobody else knows the session, and it ends by its age.
      destroySession(client, sessionToken).catch(() => undefined);
    } catch (error) {
      if (!isAuthError(error, 'ACCOUNT_CREATION_REJECTED')) throw error;
    }
    navigation.go('/confirm', { email }, { replace: true });
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
      const errors = checkNewPassword({ password, passwordConfirm, email }, await isCommon);
      if (errors !== undefined) return state.set({ busy: false, ...errors });
      try {
        await (config.hideAccounts ? createHidden(password) : create(password));
      } catch (error) {
        if (isAuthError(error, 'ACCOUNT_EXISTS')) {
          const notice = message('notice-account-exists');
          return navigation.go(signInPath(services), { email, notice }, { replace: true });
        }
        const rejected = isAuthError(error, 'ACCOUNT_CREATION_REJECTED', 'VERIFIED_SECONDARY_EMAIL_EXISTS');
        state.set({ busy: false, failure: rejected ? message('sign-up-error-rejected') : describeFailure(error) });
      }
    },
    signInInstead: () => navigation.go(signInPath(services), { email }),
    useAnother() {
      const path = config.hideAccounts ? signUpPath(services) : entryPath(services);
      navigation.go(path, { page: 'email', email });
    },
  };
}
