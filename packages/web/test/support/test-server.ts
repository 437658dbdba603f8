import { type AuthClient, createAuthClient } from '@foxden/auth-client';

type Json = Readonly<Record<string, unknown>>;

export interface Sent {
  readonly call: string;
  readonly body: Json;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
}

/** What a route answers: a JSON body, or a function that makes one or throws. */
export type Answer = Json | Response | ((sent: Sent) => Json | Response | Promise<Json | Response>);

/** A server that knows a few routes (`POST /account/login`), answers as told, and remembers what it was asked. */
export interface TestServer {
  readonly client: AuthClient;
  readonly sent: Sent[];
  /** `METHOD /path` of every request. */
  calls(): string[];
  /** Changes what a route answers. */
  on(call: string, answer: Answer): void;
}

export function testServer(routes: Readonly<Record<string, Answer>> = {}): TestServer {
  const answers = new Map(Object.entries(routes));
  const sent: Sent[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input));
    const request: Sent = {
      call: `${init.method} ${url.pathname.replace(/^\/v1/, '')}`,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : {},
      query: url.searchParams,
      authorization: new Headers(init.headers).get('Authorization'),
    };
    sent.push(request);
    const answer = answers.get(request.call);
    if (answer === undefined) throw new Error(`no answer for ${request.call}`);
    const body = typeof answer === 'function' ? await answer(request) : answer;
    return body instanceof Response ? body.clone() : Response.json(body);
  };
  return {
    client: createAuthClient({ baseUrl: 'https://accounts.example.org', fetch }),
    sent,
    calls: () => sent.map(({ call }) => call),
    on: (call, answer) => answers.set(call, answer),
  };
}

/** A refusal of the protocol. */
export function refusal(errno: number, status = 400, headers: Record<string, string> = {}): Response {
  return Response.json({ code: status, errno, error: '', message: `errno ${errno}`, info: '' }, { status, headers });
}

export const offline = (): never => {
  throw new TypeError('fetch failed');
};
