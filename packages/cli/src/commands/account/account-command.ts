import type { ParseArgsOptionsConfig } from 'node:util';
import { ACCOUNT_OPTIONS, ACCOUNT_OPTIONS_HELP, accountSettings } from '../../account/options.js';
import { type AccountWork, withAccount } from '../../account/with-account.js';
import { readArguments } from '../../arguments.js';
import type { Command } from '../../command.js';

/** An `account` command: what it adds to the options of all of them, and what it does. */
interface AccountCommand {
  readonly name: string;
  readonly summary: string;
  /** What follows the name, named as errors name it. */
  readonly positionals?: readonly string[];
  readonly flags?: Readonly<Record<string, string>>;
  work(work: AccountWork & { readonly given: readonly string[]; readonly flags: ReadonlySet<string> }): Promise<void>;
}

export function accountCommand({ name, summary, positionals = [], flags = {}, work }: AccountCommand): Command {
  const places = positionals.map((place) => `<${place}>`);
  const flagOptions: ParseArgsOptionsConfig = Object.fromEntries(
    Object.keys(flags).map((flag) => [flag, { type: 'boolean' }]),
  );
  const flagHelp = Object.entries(flags).map(([flag, help]) => `  --${flag.padEnd(22)}${help}\n`);
  return {
    name,
    usage: [...places, '[options]'].join(' '),
    summary,
    details: `Options:\n${flagHelp.join('')}${ACCOUNT_OPTIONS_HELP}`,
    async run({ args, env, io }) {
      const parsed = readArguments(args, { ...flagOptions, ...ACCOUNT_OPTIONS }, positionals);
      const settings = await accountSettings(parsed.values, env);
      const values: Readonly<Record<string, unknown>> = parsed.values;
      const given = new Set(Object.keys(flags).filter((flag) => values[flag] === true));
      return withAccount(settings, io, (on) => work({ ...on, given: parsed.positionals, flags: given }));
    },
  };
}
