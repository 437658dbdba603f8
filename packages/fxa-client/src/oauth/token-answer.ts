import { object, optional, type Reader, text, unexpected, whole } from '../persistence/reading.js';

/** What the token endpoint gives for a grant (client §1.6). */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly scopes: readonly string[];
  /** As the server wrote it. */
  readonly scope: string;
  /** seconds */
  readonly expiresIn: number;
  readonly refreshToken: string | null;
  readonly sessionToken: string | null;
  readonly keysJwe: string | null;
}

const seconds: Reader<number> = (value, name) => {
  const number = whole(value, name);
  if (number < 0) throw unexpected(name, 'must not be negative');
  return number;
};

export const readTokenAnswer: Reader<TokenAnswer> = object((member) => {
  const scope = member('scope', text);
  return {
    accessToken: member('access_token', text),
    scopes: splitScope(scope),
    scope,
    expiresIn: member('expires_in', seconds),
    refreshToken: member('refresh_token', optional(text)),
    sessionToken: member('session_token', optional(text)),
    keysJwe: member('keys_jwe', optional(text)),
  };
});

/** The values of a scope string, in its order. */
export function splitScope(scope: string): readonly string[] {
  return [...new Set(scope.split(' ').filter((value) => value !== ''))];
}

/** Sorted and without doubles: what tokens are cached under (client §6.6). */
export function normalizedScope(scope: string): string {
  return [...splitScope(scope)].sort().join(' ');
}
