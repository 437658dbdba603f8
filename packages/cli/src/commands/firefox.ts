import { readArguments } from '../arguments.js';
import { type Command, UsageError } from '../command.js';

export const firefoxCommand: Command = {
  name: 'firefox',
  usage: '[--url <public url>] [--profile <folder>]',
  summary: 'Show how a Firefox is told to use this server',
  details: `Options:
  --url <public url>    Address of the server, as people reach it; FOXDEN_PUBLIC_URL if not given
  --profile <folder>    Write the preferences into user.js of this profile, and change nothing else in it

Example:
  foxden firefox --url https://accounts.example.org`,
  async run({ args, env, io }) {
    const { values } = readArguments(args, { url: { type: 'string' }, profile: { type: 'string' } });
    const given = values.url ?? env['FOXDEN_PUBLIC_URL'];
    if (given === undefined) throw new UsageError('The address of the server is missing: give --url.');
    const url = readUrl(given);
    if (values.profile === undefined) {
      const { firefoxInstructions } = await import('../firefox/instructions.js');
      io.out(firefoxInstructions(url));
      return 0;
    }
    const { leadingPreferences, servicePreferences } = await import('../firefox/preferences.js');
    const { writeProfile } = await import('../firefox/write-profile.js');
    const path = await writeProfile(values.profile, { ...leadingPreferences(url), ...servicePreferences(url) });
    io.out(`Wrote ${path}. Restart Firefox, then choose "Sign in" in its menu.`);
    return 0;
  },
};

/** The root of the server, without a slash at its end: Firefox compares it as text. */
function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`"${text}" is not the address of a server.`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
