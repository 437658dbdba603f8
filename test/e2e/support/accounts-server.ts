import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuthClient, createAuthClient } from '@foxden/auth-client';
import { type Config, createServer, type Surroundings } from '@foxden/server';
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
  /** A header of the newest mail to an address that has it; of the `after`-th such mail at least. */
  header(email: string, name: string, after?: number): Promise<string>;
  close(): Promise<void>;
}

/**
 * @param more applications beside those that every server of these tests has
 * @param surroundings services beside the accounts, and where log lines go, if anywhere
 */
export async function openAccountsServer(
  settings: Partial<Config> = {},
  more: readonly object[] = [],
  surroundings: Surroundings = {},
): Promise<AccountsServer> {
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
    { write: () => undefined, ...surroundings },
  );
  const url = await server.listen();
  const mail = (email: string, after = 1, isMeant?: (mail: Mail) => boolean) =>
    waitForMail(server.mailboxUrl ?? '', email, after, isMeant);
  return {
    url,
    client: createAuthClient({ baseUrl: url }),
    mail: (email, after) => mail(email, after),
    code: async (email, after) => codeOf(await mail(email, after)),
    header: async (email, name, after) =>
      (await mail(email, after, ({ headers }) => name in headers)).headers[name] ?? '',
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function waitForMail(
  mailboxUrl: string,
  email: string,
  count: number,
  isMeant: (mail: Mail) => boolean = () => true,
): Promise<Mail> {
  const localPart = encodeURIComponent(email.slice(0, email.lastIndexOf('@')));
  return until(`the ${count}. mail to ${email}`, async () => {
    const all = (await (await fetch(`${mailboxUrl}/mail/${localPart}`)).json()) as Mail[];
    const mails = all.filter(isMeant);
    return mails.length >= count ? mails.at(-1) : undefined;
  });
}

function codeOf(mail: Mail): string {
  const code = mail.headers['x-verify-short-code'] ?? mail.headers['x-signin-verify-code'];
  if (code === undefined) throw new Error(`no code in “${mail.subject}”`);
  return code;
}
