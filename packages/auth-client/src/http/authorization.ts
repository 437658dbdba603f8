import { bearerCredential, deriveToken, hexToBytes, type TokenKind } from '@foxden/protocol';
import type { Token } from './request.js';

/**
 * The Authorization header for a token: the token itself for OAuth, the derived id for the others (auth-api §2.2), so
 * that what travels is not what the server handed out.
 * @throws MalformedError when the token is not 64 hex digits
 */
export async function authorization(token: Token): Promise<string> {
  if ('accessToken' in token) return `Bearer ${token.accessToken}`;
  for (const [kind, text] of Object.entries(token) as [TokenKind, string][]) {
    const { tokenId } = await deriveToken(kind, hexToBytes(text));
    return bearerCredential(kind, tokenId);
  }
  throw new TypeError('the token has no kind');
}
