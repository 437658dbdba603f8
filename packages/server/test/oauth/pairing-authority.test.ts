import {
  createCodeChallenge,
  createKeysKeyPair,
  deriveScopedKey,
  oauthEndpoints,
  openKeysJwe,
  SCOPE_OLDSYNC,
  SCOPE_SESSION_TOKEN,
  sealKeysJwe,
} from '@foxden/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, signUpVersion2 } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const EMAIL = 'person@example.com';
const SCOPE = `profile ${SCOPE_OLDSYNC} ${SCOPE_SESSION_TOKEN}`;
const VERIFIER = 'v'.repeat(43);
const kB = new Uint8Array(32).fill(0xb5);

let server: TestServer;
let account: { readonly uid: string; readonly sessionToken: string };
beforeAll(async () => {
  server = await startTestServer({ confirmSignIn: 'always' });
  account = await signUpVersion2(server, EMAIL, kB);
});
afterAll(() => server.close());

/** What a desktop Firefox asks in the name of the phone, which names no redirect_uri (oauth-devices §6.4, step 6). */
async function authorize(clientId: string, keysJwk: string) {
  const token = ['sessionToken', account.sessionToken] as const;
  const data = await server.ok(oauthEndpoints.scopedKeyData, { token, body: { client_id: clientId, scope: SCOPE } });
  const keys = await Promise.all(Object.values(data).map((entry) => deriveScopedKey(entry, kB, account.uid)));
  const bundle = Object.fromEntries(keys.map((key) => [key.scope, key]));
  const keys_jwe = await sealKeysJwe(keysJwk, bundle, (length) => crypto.getRandomValues(new Uint8Array(length)));
  const answer = await server.ok(oauthEndpoints.oauthAuthorization, {
    token,
    body: {
      client_id: clientId,
      response_type: 'code',
      state: 'state of the phone',
      scope: SCOPE,
      access_type: 'offline',
      code_challenge: await createCodeChallenge(VERIFIER),
      code_challenge_method: 'S256',
      keys_jwe,
    },
  });
  return { ...answer, bundle };
}

describe('a desktop that pairs', () => {
  test('gets a code with keys for every client that may pair, which the client redeems without a session', async () => {
    const clients = server.server.context.config.pairingClients ?? [];
    expect(clients).toHaveLength(3);
    for (const clientId of clients) {
      const { privateKey, keysJwk } = await createKeysKeyPair();
      const { code, state, bundle } = await authorize(clientId, keysJwk);
      expect(code).toMatch(/^[0-9a-f]{64}$/);
      expect(state).toBe('state of the phone');
      const tokens = await server.ok(oauthEndpoints.oauthToken, {
        body: { grant_type: 'authorization_code', client_id: clientId, code, code_verifier: VERIFIER },
      });
      expect(tokens).toMatchObject({ refresh_token: expect.any(String), session_token: expect.any(String) });
      expect(tokens.scope.split(' ').sort()).toEqual(SCOPE.split(' ').sort());
      expect(Object.keys(bundle)).toEqual([SCOPE_OLDSYNC]);
      expect(await openKeysJwe(privateKey, tokens.keys_jwe ?? '')).toEqual(bundle);
    }
  });

  test('gets neither key data nor a code while its own sign-in is not confirmed', async () => {
    const { sessionToken } = await signIn(server, EMAIL);
    const token = ['sessionToken', sessionToken] as const;
    const [client_id = ''] = server.server.context.config.pairingClients ?? [];
    const body = { client_id, scope: SCOPE };
    expect(await server.fails(oauthEndpoints.scopedKeyData, { token, body })).toMatchObject({ errno: 138 });
    const asked = {
      ...body,
      state: 's',
      code_challenge: await createCodeChallenge(VERIFIER),
      code_challenge_method: 'S256',
    } as const;
    expect(await server.fails(oauthEndpoints.oauthAuthorization, { token, body: asked })).toMatchObject({ errno: 138 });
  });
});
