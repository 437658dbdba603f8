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

/** Short ways to run operations on a server that is started later. */
export function graphqlCaller(server: () => TestServer) {
  /** What an operation that must succeed gives. */
  async function ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}, token?: string): Promise<T> {
    const { data, errors } = await runGraphql(server(), query, variables, token);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data as T;
  }

  /** A mutation by its input type, its input and what is selected of its payload. */
  async function change(
    name: string,
    type: string,
    input: unknown,
    { selects = 'clientMutationId', token }: { selects?: string; token?: string } = {},
  ): Promise<Record<string, unknown>> {
    const query = `mutation Change($input: ${type}!) { ${name}(input: $input) { ${selects} } }`;
    return (await ask<Record<string, Record<string, unknown>>>(query, { input }, token))[name] ?? {};
  }

  async function refused(name: string, type: string, input: unknown, token?: string): Promise<GraphqlAnswer['errors']> {
    const query = `mutation Change($input: ${type}!) { ${name}(input: $input) { __typename } }`;
    return (await runGraphql(server(), query, { input }, token)).errors;
  }

  return { ask, change, refused };
}
