/** Verifying access tokens of an accounts server that is somewhere else. sync §2.2; RFC 9068. */
export { createRemoteVerifier, type RemoteVerifierOptions } from './remote-verifier.js';
