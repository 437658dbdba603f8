import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageConfig } from './config.js';
import type { Messages } from './messages/messages.js';
import type { Navigation } from './routing/navigation.js';

/** What every page stands in, whether it can go on or not. */
export interface Site {
  readonly config: PageConfig;
  readonly messages: Messages;
  readonly navigation: Navigation;
}

export const SiteContext = createContext<Site | undefined>(undefined);

export function useSite(): Site {
  const site = useContext(SiteContext);
  if (site === undefined) throw new Error('no site around this component');
  return site;
}
