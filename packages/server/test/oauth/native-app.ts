import {
  accountDevice,
  accountDevices,
  createCodeChallenge,
  createKeysKeyPair,
  deriveScopedKey,
  oauthEndpoints,
  openKeysJwe,
  type ResponseOf,
  type ScopedKey,
  sealKeysJwe,
} from '@foxden/protocol';
import type { FailedBody, TestServer } from '../support/test-server.js';
import { FENIX, repeatingRandom } from './fixture.js';

// The example program of the Rust client (client.md §6, §10), request by request, and the page that a person signs in on.

/** A failed request, as the program reports it. */
export class RemoteError extends Error {
  readonly body: FailedBody;
  constructor(body: FailedBody) {
    super(`${body.code} ${body.errno} ${body.error}`);
    this.body = body;
  }
}

/** What the program keeps between its runs. */
interface State {
  refreshToken: string | undefined;
  scopes: string[];
  sessionToken: string | undefined;
  keys: Record<string, ScopedKey>;
}

export interface AccessTokenInfo {
  readonly scope: string;
  readonly token: string;
  readonly key: ScopedKey | undefined;
}

export interface NativeApp {
  readonly state: State;
  /** Paths of the requests since the last call, with the grant where it is one. */
  requests(): string[];
  beginOAuthFlow(scopes: readonly string[], service?: string): Promise<string>;
  completeOAuthFlow(finalUrl: string): Promise<void>;
  /** `Forbidden` where the server says so, like the original. */
  getAccessToken(scope: string): Promise<AccessTokenInfo | 'Forbidden'>;
  isAuthorized(): Promise<boolean>;
  /** Registers the device with what it can do. */
  registerDevice(changes: object): Promise<ResponseOf<typeof accountDevice>>;
  devices(): Promise<ResponseOf<typeof accountDevices>>;
  disconnect(): Promise<void>;
}

type TokenBody = Record<string, unknown>;
type TokenAnswer = ResponseOf<typeof oauthEndpoints.oauthToken>;

export function nativeApp(server: TestServer): NativeApp {
  const state: State = { refreshToken: undefined, scopes: [], sessionToken: undefined, keys: {} };
  const flows = new Map<string, { verifier: string; privateKey: CryptoKey }>();
  const requests: string[] = [];
  const random = repeatingRandom('native app');
  const base64url = (length: number) => Buffer.from(random.bytes(length)).toString('base64url');

  const bySession = () =>
    state.sessionToken === undefined ? {} : { token: ['sessionToken', state.sessionToken] as const };
  const byRefreshToken = (token = state.refreshToken) => ({ headers: { authorization: `Bearer ${token}` } });

  async function requestToken(body: TokenBody, options: object = {}): Promise<TokenAnswer> {
    requests.push(`token ${String(body['grant_type']).split(':').at(-1)}`);
    const answer = await server.call(oauthEndpoints.oauthToken, { body: body as never, ...options });
    if (answer.status !== 200) throw new RemoteError(answer.body as unknown as FailedBody);
    return answer.body;
  }
  /** Failures to destroy are ignored. */
  async function destroy(body: { token?: string | undefined; refresh_token?: string | undefined }): Promise<void> {
    requests.push(`destroy ${Object.keys(body)[0]}`);
    await server.call(oauthEndpoints.destroy, { body });
  }

  return {
    state,
    requests: () => requests.splice(0),

    async beginOAuthFlow(scopes, service = '') {
      const [verifier, flowState] = [base64url(43), base64url(16)];
      const { privateKey, keysJwk } = await createKeysKeyPair();
      flows.set(flowState, { verifier, privateKey });
      const query = new URLSearchParams({
        action: 'email',
        response_type: 'code',
        entrypoint: 'fxa_creds',
        ...(service !== '' && { service }),
        client_id: FENIX,
        scope: scopes.join(' '),
        state: flowState,
        code_challenge_method: 'S256',
        code_challenge: await createCodeChallenge(verifier),
        access_type: 'offline',
        keys_jwk: keysJwk,
        redirect_uri: `${server.url}/oauth/success/${FENIX}`,
      });
      return `${server.url}/authorization?${query}`;
    },

    async completeOAuthFlow(finalUrl) {
      const { code, state: flowState = '' } = Object.fromEntries(new URL(finalUrl).searchParams);
      const flow = flows.get(flowState);
      flows.delete(flowState);
      if (flow === undefined) throw new Error('NoExistingAuthFlow');
      const first = await requestToken(
        { grant_type: 'authorization_code', client_id: FENIX, code, code_verifier: flow.verifier },
        bySession(),
      );
      const keys = first.keys_jwe === undefined ? {} : await openKeysJwe(flow.privateKey, first.keys_jwe);
      await destroy({ token: first.access_token });
      let [refreshToken, scopes] = [first.refresh_token, first.scope.split(' ')];
      const { refreshToken: old, sessionToken } = state;
      if (old !== undefined) {
        requests.push('devices');
        const devices = await server.call(accountDevices, byRefreshToken(old));
        const current = devices.status === 200 ? devices.body.find((device) => device.isCurrentDevice) : undefined;
        const union = [...new Set([...state.scopes, ...scopes])];
        if (union.length > scopes.length && sessionToken !== undefined) {
          const merged = await requestToken(
            { client_id: FENIX, scope: union.join(' '), grant_type: 'fxa-credentials', access_type: 'offline' },
            bySession(),
          );
          await destroy({ refresh_token: refreshToken });
          [refreshToken, scopes] = [merged.refresh_token, merged.scope.split(' ')];
        }
        await destroy({ refresh_token: old });
        Object.assign(state, { refreshToken, scopes });
        if (current !== undefined) {
          const { name, type, availableCommands } = current;
          requests.push('device');
          await server.call(accountDevice, { body: { name, type, availableCommands }, ...byRefreshToken() });
        }
      }
      Object.assign(state, { refreshToken, scopes, sessionToken: sessionToken ?? first.session_token });
      Object.assign(state.keys, keys);
    },

    async getAccessToken(scope) {
      try {
        if (!state.scopes.includes(scope)) {
          const answer = await requestToken({
            grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
            subject_token: state.refreshToken,
            subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token',
            scope,
          });
          Object.assign(state, { refreshToken: answer.refresh_token, scopes: answer.scope.split(' ') });
        }
        const { refreshToken: refresh_token } = state;
        const answer = await requestToken({ grant_type: 'refresh_token', client_id: FENIX, refresh_token, scope });
        return { scope: answer.scope, token: answer.access_token, key: state.keys[scope] };
      } catch (error) {
        if (error instanceof RemoteError && error.body.code === 403) return 'Forbidden';
        throw error;
      }
    },

    async isAuthorized() {
      const token = state.refreshToken ?? '';
      return (await server.ok(oauthEndpoints.introspect, { body: { token, token_type_hint: 'refresh_token' } })).active;
    },

    async registerDevice(changes) {
      const options = state.scopes.some((scope) => scope.endsWith('/oldsync')) ? byRefreshToken() : bySession();
      return server.ok(accountDevice, { body: changes, ...options });
    },

    devices: () => server.ok(accountDevices, bySession()),

    async disconnect() {
      await destroy({ refresh_token: state.refreshToken });
      Object.assign(state, { refreshToken: undefined, scopes: [], sessionToken: undefined, keys: {} });
    },
  };
}

/** What the pages do with an address that an application opened, for a person who is signed in and says yes. */
export async function allowOnPage(
  server: TestServer,
  account: { readonly uid: string; readonly sessionToken: string; readonly kB: Uint8Array },
  url: string,
): Promise<string> {
  const { keys_jwk: keysJwk = '', action: _, entrypoint: __, ...query } = Object.fromEntries(new URL(url).searchParams);
  const token = ['sessionToken', account.sessionToken] as const;
  const { client_id = '', scope = '' } = query;
  const data = await server.ok(oauthEndpoints.scopedKeyData, { token, body: { client_id, scope } });
  const keys = await Promise.all(Object.values(data).map((entry) => deriveScopedKey(entry, account.kB, account.uid)));
  const bundle = Object.fromEntries(keys.map((key) => [key.scope, key]));
  const keysJwe = await sealKeysJwe(keysJwk, bundle, (length) => crypto.getRandomValues(new Uint8Array(length)));
  const body = { ...query, ...(keys.length > 0 && { keys_jwe: keysJwe }) };
  return (await server.ok(oauthEndpoints.oauthAuthorization, { token, body: body as never })).redirect;
}
