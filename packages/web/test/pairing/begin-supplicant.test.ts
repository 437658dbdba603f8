import { createKeysKeyPair } from '@foxden/protocol';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccountStore } from '../../src/account/stored-account.js';
import type { PageConfig } from '../../src/config.js';
import { beginFlow } from '../../src/flow/begin.js';
import type { OAuthErrorCode } from '../../src/oauth/error-codes.js';
import { beginPairing } from '../../src/pairing/index.js';
import { memoryStorage } from '../support/memory-storage.js';
import { type ScriptedChannel, scriptedChannel } from '../support/scripted-channel.js';
import { testNavigation } from '../support/test-navigation.js';
import { testServer } from '../support/test-server.js';
import { ISSUER, rosa, stranger, testConfig, trustedClient } from '../support/test-services.js';
import { testTimers } from '../support/test-timers.js';

const PHONE = '1b1a3e44c54fbb58';
const STATUS = 'fxaccounts:fxa_status';
const CODE = `channel_id=AAECAwQFBgcICQoLDA0ODw&channel_key=${'A'.repeat(43)}`;

/** A connection that is never made; the addresses that were asked for. */
const joined: string[] = [];
class WebSocketOfNobody {
  readonly bufferedAmount = 0;
  constructor(url: string) {
    joined.push(url);
  }
  addEventListener() {}
  send() {}
  close() {}
}
beforeEach(() => {
  joined.length = 0;
  vi.stubGlobal('WebSocket', WebSocketOfNobody);
});
afterEach(() => vi.unstubAllGlobals());

let keysJwk: string;
beforeAll(async () => {
  ({ keysJwk } = await createKeysKeyPair());
});

/** As `beginPairingFlow` makes it. */
const request = (more: Readonly<Record<string, string | undefined>> = {}) => {
  const all = {
    client_id: trustedClient.id,
    scope: 'https://identity.mozilla.com/apps/oldsync profile',
    state: 'the state',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
    access_type: 'offline',
    keys_jwk: keysJwk,
    redirect_uri: 'https://notes.example/second?keep=1',
    ...more,
  };
  return Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
};
const inBrowser = { context: 'oauth_webchannel_v1', client_id: PHONE, redirect_uri: undefined };

interface Given {
  readonly query?: readonly (readonly [string, string])[];
  readonly path?: string;
  readonly fragment?: string;
  readonly channel?: ScriptedChannel;
  readonly config?: Partial<PageConfig>;
}

async function begin({ query = request(), path = '/pair/supp', fragment = CODE, channel, config }: Given = {}) {
  const server = testServer({
    [`GET /oauth/client/${PHONE}`]: { id: PHONE, name: 'Firefox for iOS', trusted: true, redirect_uri: 'urn:x' },
    [`GET /oauth/client/${trustedClient.id}`]: trustedClient,
    [`GET /oauth/client/${stranger.id}`]: stranger,
  });
  const accounts = createAccountStore(memoryStorage(), new EventTarget());
  const parameters = new URLSearchParams(query.map(([name, value]) => [name, value]));
  const navigation = testNavigation(`${path}?${parameters}#${fragment}`);
  const basis = { client: server.client, accounts, issuer: ISSUER };
  const { after } = testTimers();
  const openChannel = async () => channel;
  const surroundings = { ...basis, config: testConfig(config), openChannel, navigation, after };
  const beginning = await beginFlow(basis, navigation.here(), undefined, (flow, place) =>
    beginPairing(surroundings, flow, place),
  );
  return { beginning, server, navigation };
}

const problem = (kind: string, more: object = {}) => ({ kind: 'problem', problem: { kind, ...more } });
const refused = (application: string, code: OAuthErrorCode = 'invalid_request') =>
  problem('refused-request', { code, application });

describe('a device that has scanned a code', () => {
  it('joins the channel of the code, which then is in no address any more', async () => {
    const { beginning, navigation } = await begin();
    expect(joined).toEqual(['wss://accounts.example.org/v1/ws/AAECAwQFBgcICQoLDA0ODw']);
    expect(navigation.takeFragment()).toBe('');
    expect(beginning).toMatchObject({
      kind: 'flow',
      flow: { oauth: undefined, pairing: { side: 'supplicant', application: 'Fox Notes', elsewhere: true } },
    });
  });

  it('can tell an application that is elsewhere that it gets no code', async () => {
    const { beginning } = await begin();
    const pairing = beginning.kind === 'flow' ? beginning.flow.pairing : undefined;
    expect(pairing?.side === 'supplicant' && pairing.refusalUrl).toBe(
      `https://notes.example/second?keep=1&${new URLSearchParams({ error: 'access_denied', state: 'the state', iss: ISSUER })}`,
    );
  });

  it('may be the browser around the page', async () => {
    const channel = scriptedChannel({ [STATUS]: { capabilities: {} } });
    const { beginning } = await begin({ query: request(inBrowser), channel });
    expect(channel.of(STATUS)).toEqual([{ service: undefined, context: 'oauth_webchannel_v1', isPairing: true }]);
    expect(beginning).toMatchObject({
      flow: { pairing: { application: 'Firefox for iOS', elsewhere: false, refusalUrl: undefined } },
    });
  });

  it.each(['/pair/supp', '/pair/supp/allow', '/pair/supp/wait_for_auth'])(
    'has to scan again where %s is loaded again: nothing is joined twice',
    async (path) => {
      for (const fragment of ['', 'channel_id=AAECAwQFBgcICQoLDA0ODw', `${CODE.slice(0, -1)}B`]) {
        expect((await begin({ path, fragment })).beginning).toEqual(problem('pairing-no-code'));
      }
      expect(joined).toEqual([]);
    },
  );

  it('can sign in to what the operator lets in, and to nothing else', async () => {
    const denied = await begin({ config: { pairingClients: [PHONE] } });
    expect(denied.beginning).toEqual(problem('pairing-not-allowed'));
    expect(joined).toEqual([]);
    const allowed = await begin({ config: { pairingClients: [trustedClient.id] } });
    expect(allowed.beginning.kind).toBe('flow');
  });

  it.each(['state', 'code_challenge', 'keys_jwk'])('is refused without %s', async (name) => {
    const query = request({
      [name]: undefined,
      ...(name === 'code_challenge' && { code_challenge_method: undefined }),
    });
    expect((await begin({ query })).beginning).toEqual(refused('Fox Notes'));
    expect(joined).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_request', { keys_jwk: 'no key' }],
    ['invalid_request', { access_type: 'sometimes' }],
    ['invalid_request', { state: 'x'.repeat(513) }],
    ['invalid_scope', { scope: '"' }],
    ['request_not_supported', { request: 'x' }],
  ])('is checked as any request: %s for %o', async (error, more) => {
    const { beginning } = await begin({ query: request(more) });
    expect(beginning).toMatchObject({ kind: 'answer', url: expect.stringContaining(`error=${error}`) });
    const channel = scriptedChannel({ [STATUS]: { capabilities: {} } });
    const inside = await begin({ query: request({ ...inBrowser, ...more }), channel });
    expect(inside.beginning).toEqual(refused('Firefox for iOS', error as OAuthErrorCode));
    expect(joined).toEqual([]);
  });

  it('is sent nowhere that is not registered', async () => {
    for (const redirect of ['https://evil.example/', 'https://notes.example/callback/', 'urn:x']) {
      const { beginning } = await begin({ query: request({ redirect_uri: redirect }) });
      expect(beginning).toEqual(problem('wrong-return-address'));
    }
    const twice = [...request(), ['redirect_uri', 'https://evil.example/']] as const;
    expect((await begin({ query: twice })).beginning).toEqual(problem('wrong-return-address'));
    expect((await begin({ query: request({ client_id: 'fox' }) })).beginning).toEqual(problem('unknown-application'));
  });

  it('is not signed in over somebody who is, nor by a page that no browser listens to', async () => {
    const signedInUser = { uid: rosa.uid, email: rosa.email, sessionToken: rosa.sessionToken };
    const taken = scriptedChannel({ [STATUS]: { signedInUser, capabilities: {} } });
    const query = request(inBrowser);
    expect((await begin({ query, channel: taken })).beginning).toEqual(problem('browser-taken', { email: rosa.email }));
    expect((await begin({ query })).beginning).toEqual(problem('no-browser'));
    expect((await begin({ query, channel: scriptedChannel() })).beginning).toEqual(problem('no-browser'));
  });

  it('is no other browser than the one around the page, and no stranger', async () => {
    const channel = () => scriptedChannel({ [STATUS]: { clientId: 'a2270f727f45f648', capabilities: {} } });
    expect((await begin({ query: request(inBrowser), channel: channel() })).beginning).toEqual(
      problem('unknown-application'),
    );
    const strange = request({ ...inBrowser, client_id: stranger.id });
    const open = scriptedChannel({ [STATUS]: { capabilities: {} } });
    expect((await begin({ query: strange, channel: open })).beginning).toEqual(problem('unknown-application'));
    expect(joined).toEqual([]);
  });
});
