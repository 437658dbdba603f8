import { oauthError } from '../errors.js';
import { constantTimeEqual } from '../tokens/index.js';
import type { OAuthClient } from './client.js';
import { invalidParameter } from './invalid-parameter.js';
import { hashToken, isOpaqueToken } from './token-hash.js';

/** How a request says which client sends it. */
export interface ClientCredentials {
  /** hex, 16 digits */
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
}

interface CredentialFields {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
}

/** The client credentials of a body. An empty secret is none: Rust clients send it so. */
export function bodyCredentials(body: CredentialFields): ClientCredentials {
  return { clientId: body.client_id?.toLowerCase(), clientSecret: body.client_secret || undefined };
}

/**
 * The client credentials of a request: `Authorization: Basic` (RFC 6749 §2.3.1) or members of the body.
 * @throws INVALID_PARAMETER when both give a secret, name different clients, or the header is malformed
 */
export function requestCredentials(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: CredentialFields,
): ClientCredentials {
  const inBody = bodyCredentials(body);
  const { authorization } = headers;
  if (typeof authorization !== 'string' || !/^basic /i.test(authorization)) return inBody;
  const [clientId, clientSecret] = readBasic(authorization);
  if (inBody.clientSecret !== undefined) throw invalidParameter('client_secret');
  if (inBody.clientId !== undefined && inBody.clientId !== clientId) throw invalidParameter('client_id');
  return { clientId, clientSecret: clientSecret || undefined };
}

function readBasic(authorization: string): [string, string] {
  const text = Buffer.from(authorization.slice('basic '.length).trim(), 'base64').toString();
  const [, clientId, clientSecret] = /^([0-9a-f]{16}):(.*)$/i.exec(text) ?? [];
  if (clientId === undefined || clientSecret === undefined) throw invalidParameter('authorization');
  return [clientId.toLowerCase(), clientSecret];
}

/**
 * The client id of a request.
 * @throws INVALID_PARAMETER when the request names no client
 */
export function requireClientId(credentials: ClientCredentials): string {
  if (credentials.clientId === undefined) throw invalidParameter('client_id');
  return credentials.clientId;
}

/**
 * Checks that a request comes from the client it names (oauth-devices §1.7). Anybody may name a public client.
 * @throws INVALID_PARAMETER when a public client sends a secret, or another one sends none; INCORRECT_CLIENT_SECRET
 */
export function authenticateClient(client: OAuthClient, clientSecret: string | undefined): void {
  if (client.publicClient !== (clientSecret === undefined)) throw invalidParameter('client_secret');
  if (clientSecret !== undefined && !isSecretOf(client, clientSecret)) {
    throw oauthError('INCORRECT_CLIENT_SECRET', { clientId: client.id });
  }
}

function isSecretOf(client: OAuthClient, clientSecret: string): boolean {
  if (!isOpaqueToken(clientSecret)) return false;
  const hash = hashToken(clientSecret);
  return [client.hashedSecret, client.hashedSecretPrevious].some(
    (known) => known !== null && constantTimeEqual(known, hash),
  );
}
