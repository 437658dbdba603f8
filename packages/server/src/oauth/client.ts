import type { ScopeSet } from '@foxden/protocol';
import type { Bytes } from '../storage/index.js';

/** A registered application (oauth-devices §1.1). */
export interface OAuthClient {
  /** hex, 16 digits, lower case */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the 32 bytes of the secret; null for a public client. */
  readonly hashedSecret: Bytes | null;
  /** The secret before the current one; accepted until it is taken away. */
  readonly hashedSecretPrevious: Bytes | null;
  readonly imageUri: string | null;
  /** Each matches exactly; the first one is meant where a request names none. */
  readonly redirectUris: readonly string[];
  /** Where it may have people sent after they signed out; each matches exactly. */
  readonly postLogoutRedirectUris: readonly string[];
  /** First party: needs no consent and is not limited to the basic scopes. */
  readonly trusted: boolean;
  /** May turn a session into tokens without a code (`fxa-credentials`). */
  readonly canGrant: boolean;
  /** Cannot keep a secret, so it must use PKCE. */
  readonly publicClient: boolean;
  /** The custom scopes it may ask for. */
  readonly allowedScopes: ScopeSet;
  /** Knows people by a name that no other client has for them (oauth-devices §1.10). */
  readonly pairwise: boolean;
}
