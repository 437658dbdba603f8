/**
 * The small derivations of OAuth and OpenID Connect: PKCE (RFC 7636), at_hash, token ids, pairwise subjects
 * (OAuth §1.1, 1.7, 1.10, 7.2).
 */
export { atHash } from './at-hash.js';
export {
  codeChallengePattern,
  codeVerifierBase64urlPattern,
  codeVerifierPattern,
  createCodeChallenge,
  matchesCodeChallenge,
} from './pkce.js';
export { derivePpid } from './ppid.js';
export { clientSecretHash, oauthTokenId } from './token-id.js';
