import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { ROUTES } from '../src/routing/routes.js';

/** Writes `paths.json`, from which the server knows what is a page and what is not there. */
export function listPaths(): Plugin {
  return {
    name: 'foxden:list-paths',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      await writeFile(join(dir, 'paths.json'), JSON.stringify(Object.keys(ROUTES)));
    },
  };
}
