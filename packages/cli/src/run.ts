import { createRequire } from 'node:module';
import type { Output } from '@foxden/server';
import { type Command, UsageError } from './command.js';
import { COMMANDS } from './commands/index.js';
import { commandHelp, overview } from './help.js';

const SUCCESS = 0;
const FAILURE = 1;
const WRONG_USAGE = 2;

/**
 * Runs the program; resolves with its exit code: 0, 1 when a command failed, 2 when it was called wrongly. An error is
 * one sentence on `io.error`.
 */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv, io: Output): Promise<number> {
  const [first = 'help', ...rest] = args;
  if (first === '--version') {
    io.out(version());
    return SUCCESS;
  }
  if (['help', '--help', '-h'].includes(first)) return help(rest, io);
  const command = findCommand(args);
  if (command === undefined) return wrongUsage(`"${args.join(' ')}" is not a command.`, 'foxden help', io);
  const own = args.slice(command.name.split(' ').length);
  if (own.includes('--help') || own.includes('-h')) return help(command.name.split(' '), io);
  try {
    return await command.run({ args: own, env, io });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof UsageError) return wrongUsage(message, `foxden help ${command.name}`, io);
    io.error(message);
    return FAILURE;
  }
}

function help(words: readonly string[], io: Output): number {
  if (words.length === 0) {
    io.out(overview(COMMANDS));
    return SUCCESS;
  }
  const matches = COMMANDS.filter(({ name }) => `${name} `.startsWith(`${words.join(' ')} `));
  if (matches.length === 0) return wrongUsage(`"${words.join(' ')}" is not a command.`, 'foxden help', io);
  io.out(matches.map(commandHelp).join('\n\n'));
  return SUCCESS;
}

function findCommand(args: readonly string[]): Command | undefined {
  return COMMANDS.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
}

function wrongUsage(problem: string, see: string, io: Output): number {
  io.error(`${problem} See "${see}".`);
  return WRONG_USAGE;
}

function version(): string {
  const manifest = createRequire(import.meta.url)('../package.json') as { version: string };
  return manifest.version;
}
