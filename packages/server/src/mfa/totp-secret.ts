import type { Context } from '../context.js';
import { fromHex } from '../storage/hex.js';
import type { Bytes } from '../storage/index.js';
import { matchingCounter, openSealed, type Seal, seal } from '../tokens/index.js';

/** RFC 4226 §4 asks for as many bytes as the hash has. */
const SECRET_LENGTH = 20;
const STEP = 30_000;

function sealOf(context: Context, uid: string): Seal {
  return { secret: context.secret, purpose: 'foxden/mfa/totp', owner: fromHex(uid) };
}

/** A new secret of an authenticator, sealed for the database. */
export function createSecret(context: Context, uid: string): Bytes {
  return seal(sealOf(context, uid), context.random, context.random.bytes(SECRET_LENGTH));
}

/** @throws Error when the server secret is another one than when it was sealed */
export function openSecret(context: Context, uid: string, sealedSecret: Bytes): Uint8Array {
  return openSealed(sealOf(context, uid), sealedSecret);
}

/**
 * The time step whose code this is: the present one or a neighbour (auth-api §5.5), or undefined for a wrong code. That
 * the step was not used before is the store's to decide.
 */
export function stepOfCode(context: Context, uid: string, sealedSecret: Bytes, code: string): number | undefined {
  return matchingCounter(openSecret(context, uid, sealedSecret), code, Math.floor(context.clock.now() / STEP));
}
