import { createHmac } from 'node:crypto';
import type { Context } from '../context.js';
import { deriveKey, type NewToken, tokenFrom } from '../tokens/index.js';

/**
 * A passwordForgotToken and the code of its link are made from a random seed (bytes, 16) and the server secret: the same
 * mail can be written again (auth-api §6.5, `resend_code`), and a copy of the database holds neither.
 */
export function forgotToken(context: Context, seed: Uint8Array): Promise<NewToken> {
  return tokenFrom(derive(context, 'password-forgot/token', seed), 'passwordForgotToken');
}

/** The code that a passwordForgotToken is traded with: bytes, 16. */
export function forgotCode(context: Context, seed: Uint8Array): Uint8Array<ArrayBuffer> {
  return derive(context, 'password-forgot/code', seed).slice(0, 16);
}

/** The stored form of mailed digits: few as they are, a copy of the database alone does not tell them. */
export function hashForgotOtp(context: Context, uid: string, code: string): Uint8Array<ArrayBuffer> {
  return derive(context, 'password-forgot/otp', Buffer.from(`${uid}:${code}`));
}

function derive(context: Context, purpose: string, input: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = deriveKey(context.secret, `foxden/${purpose}`);
  return new Uint8Array(createHmac('sha256', key).update(input).digest());
}
