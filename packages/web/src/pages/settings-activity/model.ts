import { getSecurityEvents } from '@foxden/auth-client';
import type { ResponseOf, securityEvents } from '@foxden/protocol';
import { type Message, message } from '../../messages/message.js';
import type { Services } from '../../services.js';
import { type Attempt, readOnArrival } from '../../settings/attempt.js';
import { sessionOf } from '../../settings/owner.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

type SecurityEvent = ResponseOf<typeof securityEvents>[number];

/** What each event is called here; steps on the way to another event are not told. */
const WORDS: Readonly<Record<string, string>> = {
  'account.create': 'activity-create',
  'account.login': 'activity-login',
  'account.login.failure': 'activity-login-failure',
  'account.reset': 'activity-reset',
  'account.password_added': 'activity-password-changed',
  'account.password_changed': 'activity-password-changed',
  'account.two_factor_added': 'activity-two-step-added',
  'account.two_factor_removed': 'activity-two-step-removed',
  'account.two_factor_challenge_failure': 'activity-two-step-failure',
  'account.two_factor_replace_success': 'activity-two-step-replaced',
  'account.recovery_codes_replaced': 'activity-codes-replaced',
  'account.recovery_codes_set': 'activity-codes-replaced',
  'account.recovery_codes_signin_complete': 'activity-code-used',
  'account.recovery_key_added': 'activity-key-added',
  'account.recovery_key_removed': 'activity-key-removed',
  'account.recovery_key_challenge_failure': 'activity-key-failure',
  'account.mfa_verify_otp_code_failed': 'activity-confirm-failure',
  'account.secondary_email_added': 'activity-email-added',
  'account.secondary_email_removed': 'activity-email-removed',
  'account.primary_secondary_swapped': 'activity-email-primary',
  'session.destroy': 'activity-sign-out',
};

export interface ActivityState extends Attempt {
  readonly events?: readonly { readonly key: string; readonly words: Message; readonly at: number }[];
}

/** What happened to the account lately (auth-api §6.13). */
export function createActivityModel(services: Services): Model<ActivityState> {
  const state = createStore<ActivityState>({ busy: false });
  return {
    state,
    start() {
      readOnArrival(services, state, async () => {
        const events = await getSecurityEvents(services.client, sessionOf(services));
        state.set({ events: events.flatMap(describe) });
      });
      return undefined;
    },
  };
}

function describe({ name, createdAt }: SecurityEvent, index: number) {
  const words = WORDS[name];
  return words === undefined ? [] : [{ key: `${index}`, words: message(words), at: createdAt }];
}
