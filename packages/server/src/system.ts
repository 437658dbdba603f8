import { randomBytes } from 'node:crypto';
import type { Clock, Random } from './context.js';

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() };
/** The random source of the system. */
export const systemRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };
