/** The accounts server: started as a process, composed in a test, or administered from the command line. */

export {
  type Administration,
  type ClientSummary,
  openAdministration,
} from './administration.js';
export { type Config, ConfigError, createConfig, explainConfig } from './config/index.js';
export type { Clock, Random } from './context.js';
export { API_ROOT } from './http/mount.js';
export { clientConfiguration } from './http/well-known.js';
export type { Mount, MountedToken, MountFactory, MountSurroundings } from './mount.js';
export type { AccountEvent, AccountListener } from './notifications/index.js';
export type { PushAnswer, PushRequest, PushTransport } from './push/index.js';
export { type Output, serve, serveStandalone } from './serve.js';
export { createServer, type Server, type Surroundings } from './server.js';
export { createStandalone, type Standalone } from './standalone.js';
export { VERSION } from './version.js';
