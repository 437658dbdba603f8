import type { Config } from './config/index.js';
import type { PasswordHasher } from './credentials/index.js';
import type { RunningLimits } from './limits/index.js';
import type { RunningMail } from './mail/index.js';
import type { RunningNotifications } from './notifications/index.js';
import type { SigningKeys } from './oauth/index.js';
import type { RunningPairing } from './pairing/index.js';
import type { RunningPush } from './push/index.js';
import type { Storage } from './storage/index.js';

/** Milliseconds since the epoch; tests hold it still. */
export interface Clock {
  now(): number;
}

/** Random bytes from a cryptographic source; tests may seed it. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** Structured log lines. Never give it a secret, a code or an email address. */
export interface Log {
  info(event: string, details?: Readonly<Record<string, unknown>>): void;
  warn(event: string, details?: Readonly<Record<string, unknown>>): void;
  error(event: string, details?: Readonly<Record<string, unknown>>): void;
}

/** What every operation may use; the only way to time, chance, storage and the network. */
export interface Context {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly storage: Storage;
  /** 32 bytes; keys of ours are derived from it (see `config/`). */
  readonly secret: Uint8Array;
  readonly passwords: PasswordHasher;
  readonly limits: RunningLimits;
  readonly mail: RunningMail;
  readonly notifications: RunningNotifications;
  readonly push: RunningPush;
  readonly pairing: RunningPairing;
  readonly signingKeys: SigningKeys;
}

/** Who sent the request, as far as the request tells. */
export interface Caller {
  /** Of this request, for the logs. */
  readonly requestId: string;
  /** IP address, behind the trusted proxies. */
  readonly address: string;
  readonly userAgent: string;
  readonly acceptLanguage: string | undefined;
}
