import { isAuthError, reauthenticate, type SignInRequest, signIn } from '@foxden/auth-client';
import { keepAccount } from '../../account/keep-account.js';
import type { StoredAccount } from '../../account/stored-account.js';
import { advance, type Progress } from '../../flow/advance.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { wantsKeys } from '../../flow/flow.js';
import { isSameAddress, meantAccount } from '../../flow/situation.js';
import { entryPath } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface PasswordState {
  readonly email: string;
  /** They are signed in; only the password is wanted again. */
  readonly again: boolean;
  readonly busy: boolean;
  readonly error?: Message | undefined;
  readonly failure?: Message | undefined;
  readonly notice: Message | undefined;
}

export interface PasswordModel extends Model<PasswordState> {
  submit(password: string): Promise<void>;
  useAnother(): void;
}

export function createPasswordModel(services: Services): PasswordModel {
  const { flow, navigation } = services;
  const { state: arrived } = navigation.here();
  const signedIn = meantAccount(services);
  const email = arrived.email ?? signedIn?.email ?? flow.hint ?? '';
  const isAgain = (account: StoredAccount | undefined): account is StoredAccount =>
    account !== undefined && isSameAddress(account.email, email);
  const state = createStore<PasswordState>({ email, again: isAgain(signedIn), busy: false, notice: arrived.notice });

  return {
    state,
    async submit(password) {
      if (state.get().busy) return;
      const clean = { error: undefined, failure: undefined, notice: undefined };
      if (password === '') return state.set({ ...clean, error: message('password-error-missing') });
      state.set({ ...clean, busy: true });
      try {
        const account = services.accounts.get();
        await advance(
          services,
          isAgain(account) ? await proveAgain(services, account, password) : await enter(services, email, password),
        );
      } catch (error) {
        state.set({ busy: false, ...describe(error) });
      }
    },
    useAnother: () => navigation.go(entryPath(services), { page: 'email' }),
  };
}

/** A new session. */
async function enter(services: Services, email: string, password: string): Promise<Progress> {
  const request = { ...requestOf(services, email, password), verificationMethod: 'email-otp' as const };
  const answer = await signIn(services.client, request);
  const { uid, sessionToken, authAt, keyAccess, emailVerified, sessionVerified } = answer;
  keepAccount(services, { uid, email: answer.email, sessionToken, authAt });
  services.visit.prove(uid, keyAccess);
  return { state: { emailVerified, sessionVerified }, codeSent: true };
}

/** The session that there is, or a new one if it has ended meanwhile. */
async function proveAgain(services: Services, account: StoredAccount, password: string): Promise<Progress> {
  try {
    const request = requestOf(services, account.email, password);
    // A method would ask for a code; without keys the password is enough.
    const method = request.keys ? { verificationMethod: 'email-otp' as const } : {};
    const answer = await reauthenticate(services.client, account.sessionToken, { ...request, ...method });
    const { authAt, keyAccess, emailVerified, sessionVerified } = answer;
    services.accounts.set({ ...account, authAt });
    services.visit.prove(account.uid, keyAccess);
    return { state: { emailVerified, sessionVerified }, codeSent: emailVerified };
  } catch (error) {
    if (!isAuthError(error, 'INVALID_TOKEN')) throw error;
    return enter(services, account.email, password);
  }
}

function requestOf({ flow }: Services, email: string, password: string): SignInRequest & { readonly keys: boolean } {
  return { email, password, keys: wantsKeys(flow), service: flow.service };
}

function describe(error: unknown): Pick<PasswordState, 'error' | 'failure'> {
  if (isAuthError(error, 'INCORRECT_PASSWORD', 'INCORRECT_EMAIL_CASE')) {
    return { error: message('password-error-wrong') };
  }
  if (isAuthError(error, 'UNKNOWN_ACCOUNT')) return { failure: message('password-error-no-account') };
  if (isAuthError(error, 'LOGIN_WITH_SECONDARY_EMAIL')) return { failure: message('password-error-secondary') };
  if (isAuthError(error, 'ACCOUNT_MUST_BE_RESET')) return { failure: message('password-error-reset') };
  if (isAuthError(error, 'ACCOUNT_WITHOUT_PASSWORD', 'LOGIN_WITH_INVALID_EMAIL')) {
    return { failure: message('password-error-unset') };
  }
  return { failure: describeFailure(error) };
}
