import type { RequestedServices } from '@foxden/protocol';
import type { BrowserOptions } from './options.js';
import { type Data, readChoice, readData, readServices } from './read-data.js';

/** What a sign-in asked to be enabled, kept until it is complete. */
export interface PendingServices {
  /** Notes what a `login` asked for. For the same account, what was named first holds. */
  request(uid: string, services: RequestedServices): void;
  /** Enables what was asked for, once. @throws Error when Sync was, and there is no key for it */
  enable(of: { readonly hasSyncKey: boolean }): Promise<void>;
  forget(): void;
}

export function createPendingServices({ sync }: Pick<BrowserOptions, 'sync'>): PendingServices {
  let pending: { readonly uid: string; readonly services: RequestedServices } | undefined;
  return {
    request(uid, services) {
      const earlier = pending?.uid === uid ? pending.services : {};
      pending = { uid, services: { ...services, ...earlier } };
    },
    async enable({ hasSyncKey }) {
      const wanted = pending?.services.sync;
      pending = undefined;
      if (wanted === undefined) return;
      if (!hasSyncKey) throw new Error('User does not have sync keys');
      await sync.enable(readChoice(readData(wanted), 'offeredEngines', 'declinedEngines'));
    },
    forget() {
      pending = undefined;
    },
  };
}

/**
 * What a message of a sign-in asks for. A browser of one service takes the message itself for the wish to sync, and
 * finds the engine choice at its top level (bug 1577690, step 5).
 */
export function servicesOf({ capabilities }: Pick<BrowserOptions, 'capabilities'>, data: Data): RequestedServices {
  if (capabilities.multiService === true) return readServices(data);
  return { sync: readChoice(data, 'offeredSyncEngines', 'declinedSyncEngines') ?? {} };
}
