import { createRequire } from 'node:module';
import { deriveScopedKey, oauthEndpoints, SCOPE_OLDSYNC, type ScopedKey, sealKeysJwe } from '@foxden/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addClient } from '../../src/oauth/index.js';
import { signUpVersion2 } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { repeatingRandom } from './fixture.js';

/** The parts of the foreign `fxa-crypto-relier` package that are used here; it ships no types. */
interface Relier {
  readonly OAuthUtils: new (options: {
    contentServer: string;
  }) => {
    launchWebExtensionKeyFlow(
      clientId: string,
      options: {
        redirectUri: string;
        scopes: string[];
        browserApi: { identity: { launchWebAuthFlow(request: { url: string }): Promise<string> } };
      },
    ): Promise<{ access_token: string; refresh_token: string; scope: string; keys: Record<string, ScopedKey> }>;
  };
}
interface Deriver {
  readonly ScopedKeys: new () => {
    deriveScopedKey(options: {
      inputKey: string;
      keyRotationSecret: string;
      keyRotationTimestamp: number;
      identifier: string;
      uid: string;
    }): Promise<ScopedKey>;
  };
}
const require = createRequire(import.meta.url);
const relier: Relier = require('fxa-crypto-relier/src/relier/index.js');
const deriver: Deriver = require('fxa-crypto-relier/src/deriver/index.js');

const OWN_SCOPE = 'https://notes.example.com/apps/notes';
const EXTENSION = 'https://0123456789abcdef.extensions.example.com/';
const kB = new Uint8Array(32).fill(0xb5);

let server: TestServer;
let account: { uid: string; sessionToken: string };
beforeAll(async () => {
  server = await startTestServer();
  account = await signUpVersion2(server, 'person@example.com', kB);
});
afterAll(() => server.close());

/** What the page does between the application's request and the redirect back: derive, seal, authorize. */
async function page(url: string): Promise<string> {
  const { keys_jwk: keysJwk = '', ...query } = Object.fromEntries(new URL(url).searchParams);
  const token = ['sessionToken', account.sessionToken] as const;
  const { client_id = '', scope = '' } = query;
  const data = await server.ok(oauthEndpoints.scopedKeyData, { token, body: { client_id, scope } });
  const keys = await Promise.all(Object.values(data).map((entry) => deriveScopedKey(entry, kB, account.uid)));
  const bundle = Object.fromEntries(keys.map((key) => [key.scope, key]));
  const keys_jwe = await sealKeysJwe(keysJwk, bundle, (length) => repeatingRandom().bytes(length));
  const { action: _, ...body } = query;
  const answer = await server.ok(oauthEndpoints.oauthAuthorization, { token, body: { ...body, keys_jwe } as never });
  return answer.redirect;
}

test('a web extension gets tokens and keys; the keys are those that the foreign deriver makes of kB', async () => {
  const { client } = await addClient(server.server.context, {
    name: 'Notes',
    redirectUris: [EXTENSION],
    publicClient: true,
    trusted: true,
    allowedScopes: [OWN_SCOPE, SCOPE_OLDSYNC],
    scopesWithKeys: [OWN_SCOPE],
  });
  const visited: string[] = [];
  const launchWebAuthFlow = async ({ url }: { url: string }) => {
    visited.push(url);
    return page(url);
  };
  const result = await new relier.OAuthUtils({ contentServer: server.url }).launchWebExtensionKeyFlow(client.id, {
    redirectUri: EXTENSION,
    scopes: ['profile', OWN_SCOPE, SCOPE_OLDSYNC],
    browserApi: { identity: { launchWebAuthFlow } },
  });

  expect(visited[0]?.startsWith(`${server.url}/authorization?`)).toBe(true);
  expect(Object.keys(result.keys)).toEqual([OWN_SCOPE, SCOPE_OLDSYNC]);
  const data = await server.ok(oauthEndpoints.scopedKeyData, {
    token: ['sessionToken', account.sessionToken],
    body: { client_id: client.id, scope: result.scope },
  });
  for (const [scope, entry] of Object.entries(data)) {
    const expected = await new deriver.ScopedKeys().deriveScopedKey({
      ...entry,
      inputKey: Buffer.from(kB).toString('hex'),
      uid: account.uid,
    });
    expect(result.keys[scope]).toEqual(expected);
  }

  const profile = await server.call(oauthEndpoints.profile, {
    headers: { authorization: `Bearer ${result.access_token}` },
  });
  expect(profile.body).toMatchObject({ email: 'person@example.com', uid: account.uid });
  const refreshed = await server.ok(oauthEndpoints.token, {
    body: { grant_type: 'refresh_token', client_id: client.id, refresh_token: result.refresh_token },
  });
  expect(refreshed.scope).toBe(result.scope);
});
