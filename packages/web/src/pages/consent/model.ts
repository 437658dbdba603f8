import { advance } from '../../flow/advance.js';
import { leaveWithError } from '../../flow/answer-request.js';
import { describeFailure } from '../../flow/describe-failure.js';
import { meantAccount } from '../../flow/situation.js';
import { entryPath } from '../../flow/steps.js';
import type { Message } from '../../messages/message.js';
import { describeGrants } from '../../oauth/grants.js';
import type { Services } from '../../services.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

export interface ConsentState {
  readonly email: string;
  readonly application: string;
  /** Where the answer goes, as people know places; undefined for a native application. */
  readonly host: string | undefined;
  readonly grants: readonly Message[];
  readonly busy: boolean;
  readonly failure?: Message | undefined;
}

export interface ConsentModel extends Model<ConsentState> {
  submit(): Promise<void>;
  deny(): void;
  useAnother(): void;
}

export function createConsentModel(services: Services): ConsentModel {
  const { flow, navigation, visit } = services;
  const { oauth } = flow;
  const account = meantAccount(services);
  if (oauth === undefined || account === undefined) throw new Error('consent is asked for, but for nothing');
  const { client, request, returnAddress } = oauth;
  const state = createStore<ConsentState>({
    email: account.email,
    application: client.name,
    host: new URL(returnAddress.redirectUri).host || undefined,
    grants: describeGrants(request.scope, account.email, request.keysJwk !== undefined),
    busy: false,
  });
  return {
    state,
    async submit() {
      if (state.get().busy) return;
      state.set({ busy: true, failure: undefined });
      try {
        visit.acknowledge(account.uid);
        visit.allow(account.uid);
        await advance(services);
      } catch (error) {
        state.set({ busy: false, failure: describeFailure(error) });
      }
    },
    deny() {
      if (state.get().busy) return;
      state.set({ busy: true });
      leaveWithError(services, oauth, 'access_denied');
    },
    useAnother: () => navigation.go(entryPath(services), { page: 'email' }),
  };
}
