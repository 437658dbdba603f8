import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';

const dist = new URL('../../dist/', import.meta.url);

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

let manifest: Readonly<Record<string, Chunk>>;
const file = (name: string): Buffer => readFileSync(new URL(name, dist));
const size = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(file(name), { level: 9 }).length, 0);

/** A chunk with everything that is loaded before it runs. */
function atOnce(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`${name} is not in the build`);
  seen.add(chunk.file);
  for (const needed of chunk.imports ?? []) {
    if (!seen.has(manifest[needed]?.file ?? '')) atOnce(needed, seen);
  }
  return seen;
}

beforeAll(() => {
  if (!existsSync(new URL('manifest.json', dist))) throw new Error('Build the pages first: npm run build');
  manifest = JSON.parse(file('manifest.json').toString()) as typeof manifest;
});

describe('what a person downloads', () => {
  it('to sign in is at most 25 kB of JavaScript, compressed', () => {
    expect(size(atOnce('index.html'))).toBeLessThanOrEqual(25_000);
  });

  it('to sign in is one script and one style sheet of at most 6 kB', () => {
    expect(atOnce('index.html').size).toBe(1);
    const sheets = manifest['index.html']?.css ?? [];
    expect(sheets).toHaveLength(1);
    expect(size(sheets)).toBeLessThanOrEqual(6_000);
  });

  it('for any other page is at most 5.5 kB more', () => {
    const pages = Object.keys(manifest).filter((name) => /^src\/pages\/.*\/page\.tsx$/.test(name));
    expect(pages.length).toBeGreaterThan(5);
    const entry = atOnce('index.html');
    for (const name of pages) {
      const more = [...atOnce(name)].filter((chunk) => !entry.has(chunk));
      expect(size(more), name).toBeLessThanOrEqual(5_500);
    }
  });

  it('to let another device in is at most 7 kB more, and to be let in 23 kB', () => {
    const entry = atOnce('index.html');
    const more = (...names: string[]) =>
      size(new Set(names.flatMap((name) => [...atOnce(name)]).filter((chunk) => !entry.has(chunk))));
    expect(more('src/pairing/index.ts', 'src/pages/pair-authority/page.tsx')).toBeLessThanOrEqual(7_000);
    expect(more('src/pairing/begin-supplicant.ts', 'src/pages/pair-supplicant/page.tsx')).toBeLessThanOrEqual(23_000);
  });

  it('has no JOSE library, no list of passwords and no schema in the first script', () => {
    const script = file(manifest['index.html']?.file ?? '').toString();
    const keys = file(manifest['src/oauth/keys.ts']?.file ?? '').toString();
    expect(keys).toContain('ECDH-ES');
    expect(script).not.toContain('ECDH-ES');
    expect(script).not.toContain('qwerty');
    expect(script).not.toContain('additionalProperties');
    expect(script).not.toContain('pair:supp:request');
    expect(script).toContain('/account/login');
  });
});

describe('the built document', () => {
  it('has nothing that a strict content security policy refuses', () => {
    const html = file('index.html').toString();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('finds its files below any path, by the base that the server writes', () => {
    const html = file('index.html').toString();
    const references = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to);
    expect(references[0]).toBe('%FOXDEN_BASE%');
    expect(references.slice(1).every((to) => to?.startsWith('./assets/'))).toBe(true);
    expect(html).toContain('content="%FOXDEN_CONFIG%"');
  });

  it('has a compressed copy of every script and style beside it', () => {
    const assets = readdirSync(new URL('assets/', dist));
    for (const name of assets.filter((asset) => /\.(js|css)$/.test(asset))) {
      expect(assets).toContain(`${name}.br`);
      expect(assets).toContain(`${name}.gz`);
    }
  });
});
