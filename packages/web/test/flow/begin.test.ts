import { createKeysKeyPair } from '@foxden/protocol';
import { describe, expect, it } from 'vitest';
import type { StoredAccount } from '../../src/account/stored-account.js';
import { beginFlow } from '../../src/flow/begin.js';
import { testNavigation } from '../support/test-navigation.js';
import { type Answer, offline, refusal, type TestServer, testServer } from '../support/test-server.js';
import { ISSUER, rosa, stranger, testServices, trustedClient } from '../support/test-services.js';

const good: Readonly<Record<string, string>> = {
  response_type: 'code',
  client_id: trustedClient.id,
  scope: 'openid profile:email',
  state: 'the state',
  redirect_uri: 'https://notes.example/callback',
};

function server() {
  return testServer({
    [`GET /oauth/client/${trustedClient.id}`]: trustedClient,
    [`GET /oauth/client/${stranger.id}`]: stranger,
    'GET /oauth/client/ffffffffffffffff': refusal(162),
  });
}

function surroundings(from: TestServer, account?: StoredAccount) {
  const { client, accounts } = testServices({ server: from, account });
  return { client, accounts, issuer: ISSUER };
}

function begin(
  parameters: Readonly<Record<string, string | undefined>>,
  path = '/authorization',
  from = server(),
  account?: StoredAccount,
) {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return beginFlow(surroundings(from, account), testNavigation(`${path}?${new URLSearchParams(given)}`).here());
}

describe('a flow without an application', () => {
  it('asks the server nothing', async () => {
    const silent = server();
    expect(await begin({ service: 'sync' }, '/signin', silent)).toMatchObject({
      kind: 'flow',
      flow: { service: 'sync', oauth: undefined },
    });
    expect(silent.sent).toEqual([]);
  });
});

describe('an application’s request', () => {
  it.each(['/authorization', '/oauth', '/oauth/signin', '/oauth/signup', '/signin', '/confirm_signup_code'])(
    'is read at %s',
    async (path) => {
      const beginning = await begin(good, path);
      expect(beginning).toMatchObject({
        kind: 'flow',
        flow: {
          service: trustedClient.id,
          oauth: {
            client: trustedClient,
            request: { scope: ['openid', 'profile:email'], accessType: 'online' },
            returnAddress: { redirectUri: 'https://notes.example/callback', state: 'the state', issuer: ISSUER },
          },
        },
      });
    },
  );

  it('means the first registered address when it names none', async () => {
    const beginning = await begin({ ...good, redirect_uri: undefined });
    expect(beginning).toMatchObject({
      flow: { oauth: { returnAddress: { redirectUri: 'https://notes.example/callback' } } },
    });
  });

  it('takes an ID in upper case for the same', async () => {
    expect(await begin({ ...good, client_id: trustedClient.id.toUpperCase() })).toMatchObject({ kind: 'flow' });
  });
});

describe('a request that nobody may be sent back from', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ['no client', { client_id: undefined }, 'unknown-application'],
    ['a client that is no ID', { client_id: '../../profile' }, 'unknown-application'],
    ['an unknown client', { client_id: 'ffffffffffffffff' }, 'unknown-application'],
    ['an unregistered address', { redirect_uri: 'https://evil.example/callback' }, 'wrong-return-address'],
    ['part of a registered address', { redirect_uri: 'https://notes.example/' }, 'wrong-return-address'],
    ['two addresses in one', { redirect_uri: trustedClient.redirect_uri ?? '' }, 'wrong-return-address'],
    ['an empty address', { redirect_uri: '' }, 'wrong-return-address'],
  ])('stays on the page: %s', async (_, change, kind) => {
    expect(await begin({ ...good, ...change })).toEqual({ kind: 'problem', problem: { kind } });
  });

  it('stays on the page when the address comes twice', async () => {
    const twice = `/authorization?${new URLSearchParams(good)}&redirect_uri=https%3A%2F%2Fevil.example%2F`;
    const beginning = await beginFlow(surroundings(server()), testNavigation(twice).here());
    expect(beginning).toEqual({ kind: 'problem', problem: { kind: 'wrong-return-address' } });
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'urn:ietf:wg:oauth:2.0:oob', 'not a url'])(
    'stays on the page though %s is registered',
    async (redirectUri) => {
      const odd = testServer({ [`GET /oauth/client/${stranger.id}`]: { ...stranger, redirect_uri: redirectUri } });
      const beginning = await begin(
        { ...good, client_id: stranger.id, redirect_uri: redirectUri },
        '/authorization',
        odd,
      );
      expect(beginning).toEqual({ kind: 'problem', problem: { kind: 'wrong-return-address' } });
    },
  );

  it.each<[string, () => Response, string]>([
    ['is not reached', offline, 'unreachable'],
    ['breaks down', () => refusal(999, 500), 'server'],
    ['is a proxy without a server', () => new Response('Bad Gateway', { status: 502 }), 'server'],
  ])('says so when the server %s', async (_, answer, kind) => {
    const broken = testServer({ [`GET /oauth/client/${trustedClient.id}`]: answer });
    expect(await begin(good, '/authorization', broken)).toEqual({ kind: 'problem', problem: { kind } });
  });
});

describe('a request that is answered with an error', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no scope', { scope: undefined }, 'invalid_request'],
    ['a blank scope', { scope: '  ' }, 'invalid_request'],
    ['a scope of no grammar', { scope: 'profile:email <b>' }, 'invalid_scope'],
    ['a state beyond the limit', { state: 's'.repeat(513) }, 'invalid_request'],
    ['an access type of its own', { access_type: 'forever' }, 'invalid_request'],
    ['a challenge without its method', { code_challenge: 'a'.repeat(43) }, 'invalid_request'],
    ['a method without its challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
    ['a plain challenge', { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
    ['no response type, though it wants an ID token', { response_type: undefined }, 'invalid_request'],
    ['neither a scope nor a service', { scope: undefined, service: 'x' }, 'invalid_request'],
    ['an age that is none', { max_age: '-1' }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'dance' }, 'invalid_request'],
    ['none beside another prompt', { prompt: 'none login' }, 'invalid_request'],
    ['a request object', { request: 'a.b.c' }, 'request_not_supported'],
    ['a request object elsewhere', { request_uri: 'https://a.example/' }, 'request_uri_not_supported'],
    ['keys for a key that is none', { keys_jwk: 'bm90aGluZw' }, 'invalid_request'],
  ])('goes back at once: %s', async (_, change, error) => {
    const beginning = await begin({ ...good, ...change });
    const state = change['state'] ?? good['state'] ?? '';
    const url = `https://notes.example/callback?${new URLSearchParams({ error, state, iss: ISSUER })}`;
    expect(beginning).toEqual({ kind: 'answer', url });
  });

  it('goes back when a parameter comes twice', async () => {
    const twice = `/authorization?${new URLSearchParams(good)}&scope=profile`;
    expect(await beginFlow(surroundings(server()), testNavigation(twice).here())).toMatchObject({ kind: 'answer' });
  });

  it('goes back when a person is demanded but not named', async () => {
    const beginning = await begin(good, '/oauth/force_auth');
    expect(beginning).toMatchObject({ kind: 'answer', url: expect.stringContaining('error=invalid_request') });
  });

  it('keeps the query that a registered address has', async () => {
    const redirect_uri = 'https://notes.example/second?keep=1';
    const beginning = await begin({ ...good, redirect_uri, response_type: 'token', state: undefined });
    expect(beginning).toEqual({
      kind: 'answer',
      url: `${redirect_uri}&error=unsupported_response_type&${new URLSearchParams({ iss: ISSUER })}`,
    });
  });

  it('stays on the page when the application wants it so', async () => {
    const beginning = await begin({ ...good, response_type: 'token', return_on_error: 'false' });
    const problem = { kind: 'refused-request', code: 'unsupported_response_type', application: 'Fox Notes' };
    expect(beginning).toEqual({ kind: 'problem', problem });
  });
});

describe('what an application gets', () => {
  const redirect_uri = 'https://census.example/callback';

  it('is what it asked for, split at spaces and plus signs, when the operator trusts it', async () => {
    const beginning = await begin({ ...good, scope: 'profile+https://identity.mozilla.com/apps/notes' });
    expect(beginning).toMatchObject({
      flow: { oauth: { request: { scope: ['profile', 'https://identity.mozilla.com/apps/notes'] } } },
    });
  });

  it('is the basics when it is a stranger, whatever it asked for', async () => {
    const scope = 'openid profile email profile:uid profile:email profile:display_name profile:avatar clients:write';
    const beginning = await begin({ ...good, client_id: stranger.id, redirect_uri, scope });
    expect(beginning).toMatchObject({
      flow: {
        oauth: { request: { scope: ['openid', 'email', 'profile:uid', 'profile:email', 'profile:display_name'] } },
      },
    });
  });

  it('is an error when a stranger asked for nothing that it may have', async () => {
    const beginning = await begin({ ...good, client_id: stranger.id, redirect_uri, scope: 'profile:avatar' });
    expect(beginning).toMatchObject({ kind: 'answer', url: expect.stringContaining('error=invalid_scope') });
  });

  it.each([
    ['vpn', `VPN (${trustedClient.name})`],
    ['unheard-of', trustedClient.name],
    ['constructor', trustedClient.name],
  ])('shows people the service %s that it names as %s', async (service, name) => {
    expect(await begin({ ...good, service })).toMatchObject({ flow: { oauth: { client: { name } } } });
  });

  it('is what its service stands for when it names no scope, with Sync where keys are wanted', async () => {
    const { keysJwk } = await createKeysKeyPair();
    const named = { ...good, scope: undefined, service: 'vpn', response_type: undefined };
    const vpn = 'https://identity.mozilla.com/apps/vpn';
    expect(await begin(named)).toMatchObject({ flow: { oauth: { request: { scope: [vpn], service: 'vpn' } } } });
    expect(await begin({ ...named, keys_jwk: keysJwk })).toMatchObject({
      flow: { oauth: { request: { scope: [vpn, 'https://identity.mozilla.com/apps/oldsync'] } } },
    });
  });

  it('includes keys when it brings a key to seal them to', async () => {
    const { keysJwk } = await createKeysKeyPair();
    const beginning = await begin({ ...good, keys_jwk: keysJwk });
    expect(beginning).toMatchObject({ flow: { oauth: { request: { keysJwk } } } });
  });

  describe('with a key, by somebody who is signed in', () => {
    const ask = 'POST /account/scoped-key-data';
    const scope = 'https://identity.mozilla.com/apps/notes';
    const data = { identifier: scope, keyRotationSecret: '00'.repeat(32), keyRotationTimestamp: 1510726317123 };

    async function wanted(answer: Answer) {
      const { keysJwk } = await createKeysKeyPair();
      const from = server();
      from.on(ask, answer);
      const beginning = await begin({ ...good, keys_jwk: keysJwk }, '/authorization', from, rosa);
      if (beginning.kind !== 'flow') throw new Error('no flow');
      return { keys: beginning.flow.oauth?.request.keysJwk === keysJwk, asked: from.sent.at(-1) };
    }

    it('is for none where no scope bears one', async () => {
      const { keys, asked } = await wanted({});
      expect(keys).toBe(false);
      expect(asked).toMatchObject({ call: ask, body: { client_id: trustedClient.id, scope: 'openid profile:email' } });
    });

    it.each([
      ['a scope bears one', { [scope]: data }],
      ['the session must be confirmed first', refusal(138)],
      ['the password was proved too long ago', refusal(170)],
      ['the session has ended', refusal(110, 401)],
      ['the server cannot be asked', offline],
    ])('is for keys where %s', async (_, answer: Answer) => {
      expect((await wanted(answer)).keys).toBe(true);
    });
  });

  it('asks about keys only where it brings a key', async () => {
    const from = server();
    await begin(good, '/authorization', from, rosa);
    expect(from.calls()).toEqual([`GET /oauth/client/${trustedClient.id}`]);
  });
});
