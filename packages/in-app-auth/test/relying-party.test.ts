import { createAuthClient } from '@foxden/auth-client';
import { describe, expect, it } from 'vitest';
import { AuthenticationInApp, FlowFailure, PLATFORMS, publicClient, vpnServer } from '../src/index.js';
import { friend } from './support/rehearsal.js';

const signal = new AbortController().signal;
const codeChallenge = 'c'.repeat(43);
const answering = (...responses: readonly Response[]): typeof fetch => {
  const left = [...responses];
  return async () => {
    const next = left.shift();
    if (next === undefined) throw new TypeError('fetch failed');
    return next;
  };
};
const client = createAuthClient({ baseUrl: 'https://accounts.example.com', fetch: answering() });

const app = publicClient({
  client,
  authorizationUrl: 'https://accounts.example.com/authorization',
  clientId: 'a0a1a2a3a4a5a6a7',
  redirectUri: 'https://app.example.com/',
  scope: 'profile',
});

describe('a public client', () => {
  it('asks with a state that nobody can guess, another one each time, and the challenge unpadded', async () => {
    const one = await app.begin({ codeChallenge, signal });
    const two = await app.begin({ codeChallenge, signal });
    expect(one).toMatchObject({ codeChallenge, accessType: 'online', redirectUri: 'https://app.example.com/' });
    expect(one.state).toMatch(/^[\w-]{22}$/);
    expect(one.state).not.toBe(two.state);
  });

  it.each([
    ['https://app.example.com/?code=c&state=another', /another state/],
    ['https://app.example.com/?code=c', /another state/],
    ['https://app.example.com/?state=STATE', /no code/],
    ['not a URL', /no code/],
  ])('refuses the redirect %s', async (redirect, why) => {
    const params = await app.begin({ codeChallenge, signal });
    const url = redirect.replace('STATE', params.state);
    await expect(app.finish({ redirect: url, code: 'c', state: params.state }, params, signal)).rejects.toThrow(why);
    expect(() => app.readReturn(url, params)).toThrow(FlowFailure);
  });

  it('sends a browser on with the same challenge, state and address', async () => {
    const params = await app.begin({ codeChallenge, signal });
    const url = new URL(app.browserUrl({ codeChallenge, email: 'rosa@example.com', signal }, params));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'a0a1a2a3a4a5a6a7',
      state: params.state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      response_type: 'code',
      email: 'rosa@example.com',
    });
  });
});

describe('a server with a secret', () => {
  const vpn = (...responses: readonly Response[]) =>
    vpnServer({
      baseUrl: 'https://vpn.example.com/api/',
      platform: 'dummy',
      userAgent: 'Example/1.0',
      fetch: answering(...responses),
    });
  const failureOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'none',
      (error: unknown) => (error instanceof FlowFailure ? error.failure : Reflect.get(Object(error), 'kind')),
    );
  const authorization = { redirect: 'https://vpn.example.com/oauth/success', code: 'c', state: 's' };
  const params = { clientId: 'a', state: 's', scope: 'profile', accessType: 'online' } as const;

  it.each([
    ['a refusal', Response.json({ detail: 'no' }, { status: 500 }), 'AuthenticationError'],
    ['an answer without a code', Response.json({}), 'AuthenticationError'],
    ['an answer that is no JSON', new Response('fine'), 'AuthenticationError'],
    ['401 without JSON', new Response('', { status: 401 }), 'AuthenticationError'],
    ['503', new Response('', { status: 503 }), 'ConnectionFailureError'],
    ['another status without JSON', new Response('', { status: 500 }), 'IgnoredError'],
  ])('fails a sign-in on %s', async (_, response, failure) => {
    expect(await failureOf(vpn(response).finish(authorization, params, signal))).toBe(failure);
  });

  it.each([[{ user: 'rosa', token: 't' }], [{ user: {}, token: 7 }], [{ token: 't' }]])(
    'calls %j no session',
    async (answer) => {
      expect(await failureOf(vpn(Response.json(answer)).exchange('c', 'v', signal))).toBe('RemoteServiceError');
    },
  );

  it('tells no connection from no answer in time', async () => {
    const never: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const options = { baseUrl: 'https://vpn.example.com', platform: 'dummy', userAgent: 'x' } as const;
    const late = vpnServer({ ...options, fetch: never, timeout: 1 });
    expect(await failureOf(late.exchange('c', 'v', signal))).toBe('timeout');
    const offline = vpnServer({ ...options, fetch: () => Promise.reject(new TypeError('fetch failed')) });
    expect(await failureOf(offline.exchange('c', 'v', signal))).toBe('network');
  });

  it('takes the code from where the browser came back to', () => {
    expect(vpn().readReturn('example-vpn://login/success?code=abc', params)).toBe('abc');
    expect(() => vpn().readReturn('example-vpn://login/success', params)).toThrow(FlowFailure);
  });
});

describe('the ways of the platforms', () => {
  const open = (options: object) => new AuthenticationInApp<string>({ client, relyingParty: friend, ...options });

  it('are those of the original', () => {
    expect(PLATFORMS).toEqual({
      android: { inApp: true, accountCreation: true },
      ios: { inApp: true, accountCreation: true },
      windows: { inApp: true, accountCreation: false },
      macos: { inApp: true, accountCreation: false },
      linux: { inApp: false, accountCreation: false },
    });
  });

  it('on Linux leave everything to a browser, and finish with what it brings back', async () => {
    const machine = open({ ...PLATFORMS.linux, openBrowser: async (url: string) => `${url}?code=c` });
    expect(await machine.start()).toEqual({ type: 'completed', result: 'result' });
  });

  it('on Windows and macOS make new accounts in a browser, and sign in the others', async () => {
    const fetch: typeof globalThis.fetch = async () => Response.json({ exists: false });
    const here = createAuthClient({ baseUrl: 'https://accounts.example.com', fetch });
    for (const platform of [PLATFORMS.windows, PLATFORMS.macos]) {
      const opened: string[] = [];
      const openBrowser = async (url: string) => {
        opened.push(url);
        return `${url}?code=c`;
      };
      const machine = open({ ...platform, client: here, openBrowser });
      expect(await machine.start({ email: 'new@example.com' })).toEqual({ type: 'completed', result: 'result' });
      expect(opened).toEqual(['https://accounts.example.com/authorization']);
    }
  });

  it('without a way to open a browser leave that to the application', async () => {
    const result = await open(PLATFORMS.linux).start();
    expect(result).toEqual({ type: 'leftToBrowser', url: 'https://accounts.example.com/authorization' });
  });

  it('end when the browser is closed', async () => {
    const machine = open({ ...PLATFORMS.linux, openBrowser: () => Promise.reject(new Error('closed')) });
    expect(await machine.start()).toMatchObject({ type: 'failed', failure: 'IgnoredError' });
  });

  it('can be cancelled while the browser is open, also when that one takes no notice', async () => {
    const machine = open({ ...PLATFORMS.linux, openBrowser: () => new Promise(() => undefined) });
    const opened = new Promise<string>((resolve) => {
      machine.subscribe((event) => event.type === 'fallbackRequired' && resolve(event.url));
    });
    const result = machine.start();
    expect(await opened).toBe('https://accounts.example.com/authorization');
    machine.cancel();
    expect(await result).toEqual({ type: 'aborted' });
  });

  it('say that there is no network at all, where the device knows', async () => {
    const begin = () => app.exchange('c', 'v', signal).then(() => Promise.reject(new Error('unreachable')));
    for (const [isOnline, failure] of [
      [false, 'NoConnectionError'],
      [true, 'ConnectionFailureError'],
    ] as const) {
      const machine = open({ relyingParty: { ...friend, begin }, isOnline: () => isOnline });
      expect(await machine.start()).toMatchObject({ type: 'failed', failure });
    }
  });
});
