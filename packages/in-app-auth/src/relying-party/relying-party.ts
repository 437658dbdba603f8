/** What an authorization is asked for with (in-app-auth §4, A8). */
export interface AuthorizationParams {
  /** hex, 16 digits */
  readonly clientId: string;
  readonly state: string;
  /** Scopes, divided by blanks. */
  readonly scope: string;
  readonly accessType: 'online' | 'offline';
  readonly redirectUri?: string | undefined;
  /** Sent to the accounts server where that one checks the pair; base64url, 43 characters. */
  readonly codeChallenge?: string | undefined;
  readonly metricsContext?: MetricsContext | undefined;
}

/** What lets an operator count sign-ins that belong together. */
export interface MetricsContext {
  readonly deviceId: string;
  readonly flowId: string;
  /** milliseconds since the epoch */
  readonly flowBeginTime: number;
}

/** The answer of the accounts server to an authorization. */
export interface Authorization {
  readonly code: string;
  readonly state: string;
  readonly redirect: string;
}

export interface Beginning {
  /** S256 of the verifier, base64url without padding: 43 characters (RFC 7636 §4.2). */
  readonly codeChallenge: string;
  readonly email?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * For whom a person signs in: it says what to ask the accounts server for, and makes its own session of the code that
 * comes back (in-app-auth §6). Every method throws `FlowFailure` or `AuthClientError`, and the flow ends with it.
 */
export interface RelyingParty<Result> {
  begin(beginning: Beginning): Promise<AuthorizationParams>;
  /** Hands the authorization in where it belongs, and gives the code to exchange. */
  finish(authorization: Authorization, params: AuthorizationParams, signal: AbortSignal): Promise<string>;
  exchange(code: string, codeVerifier: string, signal: AbortSignal): Promise<Result>;
  /** Where a browser goes on with the sign-in, with the same pair and the address. */
  browserUrl(beginning: Beginning, params: AuthorizationParams): string;
  /** The code to exchange in the address that the browser came back to. */
  readReturn(url: string, params: AuthorizationParams): string;
}
