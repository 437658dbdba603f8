/**
 * What both ends of the Firefox Accounts protocol must agree on.
 * Pure and isomorphic: WebCrypto only, no I/O, no clock, no globals of one platform.
 */
export * from './addresses/index.js';
export * from './bytes/index.js';
export * from './commands/index.js';
export * from './credentials/index.js';
export * from './endpoints/index.js';
export * from './errors/index.js';
export * from './hawk/index.js';
export * from './keys/index.js';
export * from './oauth/index.js';
export * from './scopes/index.js';
export * from './tokens/index.js';
