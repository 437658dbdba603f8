import type { AnsweredCommand } from '@foxden/protocol';

const SECOND = 1000;

/** How long an answer is waited for unless the caller says otherwise, in milliseconds. */
const DEFAULT = 5 * SECOND;

/** What takes longer: a person who decides, or requests of the browser's own (webchannel §3.3, §5.1, §12.3). */
const LONGER: Partial<Record<AnsweredCommand, number>> = {
  'fxaccounts:can_link_account': Number.POSITIVE_INFINITY,
  'fxaccounts:login': 30 * SECOND,
  'fxaccounts:oauth_login': 30 * SECOND,
  'fxaccounts:change_password': 30 * SECOND,
  'fxaccounts:pair_supplicant_metadata': 10 * SECOND,
  'fxaccounts:pair_authorize': 30 * SECOND,
};

export function timeoutOf(command: AnsweredCommand): number {
  return LONGER[command] ?? DEFAULT;
}
