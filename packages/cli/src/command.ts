import type { Output } from '@foxden/server';

/** What a command was called with. */
export interface Invocation {
  /** Arguments after the command's name. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly io: Output;
}

/** One command of the program. */
export interface Command {
  /** One or two words, such as `client add`. */
  readonly name: string;
  /** What follows the name, such as `<id> [--force]`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** More for its own help: options, one a line, and an example. */
  readonly details?: string;
  /** Resolves with the exit code. */
  run(invocation: Invocation): Promise<number>;
}

/** A command that was called in a way it does not know: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
