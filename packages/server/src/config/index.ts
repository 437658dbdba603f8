/**
 * Configuration: one table of settings gives defaults, environment names, checks and documentation.
 * What others may use: the Config, how it is read or made, and the server secret that is kept beside it.
 */
export type { Config, ListenAddress } from './config.js';
export { ConfigError } from './config-error.js';
export { configMarkdown, explainConfig } from './explain.js';
export { isLoopbackHost } from './loopback.js';
export { createConfig, readConfig } from './read-config.js';
export { loadServerSecret } from './server-secret.js';
export { configWarnings } from './warnings.js';
