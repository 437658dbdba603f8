import type { AuthClient } from '@foxden/auth-client';
import type { PageChannel } from '@foxden/webchannel';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AccountChange } from './account/account-change.js';
import type { AccountStore } from './account/stored-account.js';
import type { Visit } from './account/visit.js';
import type { PageConfig } from './config.js';
import type { Flow } from './flow/flow.js';
import type { Navigation } from './routing/navigation.js';
import type { After } from './timers.js';

/** What a page's model may use. There is nothing of the DOM in it, so that a test can hold all of it. */
export interface Services {
  readonly client: AuthClient;
  readonly accounts: AccountStore;
  readonly visit: Visit;
  readonly navigation: Navigation;
  readonly flow: Flow;
  readonly config: PageConfig;
  /** The channel to the browser that shows this page; undefined where none listens. */
  readonly openChannel: () => Promise<PageChannel | undefined>;
  /** Tells whoever keeps a copy of the account, such as the browser around the page, that it has changed. */
  readonly onAccountChange: (change: AccountChange) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Calls back after some milliseconds; gives what takes that back. */
  readonly after: After;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error('no services around this component');
  return services;
}
