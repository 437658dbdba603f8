import {
  type BrowserCapabilities,
  type BrowserContext,
  CONTEXT_DESKTOP_V3,
  DESKTOP_V3_ENGINES,
  type RequestedServices,
  type SyncEngineChoice,
} from '@foxden/protocol';
import type { SyncAnswer, SyncQuestion } from './browser-flow.js';

/** All that decides about Sync in a sign-in to a browser. */
export interface SyncSituation {
  readonly context: BrowserContext;
  /** As the address says; another service than `sync` has nothing to do with it. */
  readonly service: string | undefined;
  readonly capabilities: BrowserCapabilities;
  /** The account was made on the way. */
  readonly isNew: boolean;
  /** The browser knows the account, and only has to sign in again: everything is decided already. */
  readonly isReturning: boolean;
}

/** What to ask about Sync (bug 1577690, step 4; webchannel §5.3); undefined when nothing is left to decide. */
export function syncQuestion({ service, isNew, isReturning, ...browser }: SyncSituation): SyncQuestion | undefined {
  if (isReturning || (service !== undefined && service !== 'sync')) return undefined;
  // Who starts from "sync" with an account that there is has said what they want.
  if (!isNew && service === 'sync') return undefined;
  const mayDecline = browser.capabilities.multiService === true;
  const engines = isNew ? offeredEngines(browser) : [];
  return engines.length > 0 || mayDecline ? { engines, mayDecline } : undefined;
}

/** What the browser lets people choose from. */
function offeredEngines({ context, capabilities }: Pick<SyncSituation, 'context' | 'capabilities'>): readonly string[] {
  const own = capabilities.engines ?? [];
  if (context === CONTEXT_DESKTOP_V3) return [...new Set([...DESKTOP_V3_ENGINES, ...own])];
  return capabilities.choose_what_to_sync === true ? own : [];
}

/** What the browser is told about services in the messages of a sign-in (webchannel §5.1, §5.2). */
export interface ServiceMembers {
  /** Of `login`. */
  readonly login: {
    readonly services?: RequestedServices;
    readonly offeredSyncEngines?: readonly string[];
    readonly declinedSyncEngines?: readonly string[];
  };
  /** Of `oauth_login`. */
  readonly oauthLogin: {
    readonly offeredSyncEngines?: readonly string[];
    readonly declinedSyncEngines?: readonly string[];
  };
}

/** @param answer to {@link syncQuestion}; undefined where nothing was asked */
export function serviceMembers(situation: SyncSituation, answer: SyncAnswer | undefined): ServiceMembers {
  const { service, capabilities, context, isReturning } = situation;
  const choice = choiceOf(situation, answer);
  if (capabilities.multiService !== true) {
    const lists =
      choice === undefined
        ? {}
        : { offeredSyncEngines: choice.offeredEngines, declinedSyncEngines: choice.declinedEngines };
    return context === CONTEXT_DESKTOP_V3 ? { login: lists, oauthLogin: {} } : { login: {}, oauthLogin: lists };
  }
  // Nothing said leaves services as they are.
  if (isReturning) return { login: {}, oauthLogin: {} };
  if (service !== undefined && service !== 'sync') return { login: { services: { [service]: {} } }, oauthLogin: {} };
  const services: RequestedServices = answer === 'no-sync' ? {} : { sync: choice ?? {} };
  return { login: { services }, oauthLogin: {} };
}

/** Both lists, where engines were there to be chosen. */
function choiceOf(situation: SyncSituation, answer: SyncAnswer | undefined): SyncEngineChoice | undefined {
  const offered = syncQuestion(situation)?.engines ?? [];
  if (answer === undefined || answer === 'no-sync' || offered.length === 0) return undefined;
  const declined = offered.filter((engine) => answer.declined.includes(engine));
  return { offeredEngines: offered, declinedEngines: declined };
}
