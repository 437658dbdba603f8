import type { Command } from './command.js';

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return `Foxden, an accounts server.

Usage: foxden <command>

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

"foxden help <command>" tells more about one; "foxden --version" shows the version.`;
}

/** The help of one command. */
export function commandHelp({ name, usage, summary, details }: Command): string {
  return [`Usage: foxden ${name} ${usage}`.trimEnd(), `${summary}.`, ...(details === undefined ? [] : [details])].join(
    '\n\n',
  );
}
