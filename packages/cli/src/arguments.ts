import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './command.js';

/**
 * Reads options and exactly the named positional arguments.
 * @throws UsageError with one sentence
 */
export function readArguments<const T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  positionalNames: readonly string[] = [],
) {
  const { values, positionals } = parse(args, options);
  const missing = positionalNames[positionals.length];
  if (missing !== undefined) throw new UsageError(`The ${missing} is missing.`);
  const surplus = positionals[positionalNames.length];
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many.`);
  return { values, positionals };
}

function parse<const T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node explains at length; its first sentence names the option and the problem.
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${message.split(/\. |\n/)[0]?.replace(/\.$/, '')}.`);
  }
}
