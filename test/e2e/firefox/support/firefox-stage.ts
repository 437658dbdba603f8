import type { Config, Surroundings } from '@foxden/server';
import { leadingPreferences } from '../../../../packages/cli/src/firefox/preferences.js';
import { type AccountsServer, openAccountsServer } from '../../support/accounts-server.js';
import { type Firefox, launchFirefox } from './firefox.js';

/** The composed server, and stock Firefoxes that were told of it as `foxden firefox` tells people to. */
export interface FirefoxStage extends AccountsServer {
  /** Another browser with a fresh profile; all are closed with the stage. */
  firefox(): Promise<Firefox>;
}

/** @param more applications beside those that every server of these tests has */
export async function openFirefoxStage(
  settings: Partial<Config> = {},
  more: readonly object[] = [],
  surroundings: Surroundings = {},
): Promise<FirefoxStage> {
  const server = await openAccountsServer(settings, more, surroundings);
  const browsers: Firefox[] = [];
  return {
    ...server,
    async firefox() {
      const firefox = await launchFirefox({ preferences: leadingPreferences(server.url) });
      browsers.push(firefox);
      return firefox;
    },
    async close() {
      await Promise.all(browsers.map((firefox) => firefox.close()));
      await server.close();
    },
  };
}
