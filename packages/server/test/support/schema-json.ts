import { FORMATS, type Schema } from '@foxden/protocol';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';

/** JSON as it is on the wire, so that a case can say what no JavaScript value can: `1e999`, or a name twice. */
type Json = string;

/** The words of JSON Schema that the endpoint definitions use. */
interface Rules {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema<unknown>[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema<unknown>;
  readonly properties?: Readonly<Record<string, Schema<unknown>>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

const ajv = new Ajv({ strict: false });
for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check);
const validators = new WeakMap<Schema<unknown>, ValidateFunction>();

/** Whether a value is right by a schema: what decides that a generated one is wrong. */
export function isRight(schema: Schema<unknown>, value: unknown): boolean {
  const validate = validators.get(schema) ?? ajv.compile(schema);
  validators.set(schema, validate);
  return validate(value);
}

/** The schemas of an object's members, by name. */
export function membersOf(schema: Schema<unknown> | undefined): readonly (readonly [string, Schema<unknown>])[] {
  return Object.entries((schema as Rules | undefined)?.properties ?? {});
}

const FORMATTED: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'email-address': fc.stringMatching(/^[a-z]{12}@[a-z]{6}\.example$/),
  'web-url': fc.webUrl().filter((url) => url.length <= 512),
};

/** Texts that a schema allows. */
export function rightText(schema: Schema<unknown>): fc.Arbitrary<string> {
  const { enum: values, format, pattern, maxLength = Number.POSITIVE_INFINITY, minLength = 0 } = schema as Rules;
  if (values !== undefined) return fc.constantFrom(...values);
  const formatted = FORMATTED[format ?? ''];
  if (formatted !== undefined) return formatted;
  if (pattern === undefined) return fc.string({ minLength, maxLength: Math.min(maxLength, 64) });
  return fc
    .stringMatching(new RegExp(pattern, 'u'))
    .filter((text) => text.length >= minLength && text.length <= maxLength);
}

/** JSON that a schema allows. */
export function rightJson(schema: Schema<unknown>): fc.Arbitrary<Json> {
  const { type, anyOf, items, minimum = 1, maximum = 1_000_000 } = schema as Rules;
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(rightJson));
  switch (type) {
    case 'string':
      return rightText(schema).map((text) => JSON.stringify(text));
    case 'integer':
    case 'number':
      return fc.integer({ min: minimum, max: maximum }).map(String);
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'array':
      return fc.array(rightJson(items ?? {}), { maxLength: 3 }).map((texts) => `[${texts.join(',')}]`);
    case 'object':
      return rightMembers(schema).map(objectJson);
    default:
      return anyJson;
  }
}

/** Members of an object that a schema allows: the required ones, those that are asked for, and some of the others. */
export function rightMembers(schema: Schema<unknown>, wanted: readonly string[] = []): fc.Arbitrary<Members> {
  const { required = [] } = schema as Rules;
  const members = membersOf(schema).map(([name, member]) => {
    const right = rightJson(member).map((json) => [name, json] as const);
    return required.includes(name) || wanted.includes(name) ? right : fc.option(right, { nil: undefined });
  });
  return fc.tuple(...members).map((some) => some.filter((member) => member !== undefined));
}

export type Members = readonly (readonly [name: string, json: Json])[];

/** JSON of an object, its members in the order given, also when a name comes twice. */
export function objectJson(members: Members): Json {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

const anyJson = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value));

const loneSurrogates = fc.array(fc.integer({ min: 0xd800, max: 0xdfff }), { minLength: 1, maxLength: 4 });

/** Texts that programs stumble over. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\0\t\n\r\u001b\u0085\u2028\ufeff\u202e\ue000\uffff') }),
  loneSurrogates.map((units) => String.fromCharCode(...units)),
  fc.integer({ min: 1, max: 6000 }).map((length) => 'a'.repeat(length)),
  fc.constantFrom('', ' ', "' or 1=1 --", '%00', '../../etc/passwd', 'null', '\u0130@\u0131.example', '🦊'.repeat(100)),
);

const depth = fc.integer({ min: 100, max: 3000 });
const oddJson: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '0', '-0', '-1', '1.5', '1e308', '1e999', '9007199254740993', '{}', '[]'),
  fc.constantFrom('[null]', '{"toString":1}', '{"__proto__":{"email":"a@b.example"}}', '{"constructor":{"name":"x"}}'),
  oddText.map((text) => JSON.stringify(text)),
  anyJson,
  depth.map((levels) => '['.repeat(levels) + ']'.repeat(levels)),
  depth.map((levels) => '{"a":'.repeat(levels) + '0' + '}'.repeat(levels)),
);

/** Texts that a schema does not allow: odd ones, and right ones with a character too much, too few or exchanged. */
export function wrongText(schema: Schema<unknown>): fc.Arbitrary<string> {
  const near = fc
    .tuple(rightText(schema), fc.nat(), fc.nat(1), fc.oneof(oddText, fc.constantFrom('g', 'G', '_', '-', '\n', '"')))
    .map(([text, place, cut, between]) => {
      const index = place % (text.length + 1);
      return text.slice(0, index) + between + text.slice(index + cut);
    });
  return fc.oneof(oddText, near).filter((text) => !isRight(schema, text));
}

/** JSON that a schema does not allow. */
function wrongJson(schema: Schema<unknown>): fc.Arbitrary<Json> {
  const isText = (schema as Rules).type === 'string';
  const odd = oddJson.filter((json) => !isRight(schema, JSON.parse(json)));
  return isText
    ? fc.oneof(
        odd,
        wrongText(schema).map((text) => JSON.stringify(text)),
      )
    : odd;
}

/** Members that no schema knows; where others are ignored they must do nothing. */
const strangers: fc.Arbitrary<Members> = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', ''), oddText),
    oddJson,
  ),
  { maxLength: 3 },
);

/** JSON objects that a schema does not allow: a member missing, wrong, or, where others are refused, one too much. */
export function wrongObject(schema: Schema<unknown>): fc.Arbitrary<Json> {
  const { required = [], additionalProperties } = schema as Rules;
  const members = membersOf(schema);
  const spoilt: fc.Arbitrary<Members>[] = members
    .filter(([, member]) => Object.keys(member).length > 0)
    .map(([name, member]) =>
      fc
        .tuple(rightMembers(schema), wrongJson(member), strangers)
        .map(([right, json, others]) => [...others, ...right.filter(([other]) => other !== name), [name, json]]),
    );
  const incomplete = required.map((name) =>
    fc
      .tuple(rightMembers(schema), strangers)
      .map(([right, others]) => [...right.filter(([other]) => other !== name), ...others.filter(([n]) => n !== name)]),
  );
  const overfull =
    additionalProperties === false
      ? [
          fc
            .tuple(
              rightMembers(schema),
              strangers.filter((others) => others.length > 0),
            )
            .map((both) => both.flat()),
        ]
      : [];
  return fc.oneof(...spoilt, ...incomplete, ...overfull).map(objectJson);
}

/** JSON that is no object. */
export const noObject: fc.Arbitrary<Json> = oddJson.filter((json) => !json.startsWith('{'));

/** Bodies that are no JSON at all. */
export const noJson: fc.Arbitrary<string> = fc
  .oneof(
    fc
      .tuple(anyJson, fc.constantFrom('{', '}', ',', '"', '\\', ']', '//', '\ufeff', '\0', '='))
      .map((both) => both.join('')),
    fc.tuple(anyJson, fc.nat()).map(([json, end]) => json.slice(0, end % json.length)),
    fc.constantFrom("{'email':'a'}", '{"email":undefined}', '{"a":NaN}', '{"a":01}', '{"a":"\n"}', '{a:1}', 'email=a'),
    oddText,
  )
  .filter((text) => text !== '' && !isJson(text));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
