import { isAuthError, verifyEmailCode } from '@foxden/auth-client';
import { describeFailure } from '../../flow/describe-failure.js';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface LinkState {
  readonly kind: 'email' | 'sign-in';
  readonly phase: 'working' | 'confirmed' | 'failed';
  readonly failure?: Message | undefined;
  /** Another try may succeed. */
  readonly retry: boolean;
  /** This browser is signed in to the account that was confirmed. */
  readonly signedInHere: boolean;
  /** The sign-up kept no session, since accounts are hidden. */
  readonly mustSignIn: boolean;
}

export interface LinkModel extends Model<LinkState> {
  verify(): Promise<void>;
  goToStart(): void;
  signIn(): void;
}

/** A mailed link proves the address from whichever browser opens it (auth-api §6.8). */
export function createLinkModel(services: Services): LinkModel {
  const { accounts, client, config, navigation } = services;
  const { path, query } = navigation.here();
  const uid = query.get('uid') ?? '';
  const code = query.get('code') ?? '';
  const kind = path === '/complete_signin' ? 'sign-in' : 'email';
  const state = createStore<LinkState>({
    kind,
    phase: 'working',
    retry: false,
    signedInHere: false,
    mustSignIn: false,
  });
  const fail = (failure: Message, retry = false) => state.set({ phase: 'failed', failure, retry });

  async function verify(): Promise<void> {
    state.set({ phase: 'working', failure: undefined });
    if (![uid, code].every((text) => /^[0-9a-f]{32}$/i.test(text))) return fail(message('link-failed-broken'));
    try {
      await verifyEmailCode(client, { uid, code });
      const signedInHere = accounts.get()?.uid === uid;
      const mustSignIn = config.hideAccounts && kind === 'email' && !signedInHere;
      state.set({ phase: 'confirmed', signedInHere, mustSignIn });
    } catch (error) {
      const expired = isAuthError(error, 'INVALID_VERIFICATION_CODE', 'UNKNOWN_ACCOUNT', 'INVALID_PARAMETER');
      fail(expired ? message('link-failed-expired') : describeFailure(error), !expired);
    }
  }

  return {
    state,
    start() {
      void verify();
      return undefined;
    },
    verify,
    goToStart: () => navigation.leave(navigation.href('/', '')),
    signIn: () => navigation.leave(navigation.href('/signin', '')),
  };
}
