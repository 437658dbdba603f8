import { createCodeChallenge, deriveToken, encodeKeysJwk, hexToBytes, parseKeysJwk, utf8 } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import vectors from '../../../test/fixtures/vectors/client.json';
import { safeUrl } from '../src/errors/safe-url.js';
import { FirefoxAccount, type FxaConfig, serverFromUrl } from '../src/index.js';
import { config, SYNC_SCOPES, World } from './support/accounts.js';

/** An account whose server says that its authorization endpoint is the vector's. */
function accountAt(of: Partial<FxaConfig>, authorizationEndpoint = 'https://mock-fxa.example.com/authorization') {
  const answer = {
    auth_server_base_url: 'https://api.example.com',
    oauth_server_base_url: 'https://api.example.com',
    sync_tokenserver_base_url: 'https://token.example.com',
    authorization_endpoint: authorizationEndpoint,
    introspection_endpoint: 'https://api.example.com/v1/introspect',
    userinfo_endpoint: 'https://api.example.com/v1/profile',
  };
  return new FirefoxAccount({ ...config, ...of }, { fetch: async () => Response.json(answer) });
}

/** The same with a profile that was seen before. */
function knownAt(
  contentUrl: string,
  redirectUri: string,
  profile: { uid?: string; email: string },
  sessionToken: string | null,
) {
  const account = accountAt({ server: { Custom: contentUrl }, redirectUri });
  const response = { uid: '123', displayName: null, avatar: '', avatarDefault: true, ...profile };
  const state = { ...JSON.parse(account.toJson()), session_token: sessionToken };
  const json = JSON.stringify({ ...state, last_seen_profile: { response, cached_at: Date.now(), etag: '"1"' } });
  return FirefoxAccount.fromJson(json);
}

const names = (url: URL) => [...url.searchParams.keys()];

describe('the URL of a flow', () => {
  const [plain, forced, webChannel, withService] = vectors.authorization_url;

  it('has the parameters of the vector, in its order', async () => {
    const account = accountAt({ clientId: plain?.client_id ?? '', redirectUri: plain?.redirect_uri ?? '' });
    const url = new URL(await account.beginOAuthFlow(plain?.scopes ?? [], plain?.entrypoint ?? ''));
    expect(url.origin + url.pathname).toBe(plain?.authorization_endpoint);
    expect(names(url)).toEqual(plain?.parameter_order);
    expect(Object.fromEntries(url.searchParams)).toMatchObject(plain?.fixed ?? {});
    for (const [name, length] of Object.entries(plain?.lengths ?? {})) {
      expect(url.searchParams.get(name), name).toHaveLength(length);
    }
    expect(parseKeysJwk(url.searchParams.get('keys_jwk') ?? '').crv).toBe('P-256');
  });

  it('is the page that asks for the password again for somebody who is known and has no session', async () => {
    const account = knownAt(
      forced?.content_url ?? '',
      config.redirectUri,
      { email: forced?.profile_email ?? '' },
      null,
    );
    const state = JSON.parse(account.toJson());
    const again = FirefoxAccount.fromJson(JSON.stringify(state), {
      fetch: async () =>
        Response.json({
          auth_server_base_url: 'https://a.example.com',
          oauth_server_base_url: 'https://a.example.com',
          sync_tokenserver_base_url: 'https://t.example.com',
          authorization_endpoint: 'https://a.example.com/authorization',
          introspection_endpoint: 'https://a.example.com/v1/introspect',
          userinfo_endpoint: 'https://a.example.com/v1/profile',
        }),
    });
    const url = new URL(await again.beginOAuthFlow(forced?.scopes ?? [], 'test'));
    expect(url.pathname).toBe(forced?.path);
    expect(url.searchParams.get('email')).toBe(forced?.contains?.email);
  });

  it('names the context instead of a redirect for the pages of a browser', async () => {
    const account = accountAt({ redirectUri: webChannel?.redirect_uri ?? '' });
    const url = new URL(await account.beginOAuthFlow(webChannel?.scopes ?? [], 'test'));
    expect(url.searchParams.get('context')).toBe(webChannel?.contains?.context);
    for (const name of webChannel?.absent ?? []) expect(url.searchParams.has(name)).toBe(false);
  });

  it('names the service behind the entrypoint and before the address', async () => {
    const world = new World();
    const account = await world.signedIn();
    await account.getProfile();
    const url = new URL(await account.beginOAuthFlow(['profile'], 'test', withService?.service));
    expect(names(url).slice(0, 6)).toEqual(withService?.parameter_order_prefix);
  });

  it.each(vectors.pkce)('has a code challenge and a verifier as the vector', async (vector) => {
    expect(await createCodeChallenge(vector.code_verifier)).toBe(vector.code_challenge);
    const world = new World();
    await world.signedIn();
    const account = await world.restart();
    await world.signIn(account, ['profile']);
    const sent = world.server.requests.find(({ name }) => name === 'token(authorization_code)');
    expect(sent?.body['code_verifier']).toHaveLength(vector.code_verifier_length);
  });

  it.each(vectors.keys_jwk)('has a keys_jwk that is read in either order of its members: $about', (vector) => {
    expect(parseKeysJwk(vector.keys_jwk_b64u)).toEqual(JSON.parse(vector.jwk_json));
    expect(encodeKeysJwk(JSON.parse(vector.jwk_json))).toHaveLength(168);
  });
});

describe('the URL of a pairing flow', () => {
  it.each(vectors.pairing_url)('$content_url, $redirect_uri', async (vector) => {
    const { client_id: clientId = config.clientId, redirect_uri: redirectUri = config.redirectUri } = vector;
    const account = accountAt({ server: { Custom: vector.content_url }, clientId, redirectUri });
    const begun = account.beginPairingFlow(
      vector.pairing_url,
      vector.scopes ?? [],
      vector.entrypoint ?? 'test',
      vector.service,
    );
    if (vector.error !== undefined) {
      await expect(begun).rejects.toMatchObject({ kind: vector.error });
      return;
    }
    const url = new URL(await begun);
    if (vector.path !== undefined) expect(url.pathname).toBe(vector.path);
    if (vector.fragment !== undefined) expect(url.hash).toBe(`#${vector.fragment}`);
    if (vector.parameter_order !== undefined) expect(names(url)).toEqual(vector.parameter_order);
    expect(Object.fromEntries(url.searchParams)).toMatchObject(vector.contains ?? {});
    for (const name of vector.absent ?? []) expect(url.searchParams.has(name)).toBe(false);
  });

  it('is refused for what is no URL, and the message shows nothing of it behind a question mark', async () => {
    const account = accountAt({});
    await expect(account.beginPairingFlow('pair?channel_key=secret', [], 'test')).rejects.toMatchObject({
      kind: 'Other',
      message: 'Not a URL: pair',
    });
  });
});

describe('the pages of an account', () => {
  it.each(vectors.url_getters)('$method $content_url $redirect_uri', async (vector) => {
    const { method, content_url = 'https://a.example.com', redirect_uri = config.redirectUri, profile } = vector;
    const account = profile == null ? new World().account() : knownAt(content_url, redirect_uri, profile, null);
    const at = accountAt({ server: { Custom: content_url } });
    const { entrypoint = 'test' } = vector;
    const calls: Record<string, () => string | Promise<string>> = {
      get_connection_success_url: () => at.getConnectionSuccessUrl(),
      get_pairing_authority_url: () => at.getPairingAuthorityUrl(),
      get_manage_account_url: () => account.getManageAccountUrl(entrypoint),
      get_manage_devices_url: () => account.getManageDevicesUrl(entrypoint),
    };
    const called = Promise.resolve(calls[method]?.());
    if (vector.error === undefined) expect(await called).toBe(vector.url);
    else await expect(called).rejects.toMatchObject({ kind: 'Authentication' });
  });

  it('are below the path of a server that has one', () => {
    const account = accountAt({ server: { Custom: 'https://example.com/accounts' } });
    expect(account.getPairingAuthorityUrl()).toBe('https://example.com/accounts/pair');
  });
});

describe('the configuration', () => {
  it.each(vectors.server_from_url)('$url is $server', ({ url, server }) => {
    expect(serverFromUrl(url)).toEqual(server);
  });

  it.each(vectors.token_server_override)(
    'takes the token server $override for $result',
    async ({ override, result }) => {
      const account = accountAt({ tokenServerUrlOverride: override });
      expect(await account.getTokenServerEndpointUrl()).toBe(result);
    },
  );

  it('takes the token server that the accounts server announces', async () => {
    expect(await accountAt({}).getTokenServerEndpointUrl()).toBe('https://token.example.com/');
  });

  it('refuses a token server that is no URL', async () => {
    await expect(accountAt({ tokenServerUrlOverride: 'nowhere' }).getTokenServerEndpointUrl()).rejects.toMatchObject({
      kind: 'Other',
    });
  });

  it.each(vectors.config_paths.cases)('finds $path below its server', async ({ base, path, url }) => {
    // A path of the API is found below the root with or without a slash at its end.
    const root = vectors.config_paths.remote[base as 'auth_url'].replace(/\/$/, '');
    expect(`${root}/${path}`).toBe(url);
  });

  it.each(vectors.sanitised_url)('shows $output of $input', ({ input, output }) => {
    expect(safeUrl(input)).toBe(output);
  });

  it('matches its server, with or without a slash at the end', () => {
    const account = accountAt({ server: { Custom: 'https://accounts.firefox.com/' } });
    expect([account.matchesServer('Release'), account.matchesServer('Stage')]).toEqual([true, false]);
  });
});

it.each(vectors.session_token_auth)('a session is named by the id that is derived from it', async (vector) => {
  const { tokenId, reqHMACkey } = await deriveToken('sessionToken', hexToBytes(vector.session_token));
  expect(tokenId).toBe(vector.token_id);
  expect(reqHMACkey).toEqual(hexToBytes(vector.hawk_key));
  const sent: (string | null)[] = [];
  const world = new World();
  const account = await world.signedIn(SYNC_SCOPES);
  await account.setUserData({ sessionToken: vector.session_token, uid: '', email: '', verified: true });
  world.server.fault = ({ headers }) => {
    sent.push(headers.get('Authorization'));
    return 'offline';
  };
  await account.getAttachedClients().catch(() => undefined);
  expect(sent).toEqual([vector.authorization_header]);
});

it.each(vectors.jwk_serialisation)('a JWK is written in the order of its members', ({ jwk, json }) => {
  expect(utf8(JSON.stringify(jwk))).toEqual(utf8(json));
});
