import type { OAuthErrorCode } from '../oauth/error-codes.js';

/** Why the pages cannot go on at all. Nothing is sent to anybody; the person is told and offered a way back. */
export type Problem =
  | { readonly kind: 'cryptography' | 'storage' | 'unreachable' | 'server' | 'not-found' }
  | { readonly kind: 'unknown-application' | 'wrong-return-address' }
  /** The browser cannot do what its address asks for, or is not there to be told. */
  | { readonly kind: 'old-browser' | 'no-browser' }
  /** The other device, or this address, cannot be paired. */
  | { readonly kind: 'pairing-malformed' | 'pairing-not-allowed' | 'pairing-signed-out' | 'pairing-no-code' }
  /** It is signed in as somebody else. */
  | { readonly kind: 'browser-taken'; readonly email: string }
  | { readonly kind: 'refused-request'; readonly code: OAuthErrorCode; readonly application: string };
