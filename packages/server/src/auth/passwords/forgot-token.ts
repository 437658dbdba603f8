import type { passwordForgotSendCode, ResponseOf } from '@foxden/protocol';
import type { Context } from '../../context.js';
import {
  forgotCode,
  forgotToken,
  insertPasswordForgotToken,
  PASSWORD_FORGOT_LIFETIME,
  type PasswordForgotToken,
} from '../../credentials/index.js';
import { fromHex, toHex } from '../../storage/hex.js';
import type { Database } from '../../storage/index.js';
import type { NewToken } from '../../tokens/index.js';

/** Wrong codes that a reset survives but the last (auth-api §1.5). */
const TRIES = 3;

/** A reset that was begun, with what only its owner may learn. */
export interface BegunReset {
  /** hex, 64 digits */
  readonly token: string;
  /** The link code: hex, 32 digits. */
  readonly code: string;
  readonly createdAt: number;
  readonly tries: number;
}

/** A passwordForgotToken that is derived but not yet stored. */
export interface PendingReset extends BegunReset {
  insert(db: Database): Promise<void>;
}

/** Begins a reset for an address of an account (uid: hex, 32 digits). */
export async function prepareReset(context: Context, uid: string, email: string): Promise<PendingReset> {
  const seed = context.random.bytes(16);
  const derived = await forgotToken(context, seed);
  const createdAt = context.clock.now();
  const row = {
    uid: fromHex(uid),
    tokenHash: derived.tokenHash,
    reqHMACkey: derived.reqHMACkey,
    seed,
    email,
    tries: TRIES,
    verificationMethod: null,
    createdAt,
  };
  const begun = begunReset(context, derived, { seed, createdAt, tries: TRIES });
  return { ...begun, insert: (db) => insertPasswordForgotToken(db, row) };
}

/** The same token and code again, for the same mail again. */
export async function repeatReset(context: Context, token: PasswordForgotToken): Promise<BegunReset> {
  return begunReset(context, await forgotToken(context, token.seed), token);
}

function begunReset(
  context: Context,
  derived: NewToken,
  state: Pick<PasswordForgotToken, 'seed' | 'createdAt' | 'tries'>,
): BegunReset {
  const { seed, createdAt, tries } = state;
  return { token: derived.token, code: toHex(forgotCode(context, seed)), createdAt, tries };
}

/** Whole seconds that a reset may still take. */
export function secondsLeft(context: Context, { createdAt }: { readonly createdAt: number }): number {
  return Math.floor((createdAt + PASSWORD_FORGOT_LIFETIME - context.clock.now()) / 1000);
}

/** What the client learns of a reset that was begun (auth-api §6.5). */
export function forgotAnswer(context: Context, reset: BegunReset): ResponseOf<typeof passwordForgotSendCode> {
  return { passwordForgotToken: reset.token, ttl: secondsLeft(context, reset), codeLength: 16, tries: reset.tries };
}
