import type { Plugin } from 'vite';

/**
 * Takes out what Vite wraps around every `import()` to preload a chunk's own chunks and styles: ours have neither, since
 * all of them share the entry and there is one stylesheet.
 */
export function plainImports(): Plugin {
  return {
    name: 'foxden:plain-imports',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /^\0vite\/preload-helper\.js$/ },
      handler: () => ({ code: 'export const __vitePreload = (load) => load();', moduleSideEffects: false }),
    },
  };
}
