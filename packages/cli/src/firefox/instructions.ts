import { leadingPreferences, preferenceLines, servicePreferences } from './preferences.js';

/** What to do so that a Firefox signs in at this server, for every kind of Firefox. */
export function firefoxInstructions(publicUrl: string): string {
  const leading = leadingPreferences(publicUrl);
  const service = servicePreferences(publicUrl);
  return `Desktop, Firefox 153 and later: in about:config, or in the file user.js of the profile

${indent(preferenceLines(leading))}

Desktop, before Firefox 153: these as well

${indent(preferenceLines(service))}

Then choose "Sign in" in Firefox's own menu: opening ${publicUrl} by hand signs only the page in.
"foxden firefox --profile <folder>" writes all of them into a profile; about:profiles tells where that is.

Many computers (AutoConfig): beside the program of Firefox, in defaults/pref/autoconfig.js

  pref("general.config.filename", "foxden.cfg");
  pref("general.config.obscure_value", 0);

and in foxden.cfg, whose first line must be a comment. Set so, they also survive that somebody signs out:

  // Accounts and Sync of ${new URL(publicUrl).host}
${indent(preferenceLines({ ...leading, ...service }, 'defaultPref'))}

Android: Settings, About Firefox: tap the logo five times. Then Settings, Sync Debug, "Custom Mozilla account server"
(needs https):

  ${publicUrl}

and "Custom Sync server":

  ${service['identity.sync.tokenserver.uri']}

Close Firefox and open it again before you sign in.

iOS: Settings, tap the version number five times. Then Advanced Sync Settings, "Use Custom Account Content Server":

  ${publicUrl}`;
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}
