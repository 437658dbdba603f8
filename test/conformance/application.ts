import * as oidc from 'openid-client';
import { expect } from 'vitest';
import { addClient } from '../../packages/server/src/oauth/index.js';
import { PASSWORD, signUp } from '../../packages/server/test/support/person.js';
import { startTestServer, type TestServer } from '../../packages/server/test/support/test-server.js';
import { type Browser, browser } from './browser.js';

export const CALLBACK = 'https://app.example.com/callback';
export const BYE = 'https://app.example.com/bye?keep=1';
export const EMAIL = 'person@example.com';
const INSECURE = { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] };

/** A server, a person with an account, and the browser that the person is signed in with. */
export interface Scene {
  readonly server: TestServer;
  readonly browser: Browser;
  readonly uid: string;
  /** Signs the person in with a new session. */
  signIn(): Promise<void>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const server = await startTestServer();
  // Foreign libraries look at the real clock.
  server.clock.advance(Date.now() - server.clock.now());
  const { uid } = await signUp(server, EMAIL);
  const person = browser(server.url, { email: EMAIL, password: PASSWORD }, server.clock.now);
  return {
    server,
    browser: person,
    uid,
    async signIn() {
      person.signIn(undefined);
      await person.visit(`${server.url}/`);
    },
    close: () => server.close(),
  };
}

export interface Application {
  readonly config: oidc.Configuration;
  readonly clientId: string;
}

/** An application that openid-client plays; the operator does not trust it unless told otherwise. */
export async function application(
  { server }: Scene,
  options: { readonly trusted?: boolean; readonly publicClient?: boolean; readonly auth?: 'post' | 'basic' } = {},
): Promise<Application> {
  const { auth = 'basic', ...definition } = options;
  const { client, secret } = await addClient(server.server.context, {
    name: 'An app',
    redirectUris: [CALLBACK],
    postLogoutRedirectUris: [BYE],
    ...definition,
  });
  const method = auth === 'post' ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret);
  const authentication = secret === undefined ? oidc.None() : method;
  const config = await oidc.discovery(new URL(server.url), client.id, secret, authentication, INSECURE);
  return { config, clientId: client.id };
}

export type Parameters = Readonly<Record<string, string | undefined>>;

/** An authorization request as the library builds it, and what the library checks of its answer. */
export interface Asked {
  readonly url: URL;
  readonly checks: oidc.AuthorizationCodeGrantChecks & { readonly pkceCodeVerifier: string };
}

/** @param parameters `undefined` takes one away */
export async function ask({ config }: Application, parameters: Parameters = {}): Promise<Asked> {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const all = {
    redirect_uri: CALLBACK,
    scope: 'openid email',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...parameters,
  };
  const url = oidc.buildAuthorizationUrl(config, {});
  for (const [name, value] of Object.entries(all)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  if ('response_type' in parameters && parameters['response_type'] === undefined)
    url.searchParams.delete('response_type');
  const expectedNonce = 'nonce' in parameters ? parameters['nonce'] : nonce;
  return {
    url,
    checks: {
      pkceCodeVerifier: verifier,
      expectedState: state,
      ...(expectedNonce !== undefined && { expectedNonce }),
      idTokenExpected: all.scope.includes('openid'),
    },
  };
}

export type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

/** The whole way: the request, the person who agrees, and the tokens. */
export async function signInTo(
  scene: Scene,
  app: Application,
  parameters: Parameters = {},
): Promise<{
  readonly tokens: Tokens;
  readonly pages: readonly string[];
  readonly asked: Asked;
  readonly callback: URL;
}> {
  const asked = await ask(app, parameters);
  const { left, pages } = await scene.browser.visit(asked.url);
  expect(left?.origin).toBe('https://app.example.com');
  const callback = left ?? new URL(CALLBACK);
  const maxAge = parameters['max_age'] === undefined ? {} : { maxAge: Number(parameters['max_age']) };
  return {
    tokens: await oidc.authorizationCodeGrant(app.config, callback, { ...asked.checks, ...maxAge }),
    pages,
    asked,
    callback,
  };
}

/** The error that the library reads from an answer. */
export async function errorOf({ config }: Application, { checks }: Asked, left: URL | undefined): Promise<string> {
  if (left === undefined) throw new Error('the browser was not sent anywhere');
  const failure = await oidc.authorizationCodeGrant(config, left, checks).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof oidc.AuthorizationResponseError)) throw new Error(`no error answer: ${failure}`);
  return failure.error;
}
