declare module '*.ftl' {
  import type { FluentResource } from '@fluent/bundle';

  /** The file, read when the pages were built. */
  export const resource: FluentResource;
}
