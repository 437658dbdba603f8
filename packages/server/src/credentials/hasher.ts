import { scrypt } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { authError } from '../errors.js';
import type { Bytes } from '../storage/index.js';

/** Which slow hash made an account's verify hashes; the hash is invisible on the wire, so it can change per account. */
export const VERIFIER_SCRYPT = 1;
export const VERIFIER_ARGON2ID = 2;

/** Turns authPW into bigStretchedPW (auth-api §1.3) behind a bounded queue. */
export interface PasswordHasher {
  /**
   * bigStretchedPW, bytes, 32.
   * @throws SERVICE_UNAVAILABLE with `retryAfter` when the queue is full
   */
  stretch(authPW: Bytes, authSalt: Bytes, verifierVersion: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface HasherOptions {
  /** Hashes that run at once; each takes 19 MiB (argon2id) or 64 MiB (scrypt) while it runs. */
  readonly concurrency: number;
  /** Hashes that wait. The next one is refused. */
  readonly queue: number;
  /** Seconds that a refused caller is asked to wait. */
  readonly retryAfter: number;
}

const DEFAULTS: HasherOptions = { concurrency: 2, queue: 256, retryAfter: 5 };

/** A hasher with its own queue; overflow is answered at once with 503, so that a flood cannot take the memory. */
export function createPasswordHasher(options: Partial<HasherOptions> = {}): PasswordHasher {
  const { concurrency, queue, retryAfter } = { ...DEFAULTS, ...options };
  const waiting: (() => void)[] = [];
  let running = 0;

  return {
    async stretch(authPW, authSalt, verifierVersion) {
      if (running >= concurrency) {
        if (waiting.length >= queue) throw authError('SERVICE_UNAVAILABLE', { retryAfter });
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await (verifierVersion === VERIFIER_SCRYPT ? scryptHash : argon2idHash)(authPW, authSalt);
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}

// The library's `Algorithm` is a const enum, which a module compiled on its own cannot read.
const ARGON2ID = 2;

/** RFC 9106 argon2id with OWASP's first choice of parameters: 19 MiB, two passes, one lane. */
async function argon2idHash(authPW: Bytes, authSalt: Bytes): Promise<Uint8Array<ArrayBuffer>> {
  const hash = await hashRaw(authPW, {
    algorithm: ARGON2ID,
    salt: authSalt,
    memoryCost: 19 * 1024,
    timeCost: 2,
    parallelism: 1,
    outputLen: 32,
  });
  return new Uint8Array(hash);
}

function scryptHash(authPW: Bytes, authSalt: Bytes): Promise<Uint8Array<ArrayBuffer>> {
  const options = { N: 65536, r: 8, p: 1, maxmem: 96 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(authPW, authSalt, 32, options, (error, hash) =>
      error === null ? resolve(new Uint8Array(hash)) : reject(error),
    );
  });
}
