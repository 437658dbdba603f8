/** Tokens of the onepw protocol as the server makes and stores them (auth-api §1.5). Not a domain: it has no table. */

export { constantTimeEqual } from './constant-time.js';
export { createToken, hashTokenId, type NewToken, tokenFrom } from './create-token.js';
export { deriveKey } from './derive-key.js';
export { hotp, matchingCounter } from './hotp.js';
export { openSealed, type Seal, seal } from './seal.js';
