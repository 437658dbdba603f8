/**
 * Hawk 1 with SHA-256: reading and making the header, its MAC, the payload hash, and the check (auth API §2.1).
 */
export type { HawkArtifacts, HawkTarget } from './mac.js';
export { computeHawkMac, hawkNormalizedString, hawkTarget } from './mac.js';
export { makeHawkHeader } from './make-header.js';
export type { HawkAttributes } from './parse-header.js';
export { HAWK_HEADER_MAX_LENGTH, parseHawkHeader } from './parse-header.js';
export type { HawkPayload } from './payload-hash.js';
export { hawkPayloadHash } from './payload-hash.js';
export type { HawkVerdict } from './verify.js';
export { verifyHawk } from './verify.js';
