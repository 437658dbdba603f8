import { FluentResource } from '@fluent/bundle';
import type { Plugin } from 'vite';

/**
 * Reads `.ftl` files when the pages are built, so that they come without a parser. A line that Fluent would skip at run
 * time fails the build.
 */
export function fluent(): Plugin {
  return {
    name: 'foxden:fluent',
    transform: {
      filter: { id: /\.ftl$/ },
      handler(source, id) {
        const { body } = new FluentResource(source);
        const written = source.match(/^-?[a-zA-Z][\w-]*(?= *=)/gm) ?? [];
        if (written.length !== body.length) {
          const read = new Set(body.map((entry) => entry.id));
          const broken = written.filter((name) => !read.has(name.replace(/^-/, '')));
          this.error(`${id}: Fluent cannot read ${broken.join(', ') || 'a message that is there twice'}`);
        }
        return { code: `export const resource = ${JSON.stringify({ body })};`, map: null, moduleType: 'js' };
      },
    },
  };
}
