import type { AccountEvent, EventName } from './events.js';

/**
 * A service in this process that hears of accounts. An event is told again until it is taken, also after a crash, so it
 * may come twice.
 */
export interface AccountListener {
  /** Tells listeners apart in the outbox. */
  readonly name: string;
  readonly events: readonly EventName[];
  receive(event: AccountEvent): Promise<void>;
}

const SCHEME = 'local:';

/** What stands for a listener where other services have a URL. */
export function listenerUrl({ name }: Pick<AccountListener, 'name'>): string {
  return SCHEME + name;
}

export function isListenerUrl(url: string): boolean {
  return url.startsWith(SCHEME);
}
