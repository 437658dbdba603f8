import { connect, type Socket } from 'node:net';

/** Where a script runs: in the page, or in the browser around it with all its rights. */
export type Realm = 'content' | 'chrome';

/** A client of Marionette, Firefox's own remote control: JSON arrays over TCP, each after its length and a colon. */
export interface Marionette {
  /** Runs one command of WebDriver and gives its result; commands follow one another. */
  command(realm: Realm | undefined, name: string, parameters?: object): Promise<unknown>;
  end(): void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Key of the greeting that Firefox sends first. */
const GREETING = 0;

export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = connect(port, '127.0.0.1');
  const waiting = new Map<number, Waiting>();
  const greeting = new Promise((resolve, reject) => waiting.set(GREETING, { resolve, reject }));
  const end = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  readPackets(socket, (packet) => settle(waiting, packet));
  socket.on('error', end);
  socket.on('close', () => end(new Error('Marionette has closed')));
  await greeting;

  let count = GREETING;
  let current: Realm = 'content';
  let last: Promise<unknown> = Promise.resolve();

  function send(name: string, parameters: object): Promise<unknown> {
    count += 1;
    const id = count;
    const body = JSON.stringify([0, id, name, parameters]);
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      socket.write(`${Buffer.byteLength(body)}:${body}`);
    });
  }

  return {
    command(realm, name, parameters = {}) {
      const run = async () => {
        if (realm !== undefined && realm !== current) {
          await send('Marionette:SetContext', { value: realm });
          current = realm;
        }
        return send(name, parameters);
      };
      const result = last.then(run, run);
      last = result.catch(() => undefined);
      return result;
    },
    end: () => socket.destroy(),
  };
}

function readPackets(socket: Socket, take: (packet: unknown) => void): void {
  let buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const colon = buffer.indexOf(':');
      const end = colon + 1 + Number(buffer.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || buffer.length < end) return;
      const body = buffer.subarray(colon + 1, end).toString();
      buffer = buffer.subarray(end);
      take(JSON.parse(body));
    }
  });
}

/** An answer is `[1, id, error, result]`, the greeting an object. */
function settle(waiting: Map<number, Waiting>, packet: unknown): void {
  const [, id, error, result] = Array.isArray(packet) ? packet : [1, GREETING, null, packet];
  const asked = waiting.get(id);
  waiting.delete(id);
  if (error === null) asked?.resolve(result);
  else asked?.reject(new Error(`${error.error}: ${error.message}`));
}
