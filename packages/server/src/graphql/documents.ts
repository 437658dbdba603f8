import {
  type DocumentNode,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { measure } from './cost.js';
import { LIMITS } from './limits.js';
import { Refusal } from './refusal.js';

/** A document of a size that may be run, which the rules of the schema have not seen yet. */
export interface Measured {
  readonly text: string;
  readonly document: DocumentNode;
  readonly cost: number;
}

/** How deep the query goes by which tools ask for a schema. */
const INTROSPECTION_DEPTH = 20;
/** What is kept, so that the operations of an application are read once; long texts are not worth the memory. */
const KEPT = { documents: 32, length: 4096 } as const;
const MOST_ERRORS = 10;

/**
 * Reads documents: grammar, size, then the rules of the schema, cheapest first, so that abuse is refused before it costs.
 */
export function createDocuments(schema: GraphQLSchema, { introspection }: { readonly introspection: boolean }) {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const depthLimit = introspection ? INTROSPECTION_DEPTH : LIMITS.depth;
  const kept = new Map<string, Measured>();

  /** @throws Refusal for what is no document or asks for too much */
  function open(text: string): Measured {
    const before = kept.get(text);
    if (before !== undefined) return before;
    const document = read(text);
    const { cost, depth } = measure(document);
    if (cost > LIMITS.cost) throw tooComplex(cost);
    if (depth > depthLimit) throw new Refusal('GRAPHQL_VALIDATION_FAILED', `Query is too deep: ${depth}.`);
    return { text, document, cost };
  }

  /** @throws InvalidDocument for what the schema does not allow */
  function check(measured: Measured): void {
    const { text, document } = measured;
    if (kept.has(text)) return;
    const errors = validate(schema, document, rules, { maxErrors: MOST_ERRORS });
    if (errors.length > 0) throw new InvalidDocument(errors);
    if (text.length > KEPT.length) return;
    const [oldest] = kept.keys();
    if (kept.size >= KEPT.documents && oldest !== undefined) kept.delete(oldest);
    kept.set(text, measured);
  }

  return { open, check };
}

/** What the schema does not allow. */
export class InvalidDocument extends Error {
  override readonly name = 'InvalidDocument';
  readonly errors: ReturnType<typeof validate>;

  constructor(errors: ReturnType<typeof validate>) {
    super('The document is not valid.');
    this.errors = errors;
  }
}

/** In the words of the reference (graphql §3). */
export function tooComplex(cost: number): Refusal {
  return new Refusal('GRAPHQL_VALIDATION_FAILED', `Query is too complex: ${cost}.`);
}

/** @throws Refusal for text that is no document, or too long a one */
function read(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: LIMITS.tokens });
  } catch (error) {
    throw new Refusal('GRAPHQL_PARSE_FAILED', error instanceof Error ? error.message : 'Syntax Error');
  }
}
