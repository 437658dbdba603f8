import { getAccountStatus, isAuthError } from '@foxden/auth-client';
import { isEmailAddress } from '@foxden/protocol';
import { describeFailure } from '../../flow/describe-failure.js';
import { asksToSignUp } from '../../flow/flow.js';
import { signInPath, signUpPath } from '../../flow/steps.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface EmailState {
  readonly email: string;
  readonly busy: boolean;
  /** Concerns the field. */
  readonly error?: Message | undefined;
  /** Concerns the page. */
  readonly failure?: Message | undefined;
  readonly notice: Message | undefined;
}

export interface EmailModel extends Model<EmailState> {
  submit(email: string): Promise<void>;
}

/**
 * Email first: the server says whether there is an account before a password is asked for. Where it tells nobody, the
 * address that was opened decides.
 */
export function createEmailModel(services: Services): EmailModel {
  const { client, config, flow, navigation } = services;
  const { path, query, state: arrived } = navigation.here();
  const state = createStore<EmailState>({
    email: arrived.email ?? flow.hint ?? '',
    busy: false,
    notice: arrived.notice,
  });

  const hasAccount = async (email: string): Promise<boolean> =>
    config.hideAccounts ? !asksToSignUp(path, query) : (await getAccountStatus(client, { email })).exists;

  async function goOn(email: string, replace: boolean): Promise<void> {
    state.set({ email, busy: true, error: undefined, failure: undefined, notice: undefined });
    try {
      const exists = await hasAccount(email);
      if (flow.browser !== undefined && !(await flow.browser.mayContinue(email, exists))) {
        return state.set({ busy: false, notice: message('notice-not-linked') });
      }
      const path = exists ? signInPath(services) : signUpPath(services);
      // Going back finds what was typed, and does not follow a hint of the link once more.
      if (!replace) navigation.remember({ page: 'email', email });
      navigation.go(path, { email }, { replace });
    } catch (error) {
      const field = isAuthError(error, 'VERIFIED_SECONDARY_EMAIL_EXISTS', 'INVALID_PARAMETER');
      const told = !field
        ? { failure: describeFailure(error) }
        : { error: message(error.errorName === 'INVALID_PARAMETER' ? 'email-error-format' : 'email-error-secondary') };
      state.set({ busy: false, ...told });
    }
  }

  return {
    state,
    start() {
      // A link that names the person needs no typing; arriving here to choose somebody else does.
      if (arrived.page === undefined && flow.hint !== undefined && isEmailAddress(flow.hint))
        void goOn(flow.hint, true);
      return undefined;
    },
    async submit(typed) {
      if (state.get().busy) return;
      const email = typed.trim();
      const error = email === '' ? 'email-error-missing' : isEmailAddress(email) ? undefined : 'email-error-format';
      if (error !== undefined)
        return state.set({ email, error: message(error), failure: undefined, notice: undefined });
      await goOn(email, false);
    },
  };
}
