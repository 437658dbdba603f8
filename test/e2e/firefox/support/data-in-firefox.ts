/** What a person has in a Firefox, and Sync of it. The functions that run inside it find these in their scope. */
import { until } from '../../support/until.js';
import type { Firefox } from './firefox.js';

interface Login {
  readonly password: string;
}
interface Places {
  readonly bookmarks: {
    readonly toolbarGuid: string;
    insert(bookmark: object): Promise<unknown>;
    update(bookmark: object): Promise<unknown>;
    fetch(what: object): Promise<{ readonly guid: string; readonly title: string } | null>;
  };
  readonly history: {
    insert(page: object): Promise<unknown>;
    fetch(url: string): Promise<{ readonly title: string } | null>;
  };
}
declare const PlacesUtils: Places;
declare const Weave: {
  readonly Service: {
    readonly locked: boolean;
    readonly identity: { _hasValidToken(): boolean };
    sync(options: object): Promise<void>;
  };
  readonly Status: { readonly ready: boolean; readonly service: string; readonly login: string; readonly sync: string };
};
declare const Cc: Readonly<
  Record<string, { createInstance(type: unknown): Login & { init(...values: unknown[]): void } }>
>;
declare const Ci: Readonly<Record<string, unknown>>;
declare const Services: {
  readonly logins: {
    addLoginAsync(login: Login): Promise<unknown>;
    removeLoginAsync(login: Login): Promise<unknown>;
    searchLoginsAsync(query: object): Promise<Login[]>;
  };
};

export interface Data {
  readonly bookmark: string | null;
  readonly page: string | null;
  readonly passwords: readonly string[];
}

/** Lets Firefox sync as its "Sync now" does, after a sync that may be running; gives what it says of itself then. */
export function sync(firefox: Firefox): Promise<readonly string[]> {
  return until('a sync', async () => {
    const status = await firefox.inBrowser(async () => {
      if (!Weave.Status.ready || Weave.Service.locked) return null;
      await Weave.Service.sync({ why: 'user' });
      return [Weave.Status.service, Weave.Status.login, Weave.Status.sync];
    });
    return status ?? undefined;
  });
}

/** Whether Firefox would go to Sync with the token it has. */
export function hasToken(firefox: Firefox): Promise<boolean> {
  return firefox.inBrowser(() => Weave.Service.identity._hasValidToken());
}

/** A bookmark, a visited page and a password. */
export function addData(firefox: Firefox, bookmark: string): Promise<void> {
  return firefox.inBrowser(async (title) => {
    const parentGuid = PlacesUtils.bookmarks.toolbarGuid;
    await PlacesUtils.bookmarks.insert({ parentGuid, url: 'https://foxes.example.com/', title });
    const visits = [{ date: new Date() }];
    await PlacesUtils.history.insert({ url: 'https://visited.example.com/', title: 'Visited', visits });
    const login = Cc['@mozilla.org/login-manager/loginInfo;1']?.createInstance(Ci['nsILoginInfo']);
    if (login === undefined) throw new Error('no logins here');
    login.init('https://login.example.com', 'https://login.example.com', null, 'fox', 'den', '', '');
    await Services.logins.addLoginAsync(login);
  }, bookmark);
}

/** Gives the bookmark another title. */
export function renameBookmark(firefox: Firefox, bookmark: string): Promise<void> {
  return firefox.inBrowser(async (title) => {
    const found = await PlacesUtils.bookmarks.fetch({ url: 'https://foxes.example.com/' });
    await PlacesUtils.bookmarks.update({ guid: found?.guid, title });
  }, bookmark);
}

export function removePasswords(firefox: Firefox): Promise<void> {
  return firefox.inBrowser(async () => {
    const logins = await Services.logins.searchLoginsAsync({ origin: 'https://login.example.com' });
    for (const login of logins) await Services.logins.removeLoginAsync(login);
  });
}

export function dataOf(firefox: Firefox): Promise<Data> {
  return firefox.inBrowser(async () => {
    const bookmark = await PlacesUtils.bookmarks.fetch({ url: 'https://foxes.example.com/' });
    const page = await PlacesUtils.history.fetch('https://visited.example.com/');
    const logins = await Services.logins.searchLoginsAsync({ origin: 'https://login.example.com' });
    return {
      bookmark: bookmark?.title ?? null,
      page: page?.title ?? null,
      passwords: logins.map(({ password }) => password),
    };
  });
}
