import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** A proxy on loopback that lets nothing through and remembers who was asked for. */
export interface RefusingProxy {
  readonly port: number;
  readonly asked: string[];
  close(): void;
}

export async function refusingProxy(): Promise<RefusingProxy> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      asked.push(String(data).split(' ', 2)[1] ?? '?');
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, asked, close: () => server.close() };
}
