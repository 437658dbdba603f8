import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { fluent } from './build/fluent.js';
import { listPaths } from './build/list-paths.js';
import { plainImports } from './build/plain-imports.js';
import { precompress } from './build/precompress.js';
import { slimProtocol } from './build/slim-protocol.js';

const outDir = fileURLToPath(new URL('dist', import.meta.url));

/** Old hashed files go before new ones come; the type declarations beside them stay. */
const cleanAssets: Plugin = {
  name: 'foxden:clean-assets',
  apply: 'build',
  buildStart: () => rm(`${outDir}/assets`, { recursive: true, force: true }),
};

/** What the server fills in when it serves the built document, for the development server. */
const developmentDocument: Plugin = {
  name: 'foxden:development-document',
  apply: 'serve',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) =>
      html
        .replaceAll('%FOXDEN_BASE%', '/')
        .replaceAll('%FOXDEN_SITE_NAME%', 'Foxden')
        .replaceAll('%FOXDEN_CONFIG%', '{&quot;siteName&quot;:&quot;Foxden&quot;}'),
  },
};

const backend = process.env['FOXDEN_DEV_BACKEND'] ?? 'http://127.0.0.1:3030';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Relative to the document's <base>, so that one build serves under any path.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [cleanAssets, developmentDocument, fluent(), slimProtocol(), plainImports(), precompress(), listPaths()],
  server: { proxy: { '/v1': backend, '/graphql': backend, '/.well-known': backend } },
  build: {
    outDir,
    emptyOutDir: false,
    target: ['chrome111', 'firefox115', 'safari16.4'],
    manifest: 'manifest.json',
    // A data: URL would not pass the content security policy for styles and scripts, and is never hashed.
    assetsInlineLimit: 0,
    // Every chunk needs the entry and nothing else, so there is nothing to load ahead of it.
    modulePreload: false,
    rolldownOptions: {
      preserveEntrySignatures: false,
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        // All that the first page needs is one file; other pages share it.
        codeSplitting: {
          groups: [{ name: 'index', tags: ['$initial'], test: (id) => !id.includes('rolldown/runtime') }],
        },
      },
    },
  },
});
