/** Tokens of the onepw protocol as the server makes and stores them (auth-api §1.5). Not a domain: it has no table. */

export { constantTimeEqual } from './constant-time.js';
export { createToken, hashTokenId, type NewToken } from './create-token.js';
