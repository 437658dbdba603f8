/** Serves the built pages of `@foxden/web` with their configuration and their content security policy. */
export { installPages } from './install-pages.js';
