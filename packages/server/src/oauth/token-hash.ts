import { hash } from 'node:crypto';
import type { Bytes } from '../storage/index.js';

/**
 * What stands for a code, token or client secret at rest: SHA-256 of the decoded bytes, 32 bytes, not of the hex text
 * (oauth-devices §1.1). Synchronous, unlike `oauthTokenId` of protocol: every introspection comes through here.
 * @param token hex, 64 digits of either case
 */
export function hashToken(token: string): Bytes {
  return hash('sha256', Buffer.from(token, 'hex'), 'buffer');
}

/** Whether a text has the shape of an opaque code, token or secret. */
export function isOpaqueToken(text: string): boolean {
  return /^[0-9a-fA-F]{64}$/.test(text);
}
