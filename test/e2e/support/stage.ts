import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuthClient, createAuthClient } from '@foxden/auth-client';
import { type Config, createServer } from '@foxden/server';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { applications } from './applications.js';
import { launchChromium } from './chromium.js';

export interface Mail {
  readonly headers: Readonly<Record<string, string>>;
  readonly subject: string;
}

/** The composed server with an empty database, its mailbox, and a browser. */
export interface Stage {
  readonly url: string;
  readonly client: AuthClient;
  /** A browser window of its own storage. Requests to the applications end there and show where they came. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  /** A second tab beside a page. */
  tab(page: Page): Promise<Page>;
  /** The newest mail to an address; the `after`-th at least, waiting until it is there. */
  mail(email: string, after?: number): Promise<Mail>;
  code(email: string, after?: number): Promise<string>;
  /** A header of the newest mail to an address that has it; of the `after`-th such mail at least. */
  header(email: string, name: string, after?: number): Promise<string>;
  /** What the content security policy or a script error refused, in all visits. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** @param more applications beside those that every stage has */
export async function openStage(settings: Partial<Config> = {}, more: readonly object[] = []): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'foxden-e2e-'));
  await writeFile(join(dataDir, 'clients.json'), JSON.stringify([...applications, ...more]));
  const server = await createServer(
    {
      dataDir,
      databaseUrl: 'sqlite::memory:',
      listen: { host: '127.0.0.1', port: 0 },
      rateLimits: false,
      // Sign-ins with addresses that begin with "block" are blocked.
      blockTestAddresses: true,
      ...settings,
    },
    { write: () => undefined },
  );
  const url = await server.listen();
  const browser = await launchChromium();
  const complaints: string[] = [];
  const stage = { url, client: createAuthClient({ baseUrl: url }), complaints };
  return {
    ...stage,
    visit: async (options = {}) => newPage(await newContext(browser, options), complaints),
    tab: (page) => newPage(page.context(), complaints),
    mail: (email, after = 1) => waitForMail(server.mailboxUrl ?? '', email, after),
    code: async (email, after = 1) => codeOf(await waitForMail(server.mailboxUrl ?? '', email, after)),
    header: async (email, name, after = 1) => {
      const mail = await waitForMail(server.mailboxUrl ?? '', email, after, ({ headers }) => name in headers);
      return mail.headers[name] ?? '';
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(dataDir, { recursive: true });
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

async function waitForMail(
  mailboxUrl: string,
  email: string,
  count: number,
  isMeant: (mail: Mail) => boolean = () => true,
): Promise<Mail> {
  const localPart = encodeURIComponent(email.slice(0, email.lastIndexOf('@')));
  const deadline = Date.now() + 10_000;
  for (;;) {
    const all = (await (await fetch(`${mailboxUrl}/mail/${localPart}`)).json()) as Mail[];
    const mails = all.filter(isMeant);
    const newest = mails.at(-1);
    if (newest !== undefined && mails.length >= count) return newest;
    if (Date.now() > deadline) throw new Error(`no ${count}. mail to ${email}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function codeOf(mail: Mail): string {
  const code = mail.headers['x-verify-short-code'] ?? mail.headers['x-signin-verify-code'];
  if (code === undefined) throw new Error(`no code in “${mail.subject}”`);
  return code;
}
