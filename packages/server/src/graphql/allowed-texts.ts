import { readFileSync } from 'node:fs';
import { type Config, ConfigError } from '../config/index.js';

/**
 * The texts of the operations that may be run, from a JSON file: a list, or an object of named ones (graphql §3);
 * undefined when all may be.
 * @throws ConfigError for a file that is no such thing
 */
export function readAllowedTexts({ graphqlOperations: file }: Config): ReadonlySet<string> | undefined {
  if (file === null) return undefined;
  const content = readJson(file);
  const texts: unknown[] = typeof content === 'object' && content !== null ? Object.values(content) : [undefined];
  if (texts.every((text) => typeof text === 'string')) return new Set(texts);
  throw new ConfigError(`FOXDEN_GRAPHQL_OPERATIONS: ${file} must hold a JSON list of texts, or an object of them.`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`FOXDEN_GRAPHQL_OPERATIONS: ${file} cannot be read as JSON.`, { cause: error });
  }
}
