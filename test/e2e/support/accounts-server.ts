import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuthClient, createAuthClient } from '@foxden/auth-client';
import { type Config, createServer } from '@foxden/server';
import { applications } from './applications.js';
import { until } from './until.js';

export interface Mail {
  readonly headers: Readonly<Record<string, string>>;
  readonly subject: string;
}

/** The composed server with an empty database, and its mailbox. */
export interface AccountsServer {
  readonly url: string;
  readonly client: AuthClient;
  /** The newest mail to an address; the `after`-th at least, waiting until it is there. */
  mail(email: string, after?: number): Promise<Mail>;
  code(email: string, after?: number): Promise<string>;
  close(): Promise<void>;
}

export async function openAccountsServer(settings: Partial<Config> = {}): Promise<AccountsServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'foxden-e2e-'));
  await writeFile(join(dataDir, 'clients.json'), JSON.stringify(applications));
  const server = await createServer(
    {
      dataDir,
      databaseUrl: 'sqlite::memory:',
      listen: { host: '127.0.0.1', port: 0 },
      rateLimits: false,
      ...settings,
    },
    { write: () => undefined },
  );
  const url = await server.listen();
  const mail = (email: string, after = 1) => waitForMail(server.mailboxUrl ?? '', email, after);
  return {
    url,
    client: createAuthClient({ baseUrl: url }),
    mail,
    code: async (email, after) => codeOf(await mail(email, after)),
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function waitForMail(mailboxUrl: string, email: string, count: number): Promise<Mail> {
  const localPart = encodeURIComponent(email.slice(0, email.lastIndexOf('@')));
  return until(`the ${count}. mail to ${email}`, async () => {
    const mails = (await (await fetch(`${mailboxUrl}/mail/${localPart}`)).json()) as Mail[];
    return mails.length >= count ? mails.at(-1) : undefined;
  });
}

function codeOf(mail: Mail): string {
  const code = mail.headers['x-verify-short-code'] ?? mail.headers['x-signin-verify-code'];
  if (code === undefined) throw new Error(`no code in “${mail.subject}”`);
  return code;
}
