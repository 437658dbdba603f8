import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError, type ListenAddress } from '../../config/index.js';
import type { Log } from '../../context.js';
import type { Storage } from '../../storage/index.js';
import { answerMailbox, writeAnswer } from './handler.js';

/** A listening mailbox. */
export interface MailboxServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the development mailbox on a listener of its own.
 * @throws ConfigError when the address cannot be listened on
 */
export async function listenMailbox(storage: Storage, log: Log, listen: ListenAddress): Promise<MailboxServer> {
  const server = createServer(async (request, response) => {
    try {
      writeAnswer(response, await answerMailbox(storage, request));
    } catch (error) {
      log.error('mailbox', { error: error instanceof Error ? error.message : String(error) });
      response.writeHead(500).end();
    }
  });
  const { address, port, family } = await listening(server, listen);
  server.unref();
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, { host, port }: ListenAddress): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'another program listens there' : (cause.code ?? cause.message);
      const sentence = `The mailbox cannot listen on ${host}:${port} (${reason}); set FOXDEN_MAILBOX_LISTEN to another address or to off.`;
      reject(new ConfigError(sentence, { cause }));
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
