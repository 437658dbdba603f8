import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '../../src');
const IMPORT = /^(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;

/** Packages that a module loads with all that it imports, types apart. */
function packagesOf(file: string, seen = new Set<string>(), packages = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    if (target.startsWith('.')) packagesOf(join(dirname(file), target.replace(/\.js$/, '.ts')), seen, packages);
    else packages.add(target);
  }
  return packages;
}

test('a server that is asked for no GraphQL never loads the library', () => {
  const atStart = packagesOf(join(src, 'index.ts'));
  expect(atStart).toContain('fastify');
  expect(atStart).not.toContain('graphql');
  expect(packagesOf(join(src, 'graphql/engine.ts'))).toContain('graphql');
});
