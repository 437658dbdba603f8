import { type Endpoint, FORMATS, type ResponseOf } from '@foxden/protocol';
import { createServer, type MountFactory, type Server } from '@foxden/server';
import { Ajv } from 'ajv';
import { documentedErrors } from './documented-errors.js';
import { type RecordingTransport, recordingTransport } from './push.js';
import { type CallOptions, send } from './send.js';

export { bearer } from './send.js';

const NOON = Date.UTC(2026, 5, 1, 12, 0, 0);

/** A clock that stands still until it is told to move. */
export interface TestClock {
  now(): number;
  advance(milliseconds: number): void;
}

export function testClock(start = NOON): TestClock {
  let now = start;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

export interface Mail {
  readonly headers: Readonly<Record<string, string>>;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The composed server on a free port with an empty database in memory, and what a test needs to speak with it. */
export interface TestServer {
  readonly server: Server;
  readonly url: string;
  readonly clock: TestClock;
  readonly log: readonly string[];
  /** Where push messages go instead of to push services. */
  readonly push: RecordingTransport;
  /** A call by its definition; a 2xx answer beside the response schema, or an error it does not list, fails the test. */
  call<E extends Endpoint>(endpoint: E, options?: CallOptions<E>): Promise<Answer<ResponseOf<E>>>;
  /** A call that must succeed. */
  ok<E extends Endpoint>(endpoint: E, options?: CallOptions<E>): Promise<ResponseOf<E>>;
  /** A call that must fail, by its body. */
  fails<E extends Endpoint>(endpoint: E, options?: CallOptions<E>): Promise<FailedBody>;
  /** A request as bytes on the wire. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** Mails to an address, oldest first. */
  mails(address: string): Promise<readonly Mail[]>;
  /** The newest mail to an address. */
  mail(address: string): Promise<Mail>;
  close(): Promise<void>;
}

export interface FailedBody {
  readonly code: number;
  readonly errno: number;
  readonly error: string;
  readonly message: string;
  readonly [extra: string]: unknown;
}

export async function startTestServer(
  settings: Parameters<typeof createServer>[0] = {},
  { clock = testClock(), mounts = [] }: { clock?: TestClock; mounts?: readonly MountFactory[] } = {},
): Promise<TestServer> {
  const log: string[] = [];
  const push = recordingTransport();
  const server = await createServer(
    {
      databaseUrl: 'sqlite::memory:',
      listen: { host: '127.0.0.1', port: 0 },
      mailboxListen: { host: '127.0.0.1', port: 0 },
      rateLimits: false,
      ...settings,
    },
    { clock, mounts, pushTransport: push, write: (text) => log.push(text) },
  );
  await server.listen();
  // Also where the public address is another one.
  const { host, port } = server.context.config.listen;
  const url = `http://${host}:${port}`;
  const responseSchemas = new Ajv({ strict: false, allErrors: true });
  for (const [name, check] of Object.entries(FORMATS)) responseSchemas.addFormat(name, check);

  const self: TestServer = {
    server,
    url,
    clock,
    log,
    push,
    async call<E extends Endpoint>(endpoint: E, options: CallOptions<E> = {}) {
      const response = await send(url, endpoint, options);
      const content = await response.text();
      const body = (content === '' ? undefined : JSON.parse(content)) as ResponseOf<E>;
      if (response.ok && content !== '' && !responseSchemas.validate(endpoint.response, body)) {
        throw new Error(`${endpoint.path} answered ${JSON.stringify(body)}: ${responseSchemas.errorsText()}`);
      }
      if (response.status >= 400) expectDocumented(endpoint, body as unknown as FailedBody);
      return { status: response.status, headers: response.headers, body };
    },
    async ok(endpoint, options) {
      const answer = await self.call(endpoint, options);
      if (answer.status !== 200) throw new Error(`${endpoint.path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    async fails(endpoint, options) {
      const answer = await self.call(endpoint, options);
      if (answer.status < 400) throw new Error(`${endpoint.path} succeeded: ${JSON.stringify(answer.body)}`);
      return answer.body as unknown as FailedBody;
    },
    raw: (path, init) => fetch(url + path, { redirect: 'manual', ...init }),
    async mails(address) {
      const mailbox = `${server.mailboxUrl}/mail/${encodeURIComponent(address.split('@')[0] ?? address)}`;
      await server.context.mail.runOnce();
      return (await (await fetch(mailbox)).json()) as Mail[];
    },
    async mail(address) {
      const newest = (await self.mails(address)).at(-1);
      if (newest === undefined) throw new Error(`no mail to ${address}`);
      return newest;
    },
    close: () => server.close(),
  };
  return self;
}

function expectDocumented(endpoint: Endpoint, { code, errno }: FailedBody): void {
  if (documentedErrors(endpoint).some((error) => error.status === code && error.errno === errno)) return;
  throw new Error(`${endpoint.method} ${endpoint.path} answered ${code} with errno ${errno}, which it does not list`);
}
