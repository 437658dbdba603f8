/**
 * JSON Schema with the TypeScript type it describes. The schema is what validates, documents and fuzzes; the type is
 * inferred from it. Small on purpose: pages bundle the definitions of the endpoints they call.
 */
export interface Schema<T> extends Readonly<Record<string, unknown>> {
  /** Carries the type only; never set. */
  readonly [type]?: T;
}
declare const type: unique symbol;

export type Infer<S> = S extends Schema<infer T> ? T : never;

type Properties = Readonly<Record<string, Schema<unknown>>>;
type Shape<R extends Properties, O extends Properties> = {
  [K in keyof R]: Infer<R[K]>;
} & { [K in keyof O]?: Infer<O[K]> | undefined };
type Simplify<T> = { [K in keyof T]: T[K] } & {};

export interface StringRules {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** One of the named formats of `formats.ts`. */
  readonly format?: string;
  readonly description?: string;
}

/* @__NO_SIDE_EFFECTS__ */
export function string(rules: StringRules = {}): Schema<string> {
  return { type: 'string', ...rules };
}

/** Hex text of a fixed number of bytes, either case, or of any length when `bytes` is absent. */
/* @__NO_SIDE_EFFECTS__ */
export function hex(bytes?: number): Schema<string> {
  return bytes === undefined
    ? { type: 'string', pattern: '^(?:[a-fA-F0-9]{2})+$' }
    : { type: 'string', pattern: `^[a-fA-F0-9]{${bytes * 2}}$` };
}

/* @__NO_SIDE_EFFECTS__ */
export function integer(rules: { minimum?: number; maximum?: number; description?: string } = {}): Schema<number> {
  return { type: 'integer', ...rules };
}

/* @__NO_SIDE_EFFECTS__ */
export function number(rules: { minimum?: number; exclusiveMinimum?: number; maximum?: number } = {}): Schema<number> {
  return { type: 'number', ...rules };
}

/* @__NO_SIDE_EFFECTS__ */
export function boolean(rules: { description?: string } = {}): Schema<boolean> {
  return { type: 'boolean', ...rules };
}

/* @__NO_SIDE_EFFECTS__ */
export function oneOf<const V extends readonly string[]>(...values: V): Schema<V[number]> {
  return { type: 'string', enum: values };
}

/* @__NO_SIDE_EFFECTS__ */
export function array<T>(
  items: Schema<T>,
  rules: { minItems?: number; maxItems?: number; uniqueItems?: true } = {},
): Schema<T[]> {
  return { type: 'array', items, ...rules };
}

/** An object whose members all are of one kind; `names` is what their names must match. */
/* @__NO_SIDE_EFFECTS__ */
export function record<T>(values: Schema<T>, rules: { names?: string } = {}): Schema<Record<string, T>> {
  return {
    type: 'object',
    additionalProperties: values,
    ...(rules.names !== undefined && { propertyNames: { pattern: rules.names } }),
  };
}

/** The body of a file (see `file` of an endpoint); nothing about its bytes is said here. */
/* @__NO_SIDE_EFFECTS__ */
export function bytes(): Schema<Uint8Array> {
  return {};
}

/* @__NO_SIDE_EFFECTS__ */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return { anyOf: [schema, { type: 'null' }] };
}

/** What one of several schemas allows. */
/* @__NO_SIDE_EFFECTS__ */
export function either<S extends readonly Schema<unknown>[]>(...schemas: S): Schema<Infer<S[number]>> {
  return { anyOf: schemas };
}

/** Anything at all: for members that are read leniently because they must never break a request. */
/* @__NO_SIDE_EFFECTS__ */
export function anything(): Schema<unknown> {
  return {};
}

/** An object with required and optional members. Other members are ignored, as deployed clients rely on (auth-api §0). */
/* @__NO_SIDE_EFFECTS__ */
export function object<R extends Properties, O extends Properties = Record<never, never>>(
  required: R,
  optional?: O,
): Schema<Simplify<Shape<R, O>>> {
  return { type: 'object', properties: { ...required, ...optional }, required: Object.keys(required) };
}

/** Like {@link object}, but other members are refused. */
/* @__NO_SIDE_EFFECTS__ */
export function strictObject<R extends Properties, O extends Properties = Record<never, never>>(
  required: R,
  optional?: O,
): Schema<Simplify<Shape<R, O>>> {
  return { ...object(required, optional), additionalProperties: false } as Schema<Simplify<Shape<R, O>>>;
}
