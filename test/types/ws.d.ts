/** The part of the package `ws` that tests use; it brings no types. */
declare module 'ws' {
  import type { EventEmitter } from 'node:events';
  import type { Server } from 'node:http';

  export class WebSocket extends EventEmitter {
    send(text: string): void;
    terminate(): void;
  }

  export class WebSocketServer extends EventEmitter {
    constructor(options: { server: Server; handleProtocols?: (protocols: Set<string>) => string | false });
    readonly clients: Set<WebSocket>;
    on(event: 'connection', listener: (socket: WebSocket) => void): this;
    close(): void;
  }
}
