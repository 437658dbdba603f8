import { type AuthClient, createAuthClient } from '@foxden/auth-client';
import { type Config, createServer } from '@foxden/server';
import { until } from './until.js';

/** The composed server with an empty database, and the codes that it mails; for tests that need no pages. */
export interface ServerUnderTest {
  readonly url: string;
  readonly client: AuthClient;
  /** The code of the first mail to an address. */
  code(email: string): Promise<string>;
  close(): Promise<void>;
}

export async function openServer(settings: Partial<Config>): Promise<ServerUnderTest> {
  const own = { databaseUrl: 'sqlite::memory:', listen: { host: '127.0.0.1', port: 0 }, rateLimits: false };
  const server = await createServer({ ...own, ...settings }, { write: () => undefined });
  const url = await server.listen();
  return {
    url,
    client: createAuthClient({ baseUrl: url }),
    code: (email) =>
      until(`a mail to ${email}`, async () => {
        const mailbox = `${server.mailboxUrl}/mail/${encodeURIComponent(email.split('@')[0] ?? '')}`;
        const mails = (await (await fetch(mailbox)).json()) as { headers: Record<string, string> }[];
        return mails[0]?.headers['x-verify-short-code'];
      }),
    close: () => server.close(),
  };
}
