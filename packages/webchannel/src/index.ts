/**
 * Both ends of the WebChannel: the page's, and the browser's for whoever plays Firefox's part (webchannel §1 to §7).
 * Only `EventTarget`, `CustomEvent` and WebCrypto: browsers, web views, Electron, Node, Deno and Bun.
 */
export type { AccountSession, BrowserAccount, BrowserSync, CompletedFlow, LastAccount } from './browser/account.js';
export { type AttachOptions, attachToWindow, type PageWindow } from './browser/attach.js';
export { type BrowserEnd, createBrowserEnd } from './browser/browser-end.js';
export type { BrowserOptions, BrowserPlace, Sender } from './browser/options.js';
export type { BrowserPairing } from './browser/pairing.js';
export { WebChannelError, type WebChannelFailure } from './error.js';
export { openPageChannel, type PageChannel, type PageEnvironment } from './page/page-channel.js';
export { isFirefox } from './page/presence.js';
