import type { BrowserUser, SyncEngineChoice } from '@foxden/protocol';
import type { BrowserAccount, BrowserOptions, BrowserSync } from '../../src/index.js';

export const rosa = { uid: 'ab'.repeat(16), email: 'rosa@example.org' };
export const bo = { uid: 'cd'.repeat(16), email: 'bo@example.org' };
export const STATE = 'the state';

/** What a `login` of somebody carries. */
export function session(of = rosa, sessionToken = 'a0'.repeat(32)) {
  return { ...of, sessionToken, verified: true };
}

/** A browser that is nothing but its memory, and what was done to it. */
export interface MemoryBrowser extends BrowserOptions {
  readonly done: string[];
  user: BrowserUser | undefined;
  syncing: boolean;
  choice: SyncEngineChoice | undefined;
  last: string | undefined;
  /** What the person answers to the merge warning; it was shown for these addresses. */
  merges: boolean;
  readonly warned: string[];
}

export function memoryBrowser(differing: Partial<BrowserOptions> = {}): MemoryBrowser {
  const done: string[] = [];
  const account: BrowserAccount = {
    signedInUser: async () => browser.user,
    async signIn({ email, uid, sessionToken, verified }) {
      done.push(`sign in ${email}`);
      browser.user = { email, uid, sessionToken, verified };
    },
    async completeFlow({ state, code }) {
      if (state !== STATE) throw new Error('INVALID_STATE');
      done.push(`redeem ${code}`);
      return { hasSyncKey: code !== 'keyless' };
    },
    isFlowActive: async () => true,
    async beginFlow(scopes) {
      if (scopes.some((scope) => scope !== 'profile')) throw new Error('INVALID_SCOPES');
      return { scope: scopes.join(' '), state: STATE };
    },
    async changePassword({ sessionToken }) {
      done.push(`change password ${sessionToken}`);
    },
    async refreshProfile() {
      done.push('refresh profile');
    },
    async disconnect() {
      done.push('disconnect');
      browser.user = undefined;
    },
    async forget() {
      done.push('forget');
      browser.user = undefined;
    },
  };
  const sync: BrowserSync = {
    async enable(choice) {
      done.push('enable sync');
      browser.syncing = true;
      if (choice !== undefined) browser.choice = choice;
    },
    async disable() {
      browser.syncing = false;
    },
  };
  const browser: MemoryBrowser = {
    accountsUrl: 'https://accounts.example.org/',
    account,
    sync,
    lastAccount: {
      read: async () => browser.last,
      async write(hash) {
        browser.last = hash;
      },
    },
    capabilities: { multiService: true, can_link_account_uid: true, pairing: true, engines: ['bookmarks', 'tabs'] },
    context: 'oauth_webchannel_v1',
    clientId: '5882386c6d801776',
    async confirmMerge(email) {
      browser.warned.push(email);
      return browser.merges;
    },
    async open(place, entryPoint) {
      done.push(`open ${place} from ${entryPoint}`);
    },
    done,
    user: undefined,
    syncing: false,
    choice: undefined,
    last: undefined,
    merges: false,
    warned: [],
    ...differing,
  };
  return browser;
}
