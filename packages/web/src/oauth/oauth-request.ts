import type { oauthEndpoints, ResponseOf } from '@foxden/protocol';

/** What a server tells about the application that asks. */
export type ClientInformation = ResponseOf<typeof oauthEndpoints.oauthClient>;

/** A request for an authorization code, checked (oauth-devices §1.5). */
export interface OAuthRequest {
  readonly clientId: string;
  /** The scope values that the application can get, in the order it asked for them. */
  readonly scope: readonly string[];
  /** What the application is authorized for, as it says. */
  readonly service: string | undefined;
  /** Absent where the application sent none; it gets none back. */
  readonly state: string | undefined;
  /** As the application sent it; the first registered one is meant where it sent none. */
  readonly redirectUri: string | undefined;
  readonly accessType: 'online' | 'offline';
  readonly codeChallenge: string | undefined;
  readonly keysJwk: string | undefined;
  readonly nonce: string | undefined;
  readonly acrValues: string | undefined;
  readonly prompt: Prompt | undefined;
  /** Seconds since the password was proved that are not too long ago. */
  readonly maxAge: number | undefined;
  readonly idTokenHint: string | undefined;
}

export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

/** Where answers to the application go: a registered URI that is known to be right. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly state: string | undefined;
  /** Who answers: an application that uses several servers can tell them apart (RFC 9207). */
  readonly issuer: string;
  /** `return_on_error=false`: errors stay on the page. */
  readonly takesErrors: boolean;
}
