import { readFileSync } from 'node:fs';
import { allEndpoints } from '@foxden/protocol';
import {
  assertObjectType,
  buildSchema,
  type GraphQLField,
  type GraphQLInputField,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { MUTATIONS } from '../../src/graphql/mutations.js';
import { QUERIES } from '../../src/graphql/queries.js';
import { SCHEMA } from '../../src/graphql/schema.js';

type Fields = Readonly<Record<string, string>>;
interface Reference {
  readonly types: Readonly<Record<string, Fields>>;
  readonly queries: Readonly<Record<string, readonly [Readonly<Record<string, string | Fields>>, string | Fields]>>;
  readonly mutations: Readonly<
    Record<string, { readonly input: string | readonly string[]; readonly payload: string[] }>
  >;
}

/** The tables of the reference (graphql §4.1 to §4.3), transcribed; a mark says that a field is never null. */
const reference = JSON.parse(readFileSync(new URL('./reference-schema.json', import.meta.url), 'utf8')) as Reference;

/** Where the schema is another on purpose: what the reference has, what it has here, why. */
const DEVIATIONS: Readonly<Record<string, { readonly ours: string | undefined; readonly why: string }>> = {
  'Subscription.endAt': { ours: 'Float', why: 'null in real data' },
  'Subscription.latestInvoice': { ours: 'String', why: 'null in real data' },
  'createSecondaryEmail(jwt)': { ours: 'jwt', why: 'the session alone is enough for the REST twin' },
  'verifySecondaryEmail(jwt)': { ours: 'jwt', why: 'the session alone is enough for the REST twin' },
  'passwordChangeStart(sessionToken)': { ours: 'sessionToken', why: 'older clients send none' },
  mfaTest: { ours: undefined, why: "a test of FxA's own" },
};

const schema = buildSchema(SCHEMA);
const query = assertObjectType(schema.getType('Query')).getFields();
const mutation = assertObjectType(schema.getType('Mutation')).getFields();

const typesOf = (fields: Readonly<Record<string, { readonly type: unknown }>>): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, String(type)]));

function expected(path: string, name: string, theirs: string): [string, string] {
  return [name, DEVIATIONS[`${path}.${name}`]?.ours ?? theirs];
}

describe('types are those of the reference', () => {
  test.each(Object.entries(reference.types))('%s', (name, fields) => {
    const ours = assertObjectType(schema.getType(name)).getFields();
    expect(typesOf(ours)).toEqual(
      Object.fromEntries(Object.entries(fields).map(([field, type]) => expected(name, field, type))),
    );
  });
});

/** An argument or answer as the reference writes it: the name of a type, or the fields of a nameless one. */
function shapeOf(type: GraphQLField<unknown, unknown>['type'] | GraphQLInputField['type'], theirs: string | Fields) {
  if (typeof theirs === 'string') return String(type);
  const named = getNamedType(type);
  return isObjectType(named) || isInputObjectType(named) ? typesOf(named.getFields()) : String(type);
}

describe('queries are those of the reference', () => {
  test('and no others', () => expect(Object.keys(query).sort()).toEqual(Object.keys(reference.queries).sort()));

  test.each(Object.entries(reference.queries))('%s', (name, [args, answer]) => {
    const field = query[name];
    if (field === undefined) throw new Error(name);
    expect(Object.fromEntries(field.args.map((arg) => [arg.name, shapeOf(arg.type, args[arg.name] ?? '')]))).toEqual(
      args,
    );
    expect(shapeOf(field.type, answer)).toEqual(answer);
  });
});

/** Names of fields, marked when they are never null; the echo that all have is left out. */
function marks(fields: Readonly<Record<string, { readonly type: unknown }>>): string[] {
  return Object.entries(fields)
    .filter(([name]) => name !== 'clientMutationId')
    .map(([name, { type }]) => (String(type).endsWith('!') ? `${name}!` : name))
    .sort();
}

describe('mutations are those of the reference', () => {
  test('and no others', () => {
    const theirs = Object.keys(reference.mutations).filter((name) => !(name in DEVIATIONS));
    expect(Object.keys(mutation).sort()).toEqual(theirs.sort());
  });

  test.each(Object.entries(reference.mutations).filter(([name]) => !(name in DEVIATIONS)))('%s', (name, theirs) => {
    const field = mutation[name];
    const argument = field?.args[0];
    if (field === undefined || argument === undefined) throw new Error(name);
    expect(field.args).toHaveLength(1);
    const input = getNamedType(argument.type);
    expect(isInputObjectType(input) ? marks(input.getFields()) : String(argument.type)).toEqual(
      typeof theirs.input === 'string'
        ? theirs.input
        : theirs.input.map((each) => DEVIATIONS[`${name}(${each.replace('!', '')})`]?.ours ?? each).sort(),
    );
    const payload = assertObjectType(getNamedType(field.type)).getFields();
    expect(marks(payload)).toEqual([...theirs.payload].sort());
    // Those whose payload has nothing else echo it at least.
    if (isInputObjectType(input)) expect('clientMutationId' in input.getFields()).toBe('clientMutationId' in payload);
  });
});

describe('resolvers and routes', () => {
  test('every field of the schema has a resolver, and every resolver a field', () => {
    expect(Object.keys(QUERIES).sort()).toEqual(Object.keys(query).sort());
    expect(Object.keys(MUTATIONS).sort()).toEqual(Object.keys(mutation).sort());
  });

  test.each(Object.entries({ ...QUERIES, ...MUTATIONS }))(
    '%s calls routes that ask for the same proof as it does',
    (_name, { guard, twins }) => {
      const endpoints = Object.values(allEndpoints());
      for (const twin of twins) {
        expect(endpoints).toContain(twin);
        const asksForSession = twin.authentication.some((scheme) =>
          ['sessionToken', 'accessToken', 'mfa:email'].includes(scheme),
        );
        if (guard !== 'none') expect(asksForSession).toBe(true);
      }
    },
  );
});
