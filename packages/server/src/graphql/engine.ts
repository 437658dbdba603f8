/** The only file of the room that loads the GraphQL library with all that needs it: it is imported at the first request. */
import { buildSchema, type ExecutionResult, execute, type GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Caller } from '../context.js';
import { createDocuments, InvalidDocument, type Measured, tooComplex } from './documents.js';
import { presentError } from './errors.js';
import type { Gateway } from './gateway.js';
import { LIMITS } from './limits.js';
import { MUTATIONS } from './mutations.js';
import type { Operation } from './operation.js';
import { QUERIES } from './queries.js';
import { Refusal } from './refusal.js';
import { SCHEMA } from './schema.js';

/** One operation of a request. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

export interface Engine {
  /**
   * Runs the operations of one HTTP request one after the other.
   * @returns an answer each; or one that refuses all, where they ask for too much together
   */
  run(requests: readonly GraphqlRequest[], gateway: Gateway): Promise<readonly GraphqlAnswer[] | GraphqlAnswer>;
}

type Unexpected = (error: unknown, caller: Caller) => void;

/** @param onUnexpected is told of errors that are no answer; the client is not */
export function createEngine(options: { readonly introspection: boolean }, onUnexpected: Unexpected): Engine {
  const schema = buildSchema(SCHEMA);
  const documents = createDocuments(schema, options);
  const rootValue = Object.fromEntries(
    Object.entries({ ...QUERIES, ...MUTATIONS }).map(([name, operation]) => [name, resolverOf(operation)]),
  );

  function open({ query }: GraphqlRequest): Measured | GraphqlAnswer {
    try {
      return documents.open(query);
    } catch (error) {
      return refuse(error);
    }
  }

  async function runOne(
    { operationName, variables }: GraphqlRequest,
    measured: Measured,
    gateway: Gateway,
  ): Promise<GraphqlAnswer> {
    try {
      documents.check(measured);
    } catch (error) {
      return refuse(error);
    }
    const result: ExecutionResult = await execute({
      schema,
      document: measured.document,
      rootValue,
      contextValue: gateway,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
    });
    if (result.errors === undefined) return { data: result.data };
    const presented = result.errors.map((error) => presentError(error, gateway.caller.acceptLanguage));
    for (const { cause } of presented) if (cause !== undefined) onUnexpected(cause, gateway.caller);
    return { errors: presented.map(({ formatted }) => formatted), data: result.data ?? null };
  }

  return {
    async run(requests, gateway) {
      // All are measured before any is looked at by the rules, whose work grows faster than the documents.
      const opened = requests.map((request) => ({ request, measured: open(request) }));
      const cost = opened.reduce((sum, { measured }) => sum + ('cost' in measured ? measured.cost : 0), 0);
      if (cost > LIMITS.cost) return refuse(tooComplex(cost));
      const answers: GraphqlAnswer[] = [];
      for (const { request, measured } of opened) {
        answers.push('document' in measured ? await runOne(request, measured, gateway) : measured);
      }
      return answers;
    },
  };
}

function resolverOf(operation: Operation) {
  return (args: unknown, gateway: Gateway) => operation.resolve(gateway, withoutNulls(args) as never);
}

/** Members that are `null` count as absent, at any depth: clients write unset options so, REST routes know them as absent. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === null ? [] : [[name, withoutNulls(member)]])),
  );
}

function invalid({ message, locations }: GraphQLError): GraphQLFormattedError {
  return {
    message,
    ...(locations !== undefined && { locations }),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  };
}

/** @throws what is no refusal */
function refuse(error: unknown): GraphqlAnswer {
  if (error instanceof InvalidDocument) return { errors: error.errors.map(invalid) };
  if (!(error instanceof Refusal)) throw error;
  return { errors: [presentError(error, undefined).formatted] };
}
