import { type BrowserCapabilities, type BrowserContext, type BrowserUser, CONTEXT_DESKTOP_V3 } from '@foxden/protocol';
import type { PageChannel } from '@foxden/webchannel';
import type { BrowserFlow, SyncAnswer } from './browser-flow.js';
import { createLinking } from './linking.js';
import type { NewAccount } from './new-account.js';
import { signInBrowser } from './sign-in-browser.js';
import { type SyncSituation, syncQuestion } from './sync-question.js';

/** A browser and what it has said about itself. */
export interface WaitingBrowser {
  readonly channel: PageChannel;
  readonly context: BrowserContext;
  /** What it wants to be signed in for: `sync`, another service of its own, or nothing in particular. */
  readonly service: string | undefined;
  readonly capabilities: BrowserCapabilities;
  readonly user: BrowserUser | undefined;
  /** Their session has ended, so the browser only has to sign in again. */
  readonly isReturning: boolean;
  readonly newAccount: NewAccount;
}

export function createBrowserFlow(browser: WaitingBrowser): BrowserFlow {
  const { channel, context, service, capabilities, user, isReturning, newAccount } = browser;
  const linking = createLinking(channel, capabilities);
  const answers = new Map<string, SyncAnswer>();
  const held = new Set(user?.sessionToken ? [user.sessionToken] : []);
  let done = false;

  const situationOf = (uid: string): SyncSituation => ({
    context,
    service,
    capabilities,
    isNew: newAccount.is(uid),
    isReturning: isReturning && user?.uid === uid,
  });
  const isForSync = service === undefined || service === 'sync';
  return {
    user,
    needsPassword(visit, uid) {
      // Before OAuth, browsers fetch the keys themselves.
      if (context === CONTEXT_DESKTOP_V3) return visit.keyAccess(uid) === undefined;
      // Sync is nothing without keys; other services are, in browsers that say so (webchannel §11).
      return (isForSync || capabilities.keys_optional !== true) && !visit.hasKeys(uid);
    },
    isDone: () => done,
    mayContinue: linking.askEarly,
    noteNewAccount: newAccount.note,
    syncQuestion: (uid) => (answers.has(uid) ? undefined : syncQuestion(situationOf(uid))),
    answerSyncQuestion: (uid, answer) => void answers.set(uid, answer),
    async signIn(services, account) {
      const sync = { situation: situationOf(account.uid), answer: answers.get(account.uid) };
      done = await signInBrowser(services, account, { channel, user, linking, held, sync });
      if (done) newAccount.forget();
    },
  };
}
