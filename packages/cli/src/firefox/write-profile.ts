import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Preferences, preferenceLines } from './preferences.js';

const BEGIN = '// Foxden: begin';
const END = '// Foxden: end';

/**
 * Puts preferences into the `user.js` of a profile, in the place of those that were put there before; all else in the
 * file stays. Gives the path of the file.
 * @throws Error when the profile is no folder
 */
export async function writeProfile(profile: string, preferences: Preferences): Promise<string> {
  const isFolder = await stat(profile).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new Error(`There is no profile folder ${profile}; about:profiles shows where profiles are.`);
  const path = join(profile, 'user.js');
  const block = [BEGIN, ...preferenceLines(preferences), END].join('\n');
  await writeFile(path, `${withoutBlock(await readIfThere(path))}${block}\n`);
  return path;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function withoutBlock(text: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  const rest = begin < 0 || end < 0 ? text : text.slice(0, begin) + text.slice(end + END.length).replace(/^\n/, '');
  return rest === '' || rest.endsWith('\n') ? rest : `${rest}\n`;
}
