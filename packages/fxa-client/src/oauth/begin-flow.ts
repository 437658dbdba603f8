import { bytesToBase64url, createCodeChallenge, encodeKeysJwk } from '@foxden/protocol';
import type { AccountContext } from '../account-context.js';
import { pageUrl, parseUrl, WEB_CHANNEL_CONTEXT, WEB_CHANNEL_REDIRECT_URI } from '../config/fxa-config.js';
import { FxaError } from '../errors/fxa-error.js';
import { missingScopes } from '../persistence/account-state.js';
import type { AuthState } from '../state/states.js';

/** What a flow is to bring (client §6.1). */
export interface FlowRequest {
  readonly scopes: readonly string[];
  readonly entrypoint: string;
  readonly service: string;
  /** Where cancelling leads back to. */
  readonly initialState: AuthState;
}

const VERIFIER_BYTES = 43;
const STATE_BYTES = 16;

/**
 * Begins a sign-in on the web, in place of any that was begun before, and gives its URL (client §6.1).
 * @throws FxaError `Network`, `Other`
 */
export async function beginOAuthFlow(context: AccountContext, request: FlowRequest): Promise<string> {
  const { lastSeenProfile, sessionToken, config } = context.state;
  const { authorizationEndpoint } = await context.connection.discovery();
  const email = lastSeenProfile?.response.email;
  // Known, but without a session: the person has to enter the password again.
  const again = email !== undefined && sessionToken === null;
  const url = again ? pageUrl(config, 'oauth/force_auth') : parseUrl(authorizationEndpoint);
  const query = url.searchParams;
  query.set('action', 'email');
  query.set('response_type', 'code');
  query.set('entrypoint', request.entrypoint);
  if (request.service !== '') query.set('service', request.service);
  if (email !== undefined) query.set('email', email);
  return openFlow(context, url, request);
}

/**
 * Begins to sign in by a pairing URL that another device shows (client §6.2).
 * @throws FxaError `OriginMismatch` when it is of another server, `Other` when it is no URL
 */
export async function beginPairingFlow(
  context: AccountContext,
  pairingUrl: string,
  request: FlowRequest,
): Promise<string> {
  const url = pageUrl(context.state.config, 'pair/supp');
  const scanned = parseUrl(pairingUrl);
  if (scanned.origin !== url.origin) {
    throw new FxaError('OriginMismatch', `The pairing URL is of ${scanned.origin}, the account of ${url.origin}`);
  }
  url.searchParams.set('entrypoint', request.entrypoint);
  if (request.service !== '') url.searchParams.set('service', request.service);
  url.hash = scanned.hash;
  return openFlow(context, url, request);
}

/** Adds what both kinds of flow carry, and remembers what completes them. */
async function openFlow(context: AccountContext, url: URL, request: FlowRequest): Promise<string> {
  const { random } = context.connection;
  const { client_id, redirect_uri } = context.state.config;
  const state = bytesToBase64url(random(STATE_BYTES));
  const codeVerifier = bytesToBase64url(random(VERIFIER_BYTES));
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ]);
  const query = url.searchParams;
  query.set('client_id', client_id);
  query.set('scope', scopesToAskFor(context, request.scopes).join(' '));
  query.set('state', state);
  query.set('code_challenge_method', 'S256');
  query.set('code_challenge', await createCodeChallenge(codeVerifier));
  query.set('access_type', 'offline');
  query.set('keys_jwk', encodeKeysJwk(await crypto.subtle.exportKey('jwk', publicKey)));
  if (redirect_uri === WEB_CHANNEL_REDIRECT_URI) query.set('context', WEB_CHANNEL_CONTEXT);
  else query.set('redirect_uri', redirect_uri);
  const oauthUrl = url.href;
  context.memory.redeemed = undefined;
  context.update({
    pendingFlow: {
      state,
      codeVerifier,
      privateKey: JSON.stringify(await crypto.subtle.exportKey('jwk', privateKey)),
      oauthUrl,
      initialState: request.initialState,
    },
  });
  return oauthUrl;
}

/**
 * What is wanted, and what was held before authorization came into doubt. What is held now is left out, or the person
 * would be asked for the password because of its keys; but without a session nothing else can join old and new scopes.
 */
function scopesToAskFor({ state }: AccountContext, wanted: readonly string[]): readonly string[] {
  const kept = state.sessionToken === null ? (state.refreshToken?.scopes ?? []) : [];
  return [...new Set([...wanted, ...kept, ...missingScopes(state)])];
}
