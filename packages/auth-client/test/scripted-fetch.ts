/** A fetch that answers from a script, in order, and remembers what it was asked. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Scripted {
  readonly fetch: typeof fetch;
  readonly sent: Sent[];
  /** `METHOD /path` of every request, below `/v1`. */
  readonly calls: () => string[];
}

export type Answer = (request: Sent) => Response | Promise<Response>;

/** Answers the n-th request with the n-th entry; one request too many fails. */
export function scripted(...script: readonly Answer[]): Scripted {
  const sent: Sent[] = [];
  const scriptedFetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const text = typeof init.body === 'string' ? init.body : '{}';
    const request: Sent = {
      method: init.method ?? 'GET',
      url: new URL(String(input)),
      headers: new Headers(init.headers),
      body: JSON.parse(text) as Sent['body'],
    };
    sent.push(request);
    const answer = script[sent.length - 1];
    if (answer === undefined) throw new Error(`not in the script: ${request.method} ${request.url.pathname}`);
    return answer(request);
  };
  return {
    fetch: scriptedFetch,
    sent,
    calls: () => sent.map(({ method, url }) => `${method} ${url.pathname.replace(/^.*\/v1(?=\/)/, '')}${url.search}`),
  };
}

export const json =
  (body: unknown, init: ResponseInit = {}): Answer =>
  () =>
    Response.json(body, init);

export const failure = (status: number, errno: number, extra: Record<string, unknown> = {}): Answer =>
  json({ code: status, errno, error: 'Bad Request', message: `errno ${errno}`, info: '', ...extra }, { status });
