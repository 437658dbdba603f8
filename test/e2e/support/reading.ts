import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const path = fileURLToPath(new URL('../../../docs/accessibility.md', import.meta.url));
const SECTION = /### `([\w-]+)`\n\n```yaml\n([^`]*)```/g;

/** What a screen reader is given of a page: roles, names, states and live regions, without what differs every time. */
export async function readingOf(page: Page): Promise<string> {
  const snapshot = await page.locator('main').ariaSnapshot();
  return `${snapshot
    .replace(/^ *- \/url: .*\n?/gm, '')
    .replace(/[\u2068\u2069]/g, '')
    .replace(/(?<=[a-z])\d+@example\.org/g, '@example.org')
    .replace(/(- link .*):$/gm, '$1')
    .trimEnd()}\n`;
}

/** The readings that docs/accessibility.md has, by the name of their scene. */
export function writtenReadings(): ReadonlyMap<string, string> {
  const sections = readFileSync(path, 'utf8').matchAll(SECTION);
  return new Map([...sections].map(([, scene = '', reading = '']) => [scene, reading]));
}

/** Puts a reading into its section, where the documentation is to be written anew (UPDATE_DOCS=1). */
export function writeReading(scene: string, reading: string): void {
  if (process.env['UPDATE_DOCS'] !== '1') return;
  const replaced = readFileSync(path, 'utf8').replace(SECTION, (section, name: string) =>
    name === scene ? `### \`${name}\`\n\n\`\`\`yaml\n${reading}\`\`\`` : section,
  );
  writeFileSync(path, replaced);
}
