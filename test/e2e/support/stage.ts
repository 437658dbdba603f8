import type { Config } from '@foxden/server';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type AccountsServer, openAccountsServer } from './accounts-server.js';
import { launchChromium } from './chromium.js';

/** The composed server with an empty database, its mailbox, and a browser. */
export interface Stage extends AccountsServer {
  /** A browser window of its own storage. Requests to the applications end there and show where they came. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  /** A second tab beside a page. */
  tab(page: Page): Promise<Page>;
  /** What the content security policy or a script error refused, in all visits. */
  readonly complaints: string[];
}

/** @param more applications beside those that every stage has */
export async function openStage(settings: Partial<Config> = {}, more: readonly object[] = []): Promise<Stage> {
  return openVisits(await openAccountsServer(settings, more));
}

/** A browser for a server that is there already; both are closed with the stage. */
export async function openVisits(server: AccountsServer): Promise<Stage> {
  const browser = await launchChromium();
  const complaints: string[] = [];
  return {
    ...server,
    complaints,
    visit: async (options = {}) => newPage(await newContext(browser, options), complaints),
    tab: (page) => newPage(page.context(), complaints),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

async function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  await context.route('https://*.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Application</title><h1>Back in the application</h1>' }),
  );
  return context;
}

async function newPage(context: BrowserContext, complaints: string[]): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => {
    if (/content security policy/i.test(line.text())) complaints.push(line.text());
  });
  return page;
}
