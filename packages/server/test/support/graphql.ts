import type { TestServer } from './test-server.js';

/** An error of an answer, as far as clients look. */
export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
}

/** Posts a body to the GraphQL API; `token` is a session token as the server handed it out. */
export function postGraphql(
  server: TestServer,
  body: unknown,
  { token, headers = {} }: { readonly token?: string | undefined; readonly headers?: Record<string, string> } = {},
): Promise<Response> {
  return server.raw('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Runs an operation. */
export async function runGraphql(
  server: TestServer,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  token?: string,
): Promise<GraphqlAnswer> {
  return (await (await postGraphql(server, { query, variables }, { token })).json()) as GraphqlAnswer;
}
