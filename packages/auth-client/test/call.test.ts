import {
  accountCredentialsStatus,
  getRandomBytes,
  mfaTotpCreate,
  oauthEndpoints,
  sessionDestroy,
  sessionStatus,
} from '@foxden/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuthClientError, createAuthClient, isAuthError } from '../src/index.js';
import { type Answer, failure, json, scripted } from './scripted-fetch.js';

const baseUrl = 'https://accounts.example.org';
const sessionToken = 'a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf';

const clientFor = (...script: Answer[]) => {
  const server = scripted(...script);
  return { server, client: createAuthClient({ baseUrl, fetch: server.fetch, clock: { now: () => 1_000_000 } }) };
};

const failureOf = async (call: Promise<unknown>): Promise<AuthClientError> => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AuthClientError)) throw new Error('the call did not fail as it should', { cause: error });
  return error;
};

afterEach(() => {
  vi.useRealTimers();
});

describe('what a call sends', () => {
  it('puts the path below /v1 of a base URL with a path, with or without a slash at its end', async () => {
    for (const base of ['https://example.org/accounts', 'https://example.org/accounts/']) {
      const server = scripted(json({ data: '00' }));
      await createAuthClient({ baseUrl: base, fetch: server.fetch }).call(getRandomBytes);
      expect(server.sent[0]?.url.href).toBe('https://example.org/accounts/v1/get_random_bytes');
    }
  });

  it('writes parameters into the path, escaped', async () => {
    const { client, server } = clientFor(json({}));
    await client.call(oauthEndpoints.client, { params: { client_id: 'a/b' } });
    expect(server.sent[0]?.url.pathname).toBe('/v1/client/a%2Fb');
  });

  it('writes the query, without members that are undefined', async () => {
    const { client, server } = clientFor(json({}), json({}));
    await client.call(sessionDestroy, { token: { sessionToken }, query: { service: 'sync' } });
    await client.call(sessionDestroy, { token: { sessionToken }, query: { service: undefined } });
    expect(server.sent.map(({ url }) => url.search)).toEqual(['?service=sync', '']);
  });

  it('sends an empty object where a POST has nothing to say, and no body with a GET', async () => {
    const { client, server } = clientFor(json({}), json({}));
    await client.call(getRandomBytes);
    await client.call(sessionStatus, { token: { sessionToken } });
    expect(server.sent[0]?.headers.get('Content-Type')).toBe('application/json');
    expect(server.sent[0]?.body).toEqual({});
    expect(server.sent[1]?.headers.has('Content-Type')).toBe(false);
  });

  it('shows the derived id of a session token, never the token', async () => {
    const { client, server } = clientFor(json({}));
    await client.call(sessionStatus, { token: { sessionToken } });
    expect(server.sent[0]?.headers.get('Authorization')).toBe(
      'Bearer fxs_c0a29dcf46174973da1378696e4c82ae10f723cf4f4d9f75e39f4ae3851595ab',
    );
  });

  it('shows an OAuth access token as it is', async () => {
    const { client, server } = clientFor(json({}));
    await client.call(oauthEndpoints.profile, { token: { accessToken: 'abc.def.ghi' } });
    expect(server.sent[0]?.headers.get('Authorization')).toBe('Bearer abc.def.ghi');
  });

  it('shows a step-up token as it is', async () => {
    const { client, server } = clientFor(json({ qrCodeUrl: 'data:image/png;base64,', secret: 'AAAA' }));
    await client.call(mfaTotpCreate, { token: { 'mfa:2fa': 'abc.def.ghi' } });
    expect(server.sent[0]?.headers.get('Authorization')).toBe('Bearer abc.def.ghi');
  });

  it('refuses at compile time a body without its required members and a token of another kind', () => {
    const { client } = clientFor();
    const wrong = async () => {
      // @ts-expect-error email is required
      await client.call(accountCredentialsStatus, { body: {} });
      // @ts-expect-error the request is required
      await client.call(accountCredentialsStatus);
      // @ts-expect-error this route takes a session token
      await client.call(sessionStatus, { token: { keyFetchToken: sessionToken } });
    };
    expect(wrong).toBeTypeOf('function');
  });
});

describe('what a call makes of an answer', () => {
  it('gives errno, name, status and extra members of a refusal', async () => {
    const { client } = clientFor(failure(400, 120, { email: 'A@example.org' }));
    const error = await failureOf(client.call(getRandomBytes));
    expect(error).toMatchObject({ kind: 'api', errno: 120, status: 400, errorName: 'INCORRECT_EMAIL_CASE' });
    expect(error.body['email']).toBe('A@example.org');
    expect(isAuthError(error, 'INCORRECT_PASSWORD', 'INCORRECT_EMAIL_CASE')).toBe(true);
    expect(isAuthError(error, 'INCORRECT_PASSWORD')).toBe(false);
  });

  it('reads the same number by the numbering of the endpoint’s family', async () => {
    const { client } = clientFor(failure(400, 102), failure(400, 102));
    expect((await failureOf(client.call(getRandomBytes))).errorName).toBe('UNKNOWN_ACCOUNT');
    const call = client.call(oauthEndpoints.client, { params: { client_id: '00' } });
    expect((await failureOf(call)).errorName).toBe('INCORRECT_CLIENT_SECRET');
  });

  it('lets the status tell errors apart that share errno 999', async () => {
    const { client } = clientFor(failure(404, 999), failure(500, 999), failure(418, 999));
    expect((await failureOf(client.call(getRandomBytes))).errorName).toBe('NOT_FOUND');
    expect((await failureOf(client.call(getRandomBytes))).errorName).toBe('UNEXPECTED');
    expect((await failureOf(client.call(getRandomBytes))).errorName).toBe('UNEXPECTED');
  });

  it('keeps a number that the catalogue does not know, without a name', async () => {
    const { client } = clientFor(failure(400, 12345));
    const error = await failureOf(client.call(getRandomBytes));
    expect(error).toMatchObject({ kind: 'api', errno: 12345, errorName: undefined });
  });

  it('takes the waiting time from the header, in seconds, before the body', async () => {
    const throttled = { errno: 114, message: 'slow down', retryAfter: 900_000 };
    const { client } = clientFor(json(throttled, { status: 429, headers: { 'Retry-After': '900' } }));
    expect((await failureOf(client.call(getRandomBytes))).retryAfter).toBe(900);
  });

  it('turns a Retry-After date into seconds from the clock’s now', async () => {
    const headers = { 'Retry-After': new Date(1_000_000 + 42_000).toUTCString() };
    const { client } = clientFor(json({ errno: 201 }, { status: 503, headers }));
    expect((await failureOf(client.call(getRandomBytes))).retryAfter).toBe(42);
  });

  it('takes the waiting time from the body where there is no header', async () => {
    const { client } = clientFor(failure(429, 114, { retryAfter: 15 }));
    expect((await failureOf(client.call(getRandomBytes))).retryAfter).toBe(15);
  });

  it.each([
    ['a proxy’s page', () => new Response('<h1>Bad Gateway</h1>', { status: 502, headers: { 'Retry-After': '7' } })],
    ['half an answer', () => new Response('{"data": "00', { status: 200 })],
    ['a list that says no', () => Response.json([], { status: 400 })],
    ['a bare number', () => Response.json(7, { status: 200 })],
    ['an error without a number', () => Response.json({ error: 'nope' }, { status: 500 })],
  ])('calls %s malformed, with its status', async (_, answer) => {
    const { client } = clientFor(answer);
    const error = await failureOf(client.call(getRandomBytes));
    expect(error.kind).toBe('malformed');
    expect(error.status).toBe(answer().status);
    expect(error.errno).toBeUndefined();
  });

  it('calls it network when nothing answers, with the cause', async () => {
    const cause = new TypeError('fetch failed');
    const { client } = clientFor(() => Promise.reject(cause));
    expect(await failureOf(client.call(getRandomBytes))).toMatchObject({ kind: 'network', cause, status: undefined });
  });
});

describe('how a call ends early', () => {
  const never: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      if (init?.signal?.aborted === true) reject(init.signal.reason);
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });

  it('gives up after the timeout', async () => {
    vi.useFakeTimers();
    const client = createAuthClient({ baseUrl, fetch: never, timeout: 5000 });
    const failed = failureOf(client.call(getRandomBytes));
    await vi.advanceTimersByTimeAsync(4999);
    await vi.advanceTimersByTimeAsync(1);
    expect((await failed).kind).toBe('timeout');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when the caller’s signal does, before and during the call', async () => {
    const client = createAuthClient({ baseUrl, fetch: never });
    expect((await failureOf(client.call(getRandomBytes, { signal: AbortSignal.abort() }))).kind).toBe('aborted');
    const controller = new AbortController();
    const failed = failureOf(client.call(getRandomBytes, { signal: controller.signal }));
    controller.abort();
    expect((await failed).kind).toBe('aborted');
  });

  it('leaves no timer behind after an answer', async () => {
    vi.useFakeTimers();
    const { client } = clientFor(json({}));
    await client.call(getRandomBytes);
    expect(vi.getTimerCount()).toBe(0);
  });
});
