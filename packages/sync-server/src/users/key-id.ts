import { TokenError } from './token-error.js';

/** Which keys of an account a client has: when they last changed, and what they hash to. */
export interface KeyId {
  /** Milliseconds; undefined where it is not known. */
  readonly keysChangedAt: bigint | undefined;
  /** hex, lower case */
  readonly clientState: string;
}

const LARGEST = 2n ** 63n - 1n;
const CLIENT_STATE = /^[a-zA-Z0-9._-]{1,32}$/;

/**
 * Reads `X-KeyID`: `<milliseconds>-<base64url without padding>` (sync §2.1).
 * @throws TokenError MISSING_KEY_ID, INVALID_KEY_ID, INVALID_CREDENTIALS
 */
export function parseKeyId(header: string | undefined): KeyId {
  if (header === undefined) throw new TokenError('MISSING_KEY_ID');
  if (!/^[ -~]*$/.test(header)) throw new TokenError('INVALID_KEY_ID');
  const [, time, state] = /^(\d{1,19})-([\w-]*)$/.exec(header) ?? [];
  if (time === undefined || state === undefined) throw new TokenError('INVALID_CREDENTIALS');
  const bytes = Buffer.from(state, 'base64url');
  const keysChangedAt = BigInt(time);
  // Node skips what it cannot decode: only what comes out the same was base64url. 32 hex digits are all that fits.
  if (bytes.toString('base64url') !== state || bytes.length > 16 || keysChangedAt > LARGEST) {
    throw new TokenError('INVALID_CREDENTIALS');
  }
  return { keysChangedAt: absentIfZero(keysChangedAt), clientState: bytes.toString('hex') };
}

/**
 * The older `X-Client-State`, where it is sent, must say the same.
 * @throws TokenError BAD_CLIENT_STATE, OTHER_CLIENT_STATE
 */
export function requireSameClientState(header: string | undefined, { clientState }: KeyId): void {
  if (header === undefined) return;
  if (!CLIENT_STATE.test(header)) throw new TokenError('BAD_CLIENT_STATE');
  if (header !== clientState) throw new TokenError('OTHER_CLIENT_STATE');
}

/** A time of 0 is none. One beyond what the tables hold, as JSON makes of the largest, counts as the largest. */
export function toGeneration(milliseconds: number | undefined): bigint | undefined {
  if (milliseconds === undefined || !Number.isFinite(milliseconds)) return undefined;
  const generation = BigInt(Math.floor(milliseconds));
  return absentIfZero(generation > LARGEST ? LARGEST : generation);
}

function absentIfZero(time: bigint): bigint | undefined {
  return time === 0n ? undefined : time;
}

/** How keys are named in tokens: `<time, 13 digits>-<base64url of the client state>` (sync §2.4). */
export function formatKeyId(time: bigint, clientState: string): string {
  return `${String(time).padStart(13, '0')}-${Buffer.from(clientState, 'hex').toString('base64url')}`;
}

/** The generation of a user who is gone. */
export const RETIRED = LARGEST;
