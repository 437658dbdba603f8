import type { Random } from '@foxden/protocol';

/** What the channel uses of a WebSocket; the platform's is one, and that of `ws`. */
export interface PairingSocket {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close' | 'error', listener: () => void): void;
}

/** What pairing needs of its surroundings; each has the platform's own where left out. */
export interface PairingEnvironment {
  /** Node has a WebSocket of its own from version 22 on; before, hand in that of `ws`. */
  readonly WebSocket?: new (
    url: string,
  ) => PairingSocket;
  /** A cryptographic source. */
  readonly random?: Random;
  /** Calls back after some milliseconds; gives what takes that back. */
  readonly after?: (milliseconds: number, callback: () => void) => () => void;
}

/** The environment with the platform's own for what is left out. */
export function completeEnvironment(environment: PairingEnvironment): Required<PairingEnvironment> {
  const { WebSocket } = globalThis;
  return { WebSocket, random: platformRandom, after: platformAfter, ...environment };
}

function platformRandom(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

function platformAfter(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}
