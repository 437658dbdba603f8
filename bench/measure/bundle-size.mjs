// What a page loads that bundles a whole library, gzipped.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Bytes that a page may be asked to load of `@foxden/fxa-client`. */
export const LARGEST_BUNDLE = 30 * 1024;

/** Bundles every export of a package for browsers; an import of Node would make it fail. */
export async function bundleSize(name) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from '${name}';`,
      resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  return { bytes: gzipSync(outputFiles[0].contents, { level: 9 }).length };
}
