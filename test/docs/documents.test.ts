import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const documents = tracked.filter((file) => file.endsWith('.md'));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe.each(documents)('%s', (file) => {
  test('links to nothing that is not there', () => {
    const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link.split('#')[0] ?? '');
    const missing = links
      .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
      .filter((link) => !existsSync(join(root, normalize(join(dirname(file), link)))));
    expect(missing).toEqual([]);
  });
});

/** JavaScript of a document's fenced blocks; none of ours needs a type to be stripped. */
function examples(file: string): string[] {
  return [...read(file).matchAll(/```(?:ts|js)\n([\s\S]*?)```/g)].map(([, code = '']) => code);
}

test.each(['README.md', 'packages/server/README.md'])('the server example of %s runs as written', (file) => {
  const [code = ''] = examples(file);
  expect(code).toContain('createServer');
  // Standard input as a module resolves packages from the working directory, as an application's file would.
  const output = execFileSync(process.execPath, ['--input-type=module'], { cwd: root, input: code, encoding: 'utf8' });
  expect(output).not.toContain('Error');
});

describe('docs/coverage.md', () => {
  const rows = [...read('docs/coverage.md').matchAll(/^\| ([UPWGV]\d+) \| .* \| (.*) \|$/gm)];

  test('answers every statement once', () => {
    const counts = { U: 17, P: 12, W: 14, G: 5, V: 8 };
    const expected = Object.entries(counts).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    expect(rows.map(([, id]) => id)).toEqual(expected);
  });

  test('names only files that exist', () => {
    const paths = rows.flatMap(([, , answer = '']) =>
      [...answer.matchAll(/`([\w@./-]+\/[\w@./-]*)`/g)].map(([, path = '']) => path),
    );
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('docs/pages.md shows every picture of a page that is kept', () => {
  const shown = [...read('docs/pages.md').matchAll(/\]\(images\/pages\/([\w-]+\.png)\)/g)].map(([, name]) => name);
  const kept = tracked.filter((file) => file.startsWith('docs/images/pages/')).map((file) => basename(file));
  expect(kept.length).toBeGreaterThan(50);
  expect(shown.toSorted()).toEqual(kept.toSorted());
});

test('the project names no path of the machine it was written on', () => {
  const machinePath = new RegExp(`(^|[^.\\w])/(${['work', 'root', 'tmp'].join('|')})/`);
  const found = tracked
    .filter((file) => /\.(ts|tsx|mjs|json|md|css|ftl|html)$/.test(file) && !file.startsWith('package-lock'))
    .filter((file) => machinePath.test(read(file)));
  expect(found).toEqual([]);
});
