import { readFileSync } from 'node:fs';
import { FirefoxAccount } from '@foxden/fxa-client';
import { deriveScopedKey, hexToBytes, oauthEndpoints, SCOPE_OLDSYNC, sealKeysJwe } from '@foxden/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { keysOf } from '../../server/test/support/passwords.js';
import { signUp } from '../../server/test/support/person.js';
import { startTestServer, type TestServer } from '../../server/test/support/test-server.js';
import { letDeviceIn, signInByPairing } from './example.js';
import { MemoryRelay } from './support/memory-relay.js';

const FENIX = 'a2270f727f45f648';
const EMAIL = 'pair@example.com';
const pairingServer = 'wss://pairing.example.com';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

it('the README shows the example that is run here', () => {
  const blocks = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(blocks).toContain(read('example.ts'));
});

describe('the example', () => {
  let server: TestServer;
  let laptop: FirefoxAccount;
  beforeAll(async () => {
    server = await startTestServer();
    laptop = await signedIn();
  });
  afterEach(() => vi.unstubAllGlobals());
  afterAll(() => server.close());

  function account(): FirefoxAccount {
    const redirectUri = 'urn:ietf:wg:oauth:2.0:oob:oauth-redirect-webchannel';
    return new FirefoxAccount(
      { server: { Custom: server.url }, clientId: FENIX, redirectUri },
      { clock: server.clock },
    );
  }

  /** Signed in as the pages would do it, with a session and the key of Sync. */
  async function signedIn(): Promise<FirefoxAccount> {
    const { uid, sessionToken } = await signUp(server, EMAIL);
    const { kB } = await keysOf(server, EMAIL);
    const made = account();
    const query = new URL(await made.beginOAuthFlow([SCOPE_OLDSYNC], 'test')).searchParams;
    const token = ['sessionToken', sessionToken] as const;
    const body = { client_id: FENIX, scope: SCOPE_OLDSYNC };
    const { [SCOPE_OLDSYNC]: data } = await server.ok(oauthEndpoints.scopedKeyData, { token, body });
    if (data === undefined) throw new Error('Sync has no key');
    const bundle = { [SCOPE_OLDSYNC]: await deriveScopedKey(data, hexToBytes(kB), uid) };
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const { code, state } = await server.ok(oauthEndpoints.oauthAuthorization, {
      token,
      body: {
        ...body,
        state: query.get('state') ?? '',
        access_type: 'offline',
        code_challenge: query.get('code_challenge') ?? '',
        code_challenge_method: 'S256',
        keys_jwe: await sealKeysJwe(query.get('keys_jwk') ?? '', bundle, random),
      },
    });
    await made.handleWebChannelLogin(JSON.stringify({ sessionToken }));
    await made.completeOAuthFlow(code, state);
    return made;
  }

  /** Both devices, each with what its person says. */
  async function pair(phone: FirefoxAccount, says: { readonly laptop: boolean; readonly phone: boolean }) {
    vi.stubGlobal('WebSocket', new MemoryRelay().WebSocket);
    const asked: string[] = [];
    const confirm = (answer: boolean) => async (question: string) => {
      asked.push(question);
      return answer;
    };
    let shown: (url: string) => void = () => undefined;
    const scanned = new Promise<string>((resolve) => {
      shown = resolve;
    });
    const lettingIn = letDeviceIn({ account: laptop, pairingServer, confirm: confirm(says.laptop) }, server.url, shown);
    const joining = signInByPairing({ account: phone, pairingServer, confirm: confirm(says.phone) }, await scanned);
    const results = await Promise.allSettled([lettingIn, joining]);
    return { asked, results: results.map((result) => (result.status === 'rejected' ? result.reason.kind : 'done')) };
  }

  it('signs a second device in, with the key that the first one has', async () => {
    const phone = account();
    const { asked, results } = await pair(phone, { laptop: true, phone: true });
    expect(results).toEqual(['done', 'done']);
    expect(asked.toSorted()).toEqual(['Let in the device at 192.0.2.7?', 'Sign in as My laptop does?']);
    const [one, other] = await Promise.all([laptop, phone].map((device) => device.getAccessToken(SCOPE_OLDSYNC)));
    expect(other?.key).toEqual(one?.key);
    expect(other?.key?.scope).toBe(SCOPE_OLDSYNC);
    expect(other?.token).not.toBe(one?.token);
  });

  it.each([
    ['laptop', { laptop: false, phone: true }, ['done', 'declined']],
    ['phone', { laptop: true, phone: false }, ['done', 'cancelled']],
  ])('signs nobody in when the person at the %s says no', async (_, says, expected) => {
    const phone = account();
    const { results } = await pair(phone, says);
    expect(results).toEqual(expected);
    expect(phone.getAuthState()).toBe('Disconnected');
  });
});
