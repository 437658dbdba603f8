import { type SyncEngineChoice, WEBCHANNEL_TO_BROWSER, WEBCHANNEL_TO_PAGE } from '@foxden/protocol';
import { type BrowserPairing, createBrowserEnd } from '@foxden/webchannel';
import type { Frame, Page } from 'playwright-core';
import type { Stage } from '../../support/stage.js';
import { createEmbeddedAccount, type EmbeddedAccount, FLOW_SCOPES } from './embedded-account.js';
import type { BrowserVersion } from './versions.js';

/** An application that shows our pages in Chromium and plays Firefox's part in a process of its own. */
export interface EmbeddedBrowser {
  readonly page: Page;
  readonly account: EmbeddedAccount;
  readonly sync: { on: boolean; choice: SyncEngineChoice | undefined };
  /** What the person answers to the merge warning, and for whom it was shown. */
  readonly merging: { allowed: boolean; readonly warned: string[] };
  readonly opened: string[];
  /** The pairings that it has begun, by their channels. */
  readonly pairings: Map<string, BrowserPairing>;
  beginSignIn(service?: string): Promise<void>;
}

export async function openEmbeddedBrowser(stage: Stage, version: BrowserVersion): Promise<EmbeddedBrowser> {
  return embedBrowser(stage, await stage.visit(), version);
}

/** Makes a page that is still empty one of such an application. */
export async function embedBrowser(stage: Stage, page: Page, version: BrowserVersion): Promise<EmbeddedBrowser> {
  const { userAgent, context, capabilities, clientId, silent, loginWhileSignedIn, answerAs = 'object' } = version;
  const account = createEmbeddedAccount(stage.client, clientId);
  const sync: EmbeddedBrowser['sync'] = { on: false, choice: undefined };
  const merging = { allowed: false, warned: [] as string[] };
  const opened: string[] = [];
  const pairings: EmbeddedBrowser['pairings'] = new Map();
  let last: string | undefined;
  const end = createBrowserEnd({
    accountsUrl: stage.url,
    account,
    sync: {
      async enable(choice) {
        Object.assign(sync, { on: true, ...(choice === undefined ? {} : { choice }) });
      },
      async disable() {
        sync.on = false;
      },
    },
    lastAccount: {
      read: async () => last,
      async write(hash) {
        last = hash;
      },
    },
    capabilities,
    context,
    clientId: version.tellsClientId ? clientId : undefined,
    async confirmMerge(email) {
      merging.warned.push(email);
      return merging.allowed;
    },
    async open(place) {
      opened.push(place);
    },
    pairing: (channelId) => pairings.get(channelId),
    silent,
    loginWhileSignedIn,
  });

  await page.exposeBinding('toApplication', (source, detail: unknown) => {
    const reply = (envelope: object) =>
      void answer(source.frame, answerAs === 'text' ? JSON.stringify(envelope) : envelope);
    return end.receive(detail, { origin: new URL(source.frame.url()).origin, reply });
  });
  const given = { type: WEBCHANNEL_TO_BROWSER, userAgent };
  await page.addInitScript((of) => {
    Object.defineProperty(navigator, 'userAgent', { value: of.userAgent });
    const { toApplication } = window as unknown as { toApplication(detail: unknown): void };
    window.addEventListener(of.type, (event) => toApplication((event as CustomEvent).detail));
  }, given);

  return {
    page,
    account,
    sync,
    merging,
    opened,
    pairings,
    async beginSignIn(service) {
      const flow = context === 'oauth_webchannel_v1' ? await account.beginFlow(FLOW_SCOPES) : {};
      const query = new URLSearchParams({ context, ...flow, ...(service === undefined ? {} : { service }) });
      await page.goto(`${stage.url}/?${query}`);
    },
  };
}

async function answer(frame: Frame, detail: unknown): Promise<void> {
  const dispatch = (given: { readonly type: string; readonly detail: unknown }) =>
    void window.dispatchEvent(new CustomEvent(given.type, { detail: given.detail }));
  // A page that has gone on meanwhile takes no answer.
  await frame.evaluate(dispatch, { type: WEBCHANNEL_TO_PAGE, detail }).catch(() => undefined);
}
