import { kw } from '../credentials/namespace.js';

/** What tells one kind of token from another: its HKDF info (auth API §1.5) and its Bearer prefix (§2.2). */
export const tokenKinds = {
  sessionToken: { info: 'sessionToken', bearerPrefix: 'fxs' },
  keyFetchToken: { info: 'keyFetchToken', bearerPrefix: 'fxk' },
  accountResetToken: { info: 'accountResetToken', bearerPrefix: 'fxar' },
  passwordForgotToken: { info: 'passwordForgotToken', bearerPrefix: 'fxpf' },
  passwordChangeToken: { info: 'passwordChangeToken', bearerPrefix: 'fxpc' },
} as const;

export type TokenKind = keyof typeof tokenKinds;

/** The full HKDF info of a kind. */
export function tokenInfo(kind: TokenKind): string {
  return kw(tokenKinds[kind].info);
}
