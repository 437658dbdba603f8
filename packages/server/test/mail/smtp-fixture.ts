import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterTest } from './mail-fixture.js';

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');

/** Self-signed for localhost; nothing but these tests trusts it. */
export const CERTIFICATE = fixture('localhost-test-certificate.pem');
const KEY = fixture('localhost-test-key.pem');

/** What the server took in. */
export interface Delivered {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  /** The message as sent, headers unfolded. */
  readonly message: string;
}

export interface Smtp {
  readonly port: number;
  readonly delivered: Delivered[];
  close(): Promise<void>;
}

/** A real SMTP server on any free port (or a given one), closed after the test. */
export async function smtpServer(options: SMTPServerOptions = {}, port = 0): Promise<Smtp> {
  const delivered: Delivered[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    key: KEY,
    cert: CERTIFICATE,
    logger: false,
    // Milliseconds that it waits for a client that keeps its connection.
    closeTimeout: 1,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        delivered.push({
          from: mailFrom === false ? '' : mailFrom.address,
          recipients: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user === undefined ? undefined : String(session.user),
          message: Buffer.concat(chunks)
            .toString('utf8')
            .replace(/\r\n[ \t]+/g, ' '),
        });
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve());
  });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  afterTest(close);
  return { port: (server.server.address() as AddressInfo).port, delivered, close };
}
