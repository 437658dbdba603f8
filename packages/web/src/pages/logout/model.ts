import { AuthClientError, describeLogout, destroySession, isAuthError } from '@foxden/auth-client';
import { describeFailure } from '../../flow/describe-failure.js';
import type { Message } from '../../messages/message.js';
import { isSafe } from '../../oauth/return-address.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface LogoutState {
  readonly phase: 'checking' | 'asking' | 'done';
  readonly email: string;
  /** Who asks; undefined where nobody says so. */
  readonly application: string | undefined;
  readonly busy: boolean;
  readonly failure?: Message | undefined;
}

export interface LogoutModel extends Model<LogoutState> {
  signOut(): Promise<void>;
}

/**
 * The end of a session at the wish of an application (OpenID Connect RP-Initiated Logout 1.0 §2). Without proof that the
 * application means the person who is signed in here, that person is asked; a request that is not right leads nowhere.
 */
export function createLogoutModel(services: Services): LogoutModel {
  const { accounts, client, navigation, visit } = services;
  const account = accounts.get();
  const { query } = navigation.here();
  let redirect: string | undefined;
  const state = createStore<LogoutState>({
    phase: 'checking',
    email: account?.email ?? '',
    application: undefined,
    busy: false,
  });

  /** Nobody is signed in any more: back to the application, if it said where. */
  function leave(): void {
    visit.forget();
    accounts.set(undefined);
    if (redirect !== undefined && isSafe(redirect)) navigation.leave(redirect);
    else state.set({ phase: 'done', busy: false });
  }

  async function signOut(): Promise<void> {
    state.set({ busy: true, failure: undefined });
    try {
      if (account !== undefined) await destroySession(client, account.sessionToken);
    } catch (error) {
      // A session that is gone already is what was wanted; one that may live on must not be forgotten here.
      if (!isAuthError(error, 'INVALID_TOKEN')) {
        return state.set({ phase: 'asking', busy: false, failure: describeFailure(error) });
      }
    }
    leave();
  }

  async function check(): Promise<void> {
    try {
      const answer = await ask(services, query, account?.sessionToken);
      redirect = answer.redirect;
      if (answer.confirmed || account === undefined) return await signOut();
      state.set({ phase: 'asking', application: answer.client_name });
    } catch (error) {
      const isRefused = error instanceof AuthClientError && error.kind === 'api';
      if (account === undefined) return leave();
      state.set({ phase: 'asking', failure: isRefused ? undefined : describeFailure(error) });
    }
  }

  return {
    state,
    start() {
      void check();
      return undefined;
    },
    signOut,
  };
}

async function ask({ client }: Services, query: URLSearchParams, sessionToken: string | undefined) {
  const member = (name: string) => query.get(name) ?? undefined;
  const request = {
    id_token_hint: member('id_token_hint'),
    client_id: member('client_id'),
    post_logout_redirect_uri: member('post_logout_redirect_uri'),
    state: member('state'),
  };
  try {
    return await describeLogout(client, request, sessionToken);
  } catch (error) {
    if (sessionToken === undefined || !isAuthError(error, 'INVALID_TOKEN')) throw error;
    // The session ended elsewhere; the application still waits for an answer.
    return { ...(await describeLogout(client, request)), confirmed: true };
  }
}
