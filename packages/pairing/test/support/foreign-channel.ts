import { readFileSync } from 'node:fs';

/** The part of `fxa-pairing-channel` that tests use; it ships no types. */
export interface ForeignChannel extends EventTarget {
  readonly channelId: string;
  readonly channelKey: Uint8Array;
  readonly closed: boolean;
  send(content: object): Promise<void>;
  close(): Promise<void>;
}

interface ForeignClass {
  create(server: string): Promise<ForeignChannel>;
  connect(server: string, channelId: string, channelKey: Uint8Array): Promise<ForeignChannel>;
}

const bundle = new URL(
  '../../../../node_modules/fxa-pairing-channel/dist/FxAccountsPairingChannel.babel.umd.js',
  import.meta.url,
);

/** The foreign package as pages load it, with this WebSocket: it is made for browsers and takes all from its globals. */
export function foreignPairing(WebSocket: unknown): ForeignClass {
  const module: { exports: { readonly PairingChannel?: ForeignClass } } = { exports: {} };
  const load = new Function('module', 'exports', 'window', 'WebSocket', readFileSync(bundle, 'utf8'));
  load(module, module.exports, globalThis, WebSocket);
  const { PairingChannel } = module.exports;
  if (PairingChannel === undefined) throw new Error('fxa-pairing-channel has no PairingChannel');
  return PairingChannel;
}
