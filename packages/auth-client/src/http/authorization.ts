import { bearerCredential, deriveToken, hexToBytes, type TokenKind, tokenKinds } from '@foxden/protocol';
import type { Token } from './request.js';

/**
 * The Authorization header for a token: an OAuth or step-up token as it is, the derived id of the others (auth-api
 * §2.2), so that what travels is not what the server handed out.
 * @throws MalformedError when the token is not 64 hex digits
 */
export async function authorization(token: Token): Promise<string> {
  for (const [kind, text] of Object.entries(token)) {
    if (!isTokenKind(kind)) return `Bearer ${text}`;
    const { tokenId } = await deriveToken(kind, hexToBytes(text));
    return bearerCredential(kind, tokenId);
  }
  throw new TypeError('the token has no kind');
}

function isTokenKind(kind: string): kind is TokenKind {
  return Object.hasOwn(tokenKinds, kind);
}
