import { MalformedError } from '../bytes/errors.js';
import { type TokenKind, tokenKinds } from './token-kinds.js';

/** A typed Bearer credential: the kind and the derived id (hex, 64 digits), not the token itself. */
export interface BearerCredential {
  readonly kind: TokenKind;
  readonly tokenId: string;
}

const tokenIdPattern = /^[0-9a-f]{64}$/;
const bearerPattern = /^Bearer (fxs|fxk|fxar|fxpf|fxpc)_([0-9a-f]{64})$/;

/**
 * The value of an Authorization header for a token (auth API §2.2).
 * @param tokenId from `deriveToken`: lower-case hex, 64 digits
 * @throws MalformedError on anything else
 */
export function bearerCredential(kind: TokenKind, tokenId: string): string {
  if (!tokenIdPattern.test(tokenId)) throw new MalformedError('tokenId must be 64 lower-case hex digits');
  return `Bearer ${tokenKinds[kind].bearerPrefix}_${tokenId}`;
}

/**
 * Reads an Authorization header (auth API §2.2); letter case and the single blank are exact. Undefined if it is no typed
 * Bearer.
 */
export function parseBearer(header: string): BearerCredential | undefined {
  const [, prefix, tokenId] = bearerPattern.exec(header) ?? [];
  const kind = kindOf(prefix);
  return kind === undefined || tokenId === undefined ? undefined : { kind, tokenId };
}

function kindOf(prefix: string | undefined): TokenKind | undefined {
  for (const kind in tokenKinds) {
    if (isTokenKind(kind) && tokenKinds[kind].bearerPrefix === prefix) return kind;
  }
  return undefined;
}

function isTokenKind(kind: string): kind is TokenKind {
  return Object.hasOwn(tokenKinds, kind);
}
